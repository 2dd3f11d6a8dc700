// Clocks that another level or another plan gives open cards, or takes from them: from their own starts, in the commit of the change.
import type { CardView, ClockView } from '@rejoinder/contracts/cards';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { restartClocks } from '../../server/src/cards/clocks.ts';
import { fireClocks } from '../../server/src/escalation/clocks.service.ts';
import { roomContext } from '../../server/src/rooms/rooms.service.ts';
import { COMPLAINT, type Journey, planForOneReply, publishingJourney } from '../support/journey.ts';
import type { Receiver } from '../support/receiver.ts';
import { verifyAction, verifyWithTimers } from '../support/verify-action.ts';
import type { Person } from '../support/world.ts';

const block = (kind: string, lines: string): string => `\n\`\`\`yaml ${kind}\n${lines}\n\`\`\`\n`;
const LOUD = 'starts: mention_posted\nstops: public_reply_published\nfrom_level: 2\ntarget: 1h\nwarn_at: [50%]';
const DESK = 'starts: stage_entered\nstops: stage_left\nfrom_level: 2\ntarget: 2h';
const LOOK = 'starts: card_opened\nstops: card_closed\ntarget: 2h\nwarn_at: [50%]';
const named = (text: string, stage: string, clocks = 'desk'): string =>
  text.replace(
    new RegExp(`(\`\`\`yaml stage ${stage}\\n[^\`]*clocks: \\[public-reply)\\]`),
    (_, before: string) => `${before}, ${clocks}]`,
  );
const HERE = 'starts: stage_entered\nstops: stage_left\ntarget: 2h';
/** The shipped plan with a louder promise and a time at the desk, both from level 2 on. */
const plan = (version: number, ...more: string[]): string =>
  ['owned', 'drafting']
    .reduce((text, stage) => named(text, stage), planForOneReply())
    .replace(/^version: \d+/m, `version: ${version}`) +
  [block('clock loud', LOUD), block('clock desk', DESK), ...more].join('');

