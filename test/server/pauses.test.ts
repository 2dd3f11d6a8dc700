// Clocks that stand still: while we wait for the person, and while the room has stood down; what begins it, what ends it, and what never does.
import type { CardView } from '@rejoinder/contracts/cards';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { climbLadders } from '../../server/src/escalation/climbing.service.ts';
import { readMeasures } from '../../server/src/measuring/measuring.service.ts';
import { COMPLAINT, type Journey, publishingJourney } from '../support/journey.ts';
import { fireAt, loopOf, pausingPlan, toldOfLoop } from '../support/pausing-desk.ts';
import type { Receiver } from '../support/receiver.ts';
import { verifyAction } from '../support/verify-action.ts';
import type { Person } from '../support/world.ts';

const WAITS = ['waiting_for_author'];

describe('a clock that the plan pauses', () => {
  let j: Journey & { post: Receiver };
  let ida: Person;
  beforeAll(async () => {
    j = await publishingJourney({ playbookText: pausingPlan() });
    ida = await j.w.person('Ida', ['commander', 'social_lead']);
  });
  afterAll(() => j[Symbol.asyncDispose]());

  const on = (day: number, time: string) => j.w.at(`2026-03-0${day}T${time}:00.000Z`);
  const author = (handle: string) => ({ author: { handle, name: handle, followers: 5 } });
  const posts = async (card: CardView, postedAt: string) => {
    const { author } = card;
    await j.w.cardFrom('And still nothing came, it is a shame', { author, postedAt });
    return j.card(card.id);
  };
  const answered = async (handle: string): Promise<CardView> => {
    const card = await j.on(await j.w.cardFrom(COMPLAINT, author(handle)), 'publish');
    await j.publish(card);
    return j.replied(card, 'published');
  };

  it('[CK-17] [CK-19] stands still from the reply that stands until the person writes, and tells nothing meanwhile', async () => {
    on(2, '09:00');
    const { result: card } = await verifyAction(j.w, () => answered('waits'));
    expect(loopOf(card)).toMatchObject({ paused: { since: j.w.now(), why: WAITS }, stoppedAt: null });
    expect(await fireAt(j, 'waits', '2026-03-04T12:00:00.000Z')).toEqual([]);
    const { breaches, breachedOpen, lateOpen } = await readMeasures(j.w.app.deps, j.w.room.id);
    expect({ breaches, breachedOpen, lateOpen }).toEqual({ breaches: 0, breachedOpen: 0, lateOpen: 0 });
    // The post came in two hours after it was written: what counts is when the person wrote.
    const { result: back } = await verifyAction(j.w, () => posts(card, '2026-03-04T10:00:00.000Z'));
    const span = { from: '2026-03-02T09:00:00.000Z', until: '2026-03-04T10:00:00.000Z', why: WAITS };
    const moved = { warnAt: ['2026-03-04T13:00:00.000Z'], dueAt: '2026-03-04T16:00:00.000Z' };
    expect(loopOf(back)).toMatchObject({ ...moved, promisedUntil: moved.dueAt, stoodStill: [span] });
    expect(loopOf(back).paused).toBeUndefined();
    expect(await fireAt(j, 'waits', '2026-03-04T12:59:59.000Z')).toEqual([]);
    expect(await fireAt(j, 'waits', '2026-03-04T15:00:00.000Z')).toEqual(['warned']);
    expect(await fireAt(j, 'waits', '2026-03-04T16:00:00.000Z')).toEqual(['breached']);
  });

  it('[CK-17] does not wait where a post came in after the reply was put up: that one is unanswered', async () => {
    on(5, '09:00');
    const card = await j.on(await j.w.cardFrom(COMPLAINT, author('crossing')), 'publish');
    j.post.script({ do: 'wait' });
    const before = j.post.received.length;
    await j.publish(card);
    await j.post.gets(before + 1);
    on(5, '09:01');
    await posts(card, j.w.now());
    j.post.letGo();
    const { clocks } = await j.replied(card, 'published');
    expect(clocks).toMatchObject([{ clock: 'loop', stoppedAt: null }, { stoppedAt: j.w.now() }]);
    expect(clocks.some((clock) => clock.paused)).toBe(false);
  });

  it('[CK-19] tells a point that had passed before it stood still, and no later one', async () => {
    on(6, '09:00');
    const card = await j.on(await j.w.cardFrom(COMPLAINT, author('down')), 'publish');
    // The warning passes while nobody looks; then the reply stands, and no later point is told.
    on(6, '12:30');
    await j.publish(card);
    await j.replied(card, 'published');
    await fireAt(j, 'down', '2026-03-06T12:30:00.000Z');
    expect(await fireAt(j, 'down', '2026-03-07T12:30:00.000Z')).toEqual([]);
    expect(toldOfLoop(await j.events(), 'down')).toEqual(['warned']);
    const { paused, dueAt } = loopOf(await j.card(card.id));
    expect({ paused, dueAt }).toEqual({
      paused: { since: '2026-03-06T12:30:00.000Z', why: WAITS },
      dueAt: '2026-03-06T15:00:00.000Z',
    });
  });

  it('[CK-18] stands still while the room has stood down, also on a card that opens then; going on moves what is due', async () => {
    on(8, '09:00');
    const card = await j.w.cardFrom(COMPLAINT, author('storm'));
    const params = { roomId: j.w.room.id };
    const step = async (step: 'activate' | 'stand_down' | 'resume' | 'review') =>
      (await verifyAction(j.w, () => ida.call('stepCrisis', { params, body: { step, reason: 'So it is.' } }))).events;
    await verifyAction(j.w, () =>
      ida.call('declareCrisis', {
        params,
        body: { commanderId: ida.userId, kind: 'accidental', level: 1, reason: 'It burns.' },
      }),
    );
    expect(await step('activate')).not.toMatchObject([{ data: { clocks: expect.anything() } }]);
    on(8, '10:00');
    const down = await step('stand_down');
    expect(down).toMatchObject([{ type: 'crisis.stepped', data: { clocks: expect.anything() } }]);
    expect(loopOf(await j.card(card.id)).paused).toEqual({ since: j.w.now(), why: ['stood_down'] });
    on(8, '11:00');
    const { result: young } = await verifyAction(j.w, () =>
      j.w.cardFrom(COMPLAINT, { ...author('after'), postedAt: '2026-03-08T10:40:00.000Z' }),
    );
    expect(loopOf(young).paused).toEqual({ since: '2026-03-08T10:40:00.000Z', why: ['stood_down'] });
    expect(await fireAt(j, 'storm', '2026-03-09T09:00:00.000Z')).toEqual([]);
    expect(await step('resume')).toMatchObject([{ type: 'crisis.stepped', data: { clocks: expect.anything() } }]);
    expect(loopOf(await j.card(card.id)).dueAt).toBe('2026-03-09T14:00:00.000Z');
    expect(loopOf(await j.card(young.id)).dueAt).toBe('2026-03-09T15:00:00.000Z');
    await step('stand_down');
    on(9, '10:00');
    // A desk that was reviewed is an ordinary desk again.
    await step('review');
    expect(loopOf(await j.card(card.id))).toMatchObject({ dueAt: '2026-03-09T15:00:00.000Z' });
    expect(loopOf(await j.card(card.id)).paused).toBeUndefined();
  });

  it('[CK-17] [LD-8] its warning’s ladder ends as it stands still; a private word of theirs lets it go on and asks anew, one of ours does not', async () => {
    j.w.at('2026-03-09T11:00:00.000Z');
    const params = { roomId: j.w.room.id };
    const asking = pausingPlan(89, (text) => text.replace('warn_at: [50%]', 'warn_at: [50%]\non_warning: late'));
    await verifyAction(j.w, () => ida.call('adoptPlaybook', { params, body: { text: asking } }));
    const card = await j.on(await j.w.cardFrom(COMPLAINT, author('talks')), 'publish');
    const ladders = async () => {
      await j.w.settled();
      await climbLadders(j.w.app.deps);
      return ((await j.card(card.id)).ladders ?? []).flatMap(({ cause }) => (cause.includes('loop') ? [cause] : []));
    };
    const { dueAt, warnAt } = loopOf(card);
    await fireAt(j, 'talks', warnAt[0] ?? '');
    expect(await ladders()).toEqual(['clock:loop:warning']);
    await j.publish(card);
    const { clocks } = await j.replied(card, 'published');
    expect(clocks.find((each) => each.clock === 'loop')?.paused).toEqual({ since: warnAt[0], why: WAITS });
    expect(await ladders()).toEqual([]);
    const note = (kind: 'from_us' | 'from_them') =>
      verifyAction(j.w, () =>
        ida.call('notePrivately', { params: j.params(card), body: { kind, text: 'It is about the order.' } }),
      );
    j.w.at('2026-03-09T20:00:00.000Z');
    await note('from_us');
    expect(loopOf(await j.card(card.id)).paused).toBeDefined();
    await note('from_them');
    const goes = loopOf(await j.card(card.id));
    expect(goes.stoodStill).toMatchObject([{ from: warnAt[0], until: j.w.now() }]);
    const left = Date.parse(dueAt) - Date.parse(warnAt[0] ?? '');
    expect(goes.dueAt).toBe(new Date(Date.parse(j.w.now()) + left).toISOString());
    expect(await ladders()).toEqual(['clock:loop:warning']);
  });

  it('[CK-19] another level finds it as late as it was; a plan that takes the pause away lets it go on, one that adds it stops it to run', async () => {
    j.w.at('2026-03-10T09:00:00.000Z');
    const card = await j.on(await j.w.cardFrom(COMPLAINT, author('plans')), 'publish');
    j.w.at('2026-03-10T10:00:00.000Z');
    await j.publish(card);
    await j.replied(card, 'published');
    const params = { roomId: j.w.room.id };
    const loop = async () => loopOf(await j.card(card.id));
    j.w.at('2026-03-10T20:00:00.000Z');
    await verifyAction(j.w, () => ida.call('setLevel', { params, body: { level: 2, reason: 'It grows.' } }));
    expect(await loop()).toMatchObject({ dueAt: '2026-03-10T11:00:00.000Z', warned: 1, paused: { why: WAITS } });
    const adopt = (version: number, pauses: string) =>
      verifyAction(j.w, () =>
        ida.call('adoptPlaybook', {
          params,
          body: { text: pausingPlan(version, (text) => text.replace(/^pauses: .*$/m, pauses)) },
        }),
      );
    await adopt(90, 'pauses: [stood_down]');
    expect(await loop()).toMatchObject({ dueAt: '2026-03-10T21:00:00.000Z', stoodStill: [{ until: j.w.now() }] });
    j.w.at('2026-03-10T20:30:00.000Z');
    await adopt(91, 'pauses: [waiting_for_author]');
    expect(await loop()).toMatchObject({ paused: { since: j.w.now(), why: WAITS }, dueAt: '2026-03-10T21:00:00.000Z' });
    // What stood still once is never reckoned again: half an hour is left.
    j.w.at('2026-03-11T08:00:00.000Z');
    await posts(await j.card(card.id), j.w.now());
    expect(await loop()).toMatchObject({ dueAt: '2026-03-11T08:30:00.000Z' });
  });
});
