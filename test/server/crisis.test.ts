// The crisis as a state of the room: declared, worked on, told about, stood down when its criteria held, reviewed; and its log.
import type { RoomEvent } from '@rejoinder/contracts/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { watchCriteria } from '../../server/src/crisis/criteria.service.ts';
import { firePromises } from '../../server/src/crisis/firing.service.ts';
import { verifyAction, verifyWithTimers } from '../support/verify-action.ts';
import { type Person, type World, world } from '../support/world.ts';

const HOLDING = { what: 'parcels of the last three days are late', time: '14:00' };
const CLOSING = { what: 'The late parcels', summary: 'A belt stood still. It runs again. We doubled it.' };

/** The instant a promise was told for. */
function instantOf(event: RoomEvent): string {
  if (event.type === 'crisis.promiseWarned') return event.data.promise.warnAt[event.data.point - 1] ?? '';
  return event.type === 'crisis.promiseMissed' ? event.data.promise.dueAt : '';
}

describe('a crisis', () => {
  let w: World;
  let ida: Person;
  let cora: Person;
  let rex: Person;
  let pia: Person;
  const params = () => ({ roomId: w.room.id });
  const crisis = async () => (await w.board()).room.crisis;
  const owed = async () =>
    Object.fromEntries((await crisis()).promises.map((each) => [each.id, each.dueAt.slice(11, 16)]));
  const act = async <T>(action: () => Promise<T>) => (await verifyAction(w, action)).result;
  const step = (
    person: Person,
    name: 'activate' | 'stabilise' | 'stand_down' | 'review' | 'resume' | 'call_off',
    reason = 'So it is.',
  ) => act(() => person.try('stepCrisis', { params: params(), body: { step: name, reason } }));
  const update = (person: Person, over: object = {}) =>
    act(() =>
      person.try('postUpdate', {
        params: params(),
        body: { audience: 'internal', text: 'We still look for the parcels.', url: null, nextAt: null, ...over },
      }),
    );
  const prepare = (planId: string, slots: Record<string, string>, text: string | null = null) =>
    act(() => cora.try('prepareStatement', { params: params(), body: { planId, slots, text } }));
  const posted = (statementId: string, nextAt: string | null) =>
    act(() =>
      pia.try('postStatement', {
        params: { ...params(), statementId },
        body: { url: 'https://social.example/1', nextAt },
      }),
    );
  const fire = async () => {
    const { events } = await verifyWithTimers(w, () => firePromises(w.app.deps));
    return events.flatMap((e) => ('promise' in e.data ? [`${e.type} ${e.data.promise.id}`] : []));
  };

  beforeAll(async () => {
    w = await world({ config: { logLevel: 'error' } });
    ida = await w.person('Ida', ['commander']);
    cora = await w.person('Cora', ['comms', 'social_lead']);
    rex = await w.person('Rex', ['responder']);
    pia = await w.person('Pia', ['publisher']);
  });
  afterAll(() => w[Symbol.asyncDispose]());

  it('[CR-1] is declared by those who may raise the level, with commander, type and reason, and the level rises with it', async () => {
    const declare = (person: Person, over: object = {}) =>
      act(() =>
        person.try('declareCrisis', {
          params: params(),
          body: { commanderId: ida.userId, kind: 'accidental', level: 3, reason: 'It is on the news.', ...over },
        }),
      );
    expect(await declare(rex)).toMatchObject({
      status: 409,
      refused: { rule: 'CR-1', who: expect.arrayContaining(['commander']) },
    });
    expect(await declare(ida, { kind: null })).toMatchObject({ status: 409, refused: { rule: 'CR-1' } });
    expect(await declare(ida, { commanderId: rex.userId })).toMatchObject({ status: 409, refused: { rule: 'CR-1' } });
    expect(await declare(ida, { reason: ' ' })).toMatchObject({
      status: 409,
      refused: { fix: [{ do: 'give-reason' }] },
    });
    expect((await crisis()).state).toBe('watching');
    expect(await declare(ida)).toMatchObject({
      status: 200,
      reply: {
        room: {
          level: 3,
          crisis: { state: 'declared', kind: 'accidental', commander: { name: 'Ida' }, why: 'It is on the news.' },
        },
      },
    });
    expect(await owed()).toEqual({
      freeze: '09:15',
      'update:internal': '09:30',
      'update:public': '10:00',
      'clock:holding-line': '10:00',
    });
    expect(await declare(ida)).toMatchObject({ status: 409, refused: { rule: 'CR-1' } });
  });

  it('[CR-2] [CR-12] [CR-13] becomes active once the freeze is confirmed; what is held stays held while it burns', async () => {
    expect(await step(ida, 'activate')).toMatchObject({
      status: 409,
      refused: { rule: 'CR-2', who: ['social_lead', 'comms'] },
    });
    const confirm = (person: Person) => act(() => person.try('confirmFreeze', { params: params(), body: {} }));
    expect(await confirm(rex)).toMatchObject({ status: 409, refused: { rule: 'CR-12' } });
    const body = {
      name: 'Spring sale, newsletter to everybody',
      what: 'newsletters',
      plannedFor: '2026-03-02T16:00:00Z',
    };
    const { item } = await act(() => rex.call('freezeItem', { params: params(), body }));
    expect(await rex.try('freezeItem', { params: params(), body: { ...body, what: 'parades' } })).toMatchObject({
      status: 422,
    });
    expect(await confirm(cora)).toMatchObject({ status: 200 });
    expect(await confirm(cora)).toMatchObject({ status: 409 });
    expect(Object.keys(await owed())).not.toContain('freeze');
    expect(await step(ida, 'activate')).toMatchObject({
      status: 200,
      reply: { room: { crisis: { state: 'active' } } },
    });
    const release = { params: { ...params(), itemId: item.id }, body: { reason: 'Now it may.' } };
    expect(await act(() => ida.try('releaseItem', release))).toMatchObject({ status: 409, refused: { rule: 'CR-13' } });
  });

  it('[CR-10] [CR-11] updates come from those the plan names, with the time of the next, and without personal data', async () => {
    w.at('09:20');
    const next = { nextAt: '2026-03-02T09:45:00Z' };
    expect(await update(rex, next)).toMatchObject({ status: 409, refused: { rule: 'CR-10', who: ['comms'] } });
    expect(await update(cora)).toMatchObject({ status: 409, refused: { rule: 'CR-11' } });
    expect(await update(cora, { nextAt: '2026-03-02T09:51:00Z' })).toMatchObject({
      status: 409,
      refused: { rule: 'CR-11' },
    });
    expect(await update(cora, { nextAt: '2026-03-02T09:19:00Z' })).toMatchObject({
      status: 409,
      refused: { rule: 'CR-11' },
    });
    const leak = { text: 'Ask jane@house.example about it.', ...next };
    expect(await update(cora, leak)).toMatchObject({ status: 409, refused: { rule: 'VO-3' } });
    expect(await update(cora, { audience: 'public', ...next })).toMatchObject({
      status: 409,
      refused: { rule: 'CR-10' },
    });
    expect(await update(cora, next)).toMatchObject({ status: 200, reply: { update: { audience: 'internal' } } });
    expect(await owed()).toMatchObject({ 'update:internal': '09:45', 'update:public': '10:00' });
    const told = await w.app.deps.db.selectFrom('messages').selectAll().where('about_kind', '=', 'update').execute();
    expect(told).toHaveLength(0);
  });

  it('[CR-20] what is overdue is told once, in the order of the instants, also after an hour of downtime', async () => {
    w.at('10:30');
    // The timer of the world may have fired some of it already; together each was told once.
    await fire();
    const all = await w.app.deps.events.read(w.room.id, 0, 10_000);
    const told = all.flatMap((e) => ('promise' in e.data ? [[e.type, e.data.promise.id, instantOf(e)] as const] : []));
    expect(told.map(([type, id]) => `${type.slice('crisis.promise'.length)} ${id}`).sort()).toEqual([
      'Missed clock:holding-line',
      'Missed update:internal',
      'Missed update:public',
      'Warned clock:holding-line',
    ]);
    const instants = told.map(([, , at]) => at);
    expect(instants).toEqual(instants.toSorted());
    expect(await fire()).toEqual([]);
    expect((await crisis()).promises.every((each) => each.missedAt !== null)).toBe(true);
    const about = await w.app.deps.db
      .selectFrom('messages')
      .select(['to_name', 'title'])
      .where('about_kind', '=', 'alarm')
      .execute();
    expect(about.map((each) => each.title)).toContain('Overdue: Update to colleagues');
    expect(new Set(about.map((each) => each.to_name))).toEqual(new Set(['Cora']));
  });

  it('[CR-14] [CR-16] a cleared text goes out with its slots filled, stops the holding line and is the public update', async () => {
    expect(await prepare('holding-unclear', { ...HOLDING, what: '' })).toMatchObject({
      status: 409,
      refused: { rule: 'CR-14' },
    });
    const leak = { ...HOLDING, what: 'card 4111 1111 1111 1111 was charged twice' };
    expect(await prepare('holding-unclear', leak)).toMatchObject({ status: 409, refused: { rule: 'VO-3' } });
    const ready = await prepare('holding-unclear', HOLDING);
    expect(ready).toMatchObject({
      status: 200,
      reply: { missing: [], statement: { changed: false, kind: 'holding' } },
    });
    const id = 'reply' in ready ? ready.reply.statement.id : '';
    expect(await posted(id, null)).toMatchObject({ status: 409, refused: { rule: 'CR-11' } });
    expect(await posted(id, '2026-03-02T11:00:00Z')).toMatchObject({
      status: 200,
      reply: { statement: { posted: { by: { name: 'Pia' } } } },
    });
    expect(await owed()).toEqual({ 'update:internal': '09:45', 'update:public': '11:00' });
    expect((await crisis()).lastStatement).toMatchObject({ kind: 'holding', url: 'https://social.example/1' });
    expect(await posted(id, '2026-03-02T11:10:00Z')).toMatchObject({ status: 409, refused: { rule: 'CR-16' } });
  });

  it('[CR-15] other words go to those who sign, and stay here until they did; deputies stand in after their time', async () => {
    const text = 'Parcels of the last days are late. We will write again at 14:00.';
    const ready = await prepare('holding-unclear', HOLDING, text);
    expect(ready).toMatchObject({
      reply: { statement: { changed: true }, missing: [['comms'], ['legal'], ['executive']] },
    });
    const { statement } = 'reply' in ready ? ready.reply : { statement: { id: '', fingerprint: '' } };
    const sign = (person: Person, role: string, fingerprint = statement.fingerprint) =>
      act(() =>
        person.try('signStatement', {
          params: { ...params(), statementId: statement.id },
          body: { role, fingerprint },
        }),
      );
    expect(await posted(statement.id, null)).toMatchObject({
      status: 409,
      refused: { rule: 'CR-15', who: ['comms', 'legal', 'executive'] },
    });
    expect(await sign(cora, 'comms', 'sha256:other')).toMatchObject({ status: 409, refused: { rule: 'CR-15' } });
    expect(await sign(cora, 'legal')).toMatchObject({ status: 403 });
    expect(await sign(cora, 'comms')).toMatchObject({ status: 200, reply: { missing: [['legal'], ['executive']] } });
    expect(await sign(cora, 'social_lead')).toMatchObject({ status: 409, refused: { rule: 'CR-15' } });
    w.at('10:41');
    expect(await sign(cora, 'social_lead')).toMatchObject({
      status: 200,
      reply: { statement: { signatures: [{}, { standsFor: 'executive' }] } },
    });
    const { statements } = await cora.call('statements', { params: params() });
    // One person counts for one signature.
    expect(statements[0]?.missing.length).toBe(2);
  });

  it('[CR-17] two people let words out over missing signatures, after the time of silence, once, and the named roles are told', async () => {
    const eva = await w.person('Eva', ['executive']);
    const ready = await prepare('holding-harm', {}, 'Please do not use the charger. We will write again at 14:00.');
    const id = 'reply' in ready ? ready.reply.statement.id : '';
    const glass = (person: Person, reason = 'Legal is silent.') =>
      act(() => person.try('breakGlassStatement', { params: { ...params(), statementId: id }, body: { reason } }));
    expect(await glass(ida)).toMatchObject({ status: 409, refused: { rule: 'CR-17', fix: [{ do: 'wait' }] } });
    w.at('11:03');
    expect(await glass(ida, ' ')).toMatchObject({ status: 409, refused: { fix: [{ do: 'give-reason' }] } });
    expect(await glass(ida)).toMatchObject({ status: 200, reply: { statement: { glass: { agreed: null } } } });
    expect(await glass(ida)).toMatchObject({ status: 409, refused: { rule: 'CR-17' } });
    expect(await posted(id, '2026-03-02T11:30:00Z')).toMatchObject({ status: 409, refused: { rule: 'CR-15' } });
    expect(await glass(eva)).toMatchObject({
      status: 200,
      reply: { missing: [], statement: { glass: { agreed: { role: 'executive' } } } },
    });
    const told = await w.app.deps.db.selectFrom('messages').select('to_name').where('about_id', '=', id).execute();
    expect(told).toEqual([{ to_name: 'Eva' }]);
    expect(await posted(id, '2026-03-02T11:30:00Z')).toMatchObject({ status: 200 });
  });

  it('[CR-8] [CR-9] the retrospective gets a date within the time of the plan, and an ordinary day is said where none was measured', async () => {
    const at = (person: Person, day: number) =>
      act(() => person.try('setRetrospective', { params: params(), body: { at: `2026-03-0${day}T10:00:00Z` } }));
    expect(await at(rex, 5)).toMatchObject({ status: 409, refused: { rule: 'CR-8' } });
    expect(await at(ida, 9)).toMatchObject({ status: 409, refused: { rule: 'CR-8' } });
    expect(await at(ida, 1)).toMatchObject({ status: 409, refused: { rule: 'CR-8' } });
    expect(await at(ida, 5)).toMatchObject({
      status: 200,
      reply: { room: { crisis: { retrospectiveAt: '2026-03-05T10:00:00.000Z' } } },
    });
    expect((await crisis()).baseline).toBeNull();
    const base = (person: Person, reason: string) =>
      act(() => person.try('setBaseline', { params: params(), body: { perHour: 4, reason } }));
    expect(await base(rex, 'As last week.')).toMatchObject({ status: 409, refused: { rule: 'CR-9' } });
    expect(await base(ida, '')).toMatchObject({ status: 409, refused: { rule: 'CR-9' } });
    expect(await base(ida, 'As last week.')).toMatchObject({
      status: 200,
      reply: { room: { crisis: { baseline: { perHour: 4 } } } },
    });
  });

  it('[CR-6] [CR-21] is stood down once every criterion has held as long as the plan says, and not a minute before', async () => {
    const card = await w.cardFrom('@drovewell.example my parcel never came, I am waiting for days');
    const refused = await step(ida, 'stand_down');
    const missing = 'refused' in refused ? refused.refused.missing : [];
    const lacks = missing.map((each) => each.rule);
    expect(refused).toMatchObject({ status: 409, refused: { rule: 'CR-6' } });
    expect(lacks).toEqual(expect.arrayContaining(['GU-37', 'GU-41']));
    // The date is set, and has to stand for as long as the others.
    expect(missing.find((each) => each.rule === 'GU-42')?.fix).toMatchObject([{ do: 'wait' }]);
    // Answered on purpose with nothing, so that nobody waits.
    const fields = { class: 'troll', department: 'communications' };
    await cora.call('moveCard', {
      params: { ...params(), cardId: card.id },
      body: { to: 'watch', fields, reason: 'A troll.' },
    });
    const closing = await prepare('closing', CLOSING);
    expect(await posted('reply' in closing ? closing.reply.statement.id : '', '2026-03-02T12:00:00Z')).toMatchObject({
      status: 200,
    });
    expect(await update(cora, { nextAt: '2026-03-02T11:30:00Z' })).toMatchObject({ status: 200 });
    w.at('2026-03-02T11:04:00Z');
    expect(await step(ida, 'stabilise')).toMatchObject({ status: 200 });
    await watchCriteria(w.app.deps);
    const early = await step(ida, 'stand_down');
    expect(early).toMatchObject({
      status: 409,
      refused: {
        rule: 'CR-6',
        missing: expect.arrayContaining([expect.objectContaining({ fix: [expect.objectContaining({ do: 'wait' })] })]),
      },
    });
    // Updates go on while it is stabilising: five hours in steps that never let one be overdue.
    for (let minute = 20; minute <= 320; minute += 25) {
      w.at(new Date(Date.parse('2026-03-02T11:04:00Z') + minute * 60_000).toISOString());
      if (minute === 70) {
        const closed = { to: 'closed', reason: 'The hour is over.' };
        await ida.call('moveCard', { params: { ...params(), cardId: card.id }, body: closed });
      }
      const next = new Date(Date.parse(w.now()) + 29 * 60_000).toISOString();
      await cora.call('postUpdate', {
        params: params(),
        body: { audience: 'internal', text: 'Quiet.', url: null, nextAt: next },
      });
      const open = { audience: 'public' as const, text: 'Quiet here too.', url: 'https://social.example/2' };
      await cora.call('postUpdate', { params: params(), body: { ...open, nextAt: next } });
    }
    const { criteria, volume } = await ida.call('crisis', { params: params() });
    expect(criteria.map((each) => each.lacks)).toEqual(criteria.map(() => []));
    expect(criteria.every((each) => each.metSince !== null && each.metSince <= '2026-03-02T13:30:00.000Z')).toBe(true);
    expect(volume.lastHour).toBe(0);
    expect(await step(rex, 'stand_down')).toMatchObject({ status: 409, refused: { rule: 'CR-6' } });
    expect(await step(ida, 'stand_down')).toMatchObject({
      status: 200,
      reply: { room: { crisis: { state: 'stood_down', promises: [] } } },
    });
  });

  it('[CR-13] [CR-7] what was held is released one by one with a reason, and the crisis is reviewed after its retrospective', async () => {
    const { frozen } = await ida.call('crisis', { params: params() });
    expect(frozen).toMatchObject([{ what: 'newsletters', released: null }]);
    const itemId = frozen[0]?.id ?? '';
    const release = (person: Person, reason: string) =>
      act(() => person.try('releaseItem', { params: { ...params(), itemId }, body: { reason } }));
    w.at('2026-03-05T12:00:00Z');
    expect(await step(ida, 'review')).toMatchObject({
      status: 409,
      refused: { rule: 'CR-7', says: 'One thing is still frozen.' },
    });
    expect(await release(rex, 'Why not.')).toMatchObject({
      status: 409,
      refused: { rule: 'CR-13', who: ['commander'] },
    });
    expect(await release(ida, '')).toMatchObject({ status: 409, refused: { fix: [{ do: 'give-reason' }] } });
    expect(await release(ida, 'The shelves are full again.')).toMatchObject({
      status: 200,
      reply: { item: { released: { by: { name: 'Ida' } } } },
    });
    expect(await release(ida, 'Twice.')).toMatchObject({ status: 409 });
    expect(await step(ida, 'review')).toMatchObject({
      status: 200,
      reply: { room: { crisis: { state: 'reviewed' } } },
    });
  });

  it('[CR-18] [CR-19] the crisis log tells what was decided, page by page and by matter, with the lines of the scribe', async () => {
    const note = (text: string, over: object = {}) =>
      act(() => rex.try('noteCrisis', { params: params(), body: { text, happenedAt: null, corrects: null, ...over } }));
    const written = await note('The depot called back.', { happenedAt: '2026-03-05T11:50:00Z' });
    const first = 'reply' in written ? written.reply.entry.id : '';
    expect(await note('It was the other depot.', { corrects: first })).toMatchObject({ status: 200 });
    expect(await note('x', { corrects: 'note_none' })).toMatchObject({ status: 409, refused: { rule: 'CR-19' } });
    expect(await note('x', { happenedAt: '2026-03-06T00:00:00Z' })).toMatchObject({
      status: 409,
      refused: { rule: 'CR-19' },
    });
    expect(await note('Call +44 20 7946 0958 about it.')).toMatchObject({ status: 409, refused: { rule: 'VO-3' } });
    const read = (query: object) => rex.call('crisisLog', { params: params(), query });
    const notes = await read({ only: 'notes' });
    expect(notes).toMatchObject({
      next: null,
      events: [{ data: { entry: { corrects: first } } }, { data: { entry: { id: first } } }],
    });
    const decisions = (await read({ only: 'decisions' })).events.map((each) => each.type);
    expect(decisions.slice(0, 3)).toEqual(['crisis.stepped', 'crisis.released', 'crisis.stepped']);
    expect(decisions.slice(-3)).toEqual(['crisis.declared', 'room.levelChanged', 'room.opened']);
    const whole = await read({});
    const older = await read({ before: whole.events.at(2)?.seq ?? 0 });
    expect(older.events[0]).toEqual(whole.events[3]);
    expect(whole.events.some((each) => /^(mention|card|draft)[.]/.test(each.type))).toBe(false);
  });
});