describe('clocks given to open cards', () => {
  let j: Journey & { post: Receiver };
  let lena: Person;
  beforeAll(async () => {
    j = await publishingJourney({ playbookText: plan(1) });
    lena = await j.w.person('Lena', ['commander']);
  });
  afterAll(() => j[Symbol.asyncDispose]());

  const params = () => ({ roomId: j.w.room.id });
  const at = (time: string): string => {
    j.w.at(time);
    return j.w.now();
  };
  const card = (name: string, postedAt: string) =>
    j.w.cardFrom(COMPLAINT, { author: { handle: name, name, followers: 1 }, postedAt });
  const of = async (which: CardView): Promise<Record<string, ClockView>> =>
    Object.fromEntries((await j.card(which.id)).clocks.map((each) => [each.clock, each]));
  const level = (to: number) =>
    verifyAction(j.w, () => lena.call('setLevel', { params: params(), body: { level: to, reason: 'So it is.' } }));
  const preview = async (to: number) =>
    (await lena.call('previewLevel', { params: params(), query: { level: to } })).preview;
  const adopt = (text: string, goes: { cardId: string; to: string }[] = []) => {
    const agreed = goes.map(({ cardId, to }) => ({ cardId, to }));
    return verifyAction(j.w, () => lena.call('adoptPlaybook', { params: params(), body: { text, agreed } }));
  };
  const on = (time: string): string => `2026-03-02T${time}:00.000Z`;

  it('[CK-22] [RM-11] a raised level begins them from the post and the stage, not on what is answered; late is no breach', async () => {
    at('09:00');
    const [young, old, done] = [
      await card('young', on('08:50')),
      await card('old', on('07:00')),
      await card('done', on('08:50')),
    ];
    at('09:05');
    await j.on(young, 'owned');
    at('09:20');
    await j.on(await j.card(young.id), 'drafting');
    await j.on(done, 'publish');
    await j.publish(done);
    await j.replied(done, 'published');
    expect(Object.keys(await of(young))).toEqual(['public-reply']);
    at('09:30');
    expect(await preview(2)).toMatchObject({ begins: 2, ends: 0, late: [{ cardId: old.id, dueAt: on('08:00') }] });
    await level(2);
    expect(await of(young)).toMatchObject({
      // Both stages name it: it runs since the card came to the first.
      desk: { startedAt: on('09:05'), dueAt: on('11:05') },
      loud: {
        startedAt: on('08:50'),
        warnAt: [on('09:20')],
        warned: 1,
        dueAt: on('09:50'),
        promisedUntil: on('09:50'),
      },
    });
    expect(await of(old)).toMatchObject({ loud: { dueAt: on('08:00'), promisedUntil: on('10:30'), breachedAt: null } });
    expect(await of(old)).not.toHaveProperty('desk');
    expect(Object.keys(await of(done))).toEqual(['public-reply']);
    const { events } = await verifyWithTimers(j.w, async () => {
      at('10:00');
      await fireClocks(j.w.app.deps);
    });
    const breached = events.flatMap((event) =>
      event.type === 'clock.breached' ? [`${event.data.card.author.name} ${event.data.clock.clock}`] : [],
    );
    expect(breached.filter((each) => each.endsWith('loud'))).toEqual(['young loud']);
  });

  it('[CK-23] a level that has no such clock takes it away; what had run out stays, ended and counted, and runs no more', async () => {
    at('11:31');
    const fresh = await card('fresh', on('11:00'));
    expect(await of(fresh)).toMatchObject({ loud: { dueAt: on('12:00') } });
    await fireClocks(j.w.app.deps);
    const counted = async () => (await lena.call('measures', { params: params() })).breaches;
    const [before, shown] = [await counted(), await preview(1)];
    await level(1);
    expect(Object.keys(await of(fresh))).toEqual(['public-reply']);
    const ended = Object.values((await j.w.board()).cards).flatMap(({ author, clocks }) =>
      clocks.flatMap((clock) => (clock.stoppedAt === on('11:31') ? [`${author.name} ${clock.clock}`] : [])),
    );
    expect(ended.sort()).toEqual(['old loud', 'young desk', 'young loud']);
    expect(shown).toMatchObject({ begins: 0, ends: 3 });
    expect(await counted()).toBe(before);
    at('11:45');
    await level(2);
    expect(await of(fresh)).toMatchObject({ loud: { startedAt: on('11:00'), dueAt: on('12:00'), warned: 1 } });
    const young = Object.values((await j.w.board()).cards).find(({ author }) => author.name === 'young');
    expect(young?.clocks.filter(({ stoppedAt }) => stoppedAt !== null).map(({ clock }) => clock)).toEqual([
      'desk',
      'loud',
    ]);
  });

  it('[CK-22] [CK-23] so does a plan: what it adds begins on open cards as they opened, what it lacks ends', async () => {
    const opened = at('12:10');
    const reopened = await card('again', on('12:05'));
    at('12:20');
    await adopt(plan(2, block('clock look', LOOK)));
    expect(await of(reopened)).toMatchObject({ look: { startedAt: opened, dueAt: on('14:10'), warned: 0 } });
    at('12:25');
    await adopt(plan(3));
    expect(Object.keys(await of(reopened))).toEqual(['loud', 'public-reply']);
  });

  it('[CK-24] a plan that takes a card’s stage away ends the clocks of that stage and begins those of the next, as a move does', async () => {
    const more = ['gone-with', 'both', 'comes-with'].map((id) => block(`clock ${id}`, HERE));
    // Each is named by a stage in both plans.
    const elsewhere = (text: string) => named(text, 'sign-off', 'gone-with, comes-with');
    await adopt(elsewhere(named(plan(4, ...more), 'new', 'gone-with, both')));
    const came = at('14:00');
    const moved = await card('moved', on('13:55'));
    expect(await of(moved)).toMatchObject({ 'gone-with': { startedAt: came }, both: { startedAt: came } });
    const took = at('14:10');
    const text = elsewhere(named(plan(5, ...more), 'new', 'both, comes-with'))
      .replaceAll('stage new\n', 'stage arrived\n')
      .replaceAll('first_stage: new\n', 'first_stage: arrived\n');
    const { goes } = await lena.call('previewPlaybook', { params: params(), body: { text } });
    await adopt(text, goes);
    expect((await j.card(moved.id)).stage).toBe('arrived');
    expect(await of(moved)).toMatchObject({
      'gone-with': { stoppedAt: took, breachedAt: null },
      both: { startedAt: came, stoppedAt: null },
      'comes-with': { startedAt: took, stoppedAt: null },
    });
  });

  it('[ME-10] what ran out stays counted once its clock runs anew: in the stage again, or on a card that reopens', async () => {
    const breaches = async () => (await lena.call('measures', { params: params() })).breaches;
    at('15:00');
    const late = await card('late', on('14:59'));
    const move = async (to: string, more = {}) => {
      const { version: seenVersion } = await j.card(late.id);
      const body = { to, seenVersion, reason: 'Once more.', ...more };
      return verifyAction(j.w, () => j.ria.call('moveCard', { params: j.params(late), body }));
    };
    await move('owned', { fields: { class: 'complaint', department: 'logistics' }, take: true });
    at('17:01');
    await fireClocks(j.w.app.deps);
    expect((await of(late)).desk).toMatchObject({ breachedAt: on('17:00') });
    const ran = await breaches();
    await move('arrived');
    const again = at('17:05');
    await move('owned');
    expect((await of(late)).desk).toMatchObject({ startedAt: on('17:05'), breachedAt: null });
    expect(await j.card(late.id)).toMatchObject({ breachesBefore: 1 });
    expect(await breaches()).toBe(ran);
    // Its public reply and the louder one ran out too.
    await j.w.app.deps.events.change({ roomId: j.w.room.id, actor: TEST }, async ({ tx }) =>
      restartClocks(tx, await roomContext(tx, j.w.room.id), late.id, { posted: again, opened: again }),
    );
    expect(await j.card(late.id)).toMatchObject({ breachesBefore: 3 });
    expect(await breaches()).toBe(ran);
  });
});

const TEST = { kind: 'system' as const, id: 'system:test', name: 'Test', roles: [] };
