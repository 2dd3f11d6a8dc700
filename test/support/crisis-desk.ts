// What people do about a crisis in a test, each call proved by the fold, answered as it came.
import { verifyAction } from './verify-action.ts';
import { type Person, type WorldOptions, world } from './world.ts';

type Step = 'activate' | 'stabilise' | 'stand_down' | 'review' | 'resume' | 'call_off';
export type CrisisDesk = Awaited<ReturnType<typeof crisisDesk>>;

/** A room with a commander, communications, a responder and a publisher. */
export async function crisisDesk(options: WorldOptions = {}) {
  const w = await world(options);
  const ida = await w.person('Ida', ['commander']);
  const cora = await w.person('Cora', ['comms', 'social_lead']);
  const rex = await w.person('Rex', ['responder']);
  const pia = await w.person('Pia', ['publisher']);
  const params = { roomId: w.room.id };
  const crisis = async () => (await w.board()).room.crisis;
  const act = async <T>(action: () => Promise<T>) => (await verifyAction(w, action)).result;
  return {
    w,
    ida,
    cora,
    rex,
    pia,
    params,
    crisis,
    act,
    /** What the room owes, by the minute. */
    owed: async () => Object.fromEntries((await crisis()).promises.map((each) => [each.id, each.dueAt.slice(11, 16)])),
    declare: (person: Person, over: object = {}) =>
      act(() =>
        person.try('declareCrisis', {
          params,
          body: { commanderId: ida.userId, kind: 'accidental', level: 3, reason: 'It is on the news.', ...over },
        }),
      ),
    confirm: (person: Person) => act(() => person.try('confirmFreeze', { params, body: {} })),
    step: (person: Person, step: Step, reason = 'So it is.') =>
      act(() => person.try('stepCrisis', { params, body: { step, reason } })),
    update: (person: Person, over: object = {}) =>
      act(() =>
        person.try('postUpdate', {
          params,
          body: { audience: 'internal', text: 'We still look for the parcels.', url: null, nextAt: null, ...over },
        }),
      ),
    prepare: (planId: string, slots: Record<string, string>, text: string | null = null) =>
      act(() => cora.try('prepareStatement', { params, body: { planId, slots, text } })),
    posted: (statementId: string, nextAt: string | null) =>
      act(() =>
        pia.try('postStatement', {
          params: { ...params, statementId },
          body: { url: 'https://social.example/1', nextAt },
        }),
      ),
    [Symbol.asyncDispose]: () => w[Symbol.asyncDispose](),
  };
}
