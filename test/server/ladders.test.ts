// Ladders by a simulated clock: the night of story 1, who is asked when, what stops it and what does not, and what it takes to begin anew.
import type { CardView } from '@rejoinder/contracts/cards';
import type { LadderView } from '@rejoinder/contracts/ladders';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { climbLadders } from '../../server/src/escalation/climbing.service.ts';
import { endLadder, startLadder } from '../../server/src/escalation/ladders.service.ts';
import { COMPLAINT } from '../support/journey.ts';
import { type LadderDesk, ladderDesk, said } from '../support/ladder-desk.ts';
import { verifyAction, verifyWithTimers } from '../support/verify-action.ts';
import { anchorOf } from '../support/words-in.ts';
import type { Person } from '../support/world.ts';

let d: LadderDesk;
const nextDay = (() => {
  let day = 1;
  return () => `2026-04-${String(++day).padStart(2, '0')}`;
})();
/** A complaint of its own day, so that no clock of another test falls due in it. */
async function complaintAt(time: string): Promise<{ card: CardView; at: (time: string) => string }> {
  const day = nextDay();
  const at = (clock: string) => `${day}T${clock.length === 5 ? `${clock}:00` : clock}.000Z`;
  d.j.w.at(at(time));
  const card = await d.j.w.cardFrom(COMPLAINT);
  await d.wind(at(time));
  return { card, at };
}
/** Nothing of this card is due any more. */
const close = async (card: CardView) => {
  const params = d.j.params(card);
  await d.j.sam.call('moveCard', {
    params,
    body: { to: 'watch', reason: 'Enough of it.', fields: { class: 'complaint', department: 'logistics' } },
  });
  await d.j.w.settled();
};

const on = (ladder: LadderView) => ({ roomId: d.j.w.room.id, ladderId: ladder.id });
const accept = (who: Person, ladder: LadderView) => who.try('acceptLadder', { params: on(ladder), body: {} });
const pass = (who: Person, ladder: LadderView, reason = 'I am on a train.') =>
  who.try('passOnLadder', { params: on(ladder), body: { reason } });

beforeAll(async () => {
  d = await ladderDesk();
}, 60_000);
afterAll(() => d.j[Symbol.asyncDispose]());

describe('the night of a complaint', () => {
  it('[LD-6] climbs to a person: skipped, asked, ten minutes, and so on up to the commander, and begins anew', async () => {
    const { card, at } = await complaintAt('02:10');
    await verifyWithTimers(d.j.w, () => theNight(card, at));
    await close(card);
    expect(await d.ladders(card)).toEqual([]);
  });

  async function theNight(card: CardView, at: (time: string) => string): Promise<void> {
    expect(await d.wind(at('02:39:59'))).toEqual([]);
    expect(await d.wind(at('02:40'))).toEqual([
      'late started',
      'late skipped Nobody owns this card.',
      'late asked Lou',
    ]);
    expect(await d.ladder(card)).toMatchObject({
      state: 'asking',
      cause: 'stage:new',
      says: 'A card stands in New longer than 30 minutes.',
      nextAt: at('02:50'),
      steps: [
        { whom: 'owner', asks: [], skipped: 'Nobody owns this card.' },
        { whom: 'primary', skipped: null, asks: [{ userId: d.lou.userId, state: 'waiting', ways: ['board'] }] },
      ],
    });
    expect(await d.wind(at('02:49:59'))).toEqual([]);
    expect(await d.wind(at('02:50'))).toEqual(['late asked Dee']);
    expect(await d.wind(at('03:00'))).toEqual(['late asked Sam']);
    expect(await d.wind(at('03:09:59'))).toEqual([]);
    expect(await d.wind(at('03:10'))).toEqual(['late asked Cleo']);
    expect(await d.wind(at('03:19:59'))).toEqual([]);
    expect(await d.wind(at('03:20'))).toEqual(['late exhausted']);
    expect(await d.ladder(card)).toMatchObject({ state: 'exhausted', nextAt: at('03:30') });
    expect(await d.wind(at('03:30'))).toEqual([
      'late reopened',
      'late skipped Nobody owns this card.',
      'late asked Lou',
    ]);
    expect(await d.ladder(card)).toMatchObject({ state: 'asking', round: 2 });
  }

  it('[LD-9] [LD-12] the first who accepts stops it and owns the card; half an hour without work begins it anew', async () => {
    const { card, at } = await complaintAt('02:10');
    await d.wind(at('02:50'));
    const ladder = await d.ladder(card);
    d.j.w.at(at('02:52'));
    const { result, events } = await verifyAction(d.j.w, () => accept(d.dee, ladder));
    expect(result).toMatchObject({ reply: { ladder: { state: 'accepted', nextAt: null } } });
    expect(events.map((event) => event.type)).toEqual(['card.taken', 'ladder.accepted']);
    expect((await d.j.card(card.id)).owner).toEqual({ userId: d.dee.userId, acceptedAt: at('02:52') });
    expect(await accept(d.lou, ladder)).toMatchObject({
      refused: { rule: 'LD-9', clause: ladder.clause, says: expect.stringContaining('Dee accepted at') },
    });
    expect(await accept(d.dee, ladder)).toMatchObject({ status: 200 });
    expect(await d.wind(at('03:21:59'))).toEqual([]);
    expect(await d.wind(at('03:22'))).toEqual(['late reopened', 'late asked Dee', 'late asked Lou']);
    // Nobody is asked twice in one round: the deputy is the owner.
    expect(await d.wind(at('03:32'))).toEqual(['late skipped Dee was asked already.']);
    await accept(d.lou, await d.ladder(card));
    // What is done puts the look off: an assessment at 03:50 is work, reading the posts is not.
    d.j.w.at(at('03:50'));
    const params = d.j.params(card);
    await d.j.ria.call('assessCard', { params, body: { fields: { class: 'complaint' } } });
    d.j.w.at(at('04:00'));
    await d.j.ria.call('seePosts', { params, body: { count: 1 } });
    expect(await d.wind(at('04:02'))).toEqual([]);
    expect((await d.wind(at('04:20'))).slice(0, 1)).toEqual(['late reopened']);
    await close(card);
  });

  it('[LD-10] passing on asks the next at once; when nobody is left it is said, and stays open', async () => {
    const { card, at } = await complaintAt('02:10');
    await d.wind(at('02:40'));
    const ladder = await d.ladder(card);
    expect(await pass(d.cleo, ladder)).toMatchObject({ refused: { rule: 'LD-9' } });
    d.j.w.at(at('02:42'));
    const { events } = await verifyAction(d.j.w, () => pass(d.lou, ladder));
    expect(events.map((event) => event.type)).toEqual(['ladder.passedOn']);
    expect(await d.wind(at('02:42'))).toEqual(['late asked Dee']);
    expect(await d.wind(at('02:51:59'))).toEqual([]);
    await pass(d.dee, ladder);
    expect(await d.wind(at('02:52'))).toEqual(['late asked Sam']);
    await pass(d.j.sam, ladder);
    await d.wind(at('02:53'));
    await pass(d.cleo, ladder);
    expect(await d.wind(at('02:53'))).toEqual(['late exhausted']);
    expect((await d.ladder(card)).steps.map((step) => step.asks.map((ask) => ask.state).join())).toEqual([
      '',
      'passedOn',
      'passedOn',
      'passedOn',
      'passedOn',
    ]);
    // Who passed on may still take it, and who accepted may still pass on.
    expect(await accept(d.cleo, ladder)).toMatchObject({ reply: { ladder: { state: 'accepted' } } });
    expect(await pass(d.cleo, ladder)).toMatchObject({ reply: { ladder: { state: 'asking' } } });
    expect(await d.wind(at('02:54'))).toEqual(['late exhausted']);
    await close(card);
  });

  it('[LD-9] somebody who was not asked accepts where they may own cards, and nobody else; a program never', async () => {
    const { card, at } = await complaintAt('02:10');
    await d.wind(at('02:40'));
    const ladder = await d.ladder(card);
    const robot = await d.j.w.token('Robot', ['responder']);
    expect(await robot.try('acceptLadder', { params: on(ladder), body: {} })).toMatchObject({ status: 403 });
    expect(await accept(d.j.colin, ladder)).toMatchObject({
      refused: { rule: 'LD-9', says: expect.stringContaining('Asked now: Lou.'), fix: [{ do: 'see-room' }] },
    });
    expect(await accept(d.j.ria, ladder)).toMatchObject({ reply: { ladder: { state: 'accepted' } } });
    await close(card);
    expect(await accept(d.lou, ladder)).toMatchObject({
      refused: { rule: 'LD-9', says: expect.stringContaining('over') },
    });
    expect(await accept(d.lou, { ...ladder, id: 'ladder_none' })).toMatchObject({ status: 404 });
  });

  it('[LD-11] whoever takes the card meanwhile has accepted', async () => {
    const { card, at } = await complaintAt('02:10');
    await d.wind(at('02:40'));
    await verifyAction(d.j.w, () => d.j.ria.call('takeCard', { params: d.j.params(card), body: {} }));
    expect(await d.ladder(card)).toMatchObject({ state: 'accepted' });
    await close(card);
  });
});

describe('what a ladder waits for', () => {
  it('[LD-7] the time of a stage, under the level and the plan of the moment; a card that goes on is not asked about', async () => {
    const { card, at } = await complaintAt('09:00');
    const { db } = d.j.w.app.deps;
    const armed = () =>
      db
        .selectFrom('ladder_runs')
        .select(['cause', 'next_at'])
        .where('card_id', '=', card.id)
        .where('state', '=', 'armed')
        .execute();
    expect(await armed()).toEqual([{ cause: 'stage:new', next_at: at('09:30') }]);
    const params = { roomId: d.j.w.room.id };
    await d.cleo.call('setLevel', { params, body: { level: 2, reason: 'It spreads.' } });
    await d.j.w.settled();
    expect(await armed()).toEqual([{ cause: 'stage:new', next_at: at('09:10') }]);
    await close(card);
    expect(await armed()).toEqual([]);
    expect(await d.wind(at('09:20'))).toEqual([]);
    d.j.w.at(at('12:00'));
    await d.cleo.call('setLevel', { params, body: { level: 1, reason: 'It is over.' } });
    await d.j.w.settled();
  });

  it('[LD-6] after an hour of downtime every passed step is taken once and in order, by one of many lookers', async () => {
    const { card, at } = await complaintAt('02:10');
    await d.wind(at('02:40'));
    d.j.w.at(at('03:45'));
    await Promise.all([1, 2, 3, 4].map(() => climbLadders(d.j.w.app.deps)));
    const told = (await d.j.events()).filter((event) => 'cardId' in event.data && event.data.cardId === card.id);
    expect(told.flatMap(said)).toEqual([
      'late started',
      'late skipped Nobody owns this card.',
      'late asked Lou',
      'late asked Dee',
      'late asked Sam',
      'late asked Cleo',
      'late exhausted',
    ]);
    // A round is begun from now on, never for the hours that passed.
    expect(await d.ladder(card)).toMatchObject({ nextAt: at('03:55') });
    await close(card);
  });

  it('[LD-8] a clock’s last warning and its breach ask; note, like and private message do not stop it, a verified reply does', async () => {
    const { card: made, at } = await complaintAt('02:10');
    let card = await d.j.on(made, 'publish');
    const params = d.j.params(card);
    await d.j.ria.call('addComment', { params, body: await wordsOf(card) });
    await d.j.ria.call('notePrivately', { params, body: { kind: 'from_them', text: 'They wrote to us.' } });
    const clock = () => d.j.card(card.id).then((now) => now.clocks.find((each) => each.clock === 'public-reply'));
    expect(await clock()).toMatchObject({ dueAt: at('05:10'), stoppedAt: null });
    const from = async (time: string, cause: string) => {
      const told = await d.wind(at(time));
      const ladder = (await d.ladders(card)).find((each) => each.cause === cause);
      return { told, ladder };
    };
    const warned = await from('04:34', 'clock:public-reply:warning');
    expect(warned.ladder).toMatchObject({
      state: 'asking',
      startedAt: at('04:34'),
      says: 'First public reply: the time is nearly over.',
    });
    const broken = await from('05:10', 'clock:public-reply:breach');
    expect(broken.ladder).toMatchObject({ ladder: 'breached', state: 'asking', startedAt: at('05:10') });
    expect(broken.told).toContain('breached asked Sam');
    // The one about the warning has nothing to add to it.
    expect((await d.ladders(card)).map((each) => each.cause)).not.toContain('clock:public-reply:warning');
    card = await d.j.card(card.id);
    await d.j.publish(card);
    await d.j.replied(card, 'published');
    expect(await d.ladders(card)).toEqual([]);
    expect(await clock()).toMatchObject({ stoppedAt: at('05:10'), breachedAt: at('05:10') });
    expect(await d.wind(at('05:40'))).toEqual([]);
  });

  it('[LD-14] every way failed: the next is asked at once; a ladder about the room is the room’s own', async () => {
    const { card, at } = await complaintAt('02:10');
    await d.wind(at('02:40'));
    const ask = (await d.ladder(card)).steps[1]?.asks[0];
    const { deps } = d.j.w.app;
    const roomId = d.j.w.room.id;
    const about = { kind: 'ask' as const, id: ask?.id ?? '', cardId: card.id };
    const failed = { messageId: 'msg_x', about, says: 'The telephone is off.' };
    d.j.w.at(at('02:41'));
    await verifyAction(d.j.w, () =>
      deps.events.change({ roomId, actor: SYSTEM }, async ({ log }) => log({ type: 'message.failed', data: failed })),
    );
    expect((await d.ladder(card)).steps[1]?.asks).toMatchObject([
      { state: 'unreachable', says: 'The telephone is off.' },
    ]);
    expect(await d.wind(at('02:41'))).toEqual(['late asked Dee']);
    await close(card);

    const room = { roomId, cardId: null, cause: 'room:update' };
    const start = { ...room, ladderId: 'breached', says: 'The update is overdue.' };
    await verifyWithTimers(d.j.w, () =>
      deps.events.change({ roomId, actor: SYSTEM }, async (change) => {
        await startLadder(deps, change, start);
        await startLadder(deps, change, start);
      }),
    );
    expect(await d.wind(at('02:41'))).toEqual(['breached started', 'breached asked Sam']);
    expect((await d.j.w.board()).ladders).toMatchObject([{ cause: 'room:update', says: 'The update is overdue.' }]);
    await verifyWithTimers(d.j.w, () =>
      deps.events.change({ roomId, actor: SYSTEM }, (change) =>
        endLadder(deps, change, { ...room, why: 'It was given.' }),
      ),
    );
    expect((await d.j.w.board()).ladders).toBeUndefined();
  });
});

const SYSTEM = { kind: 'system' as const, id: 'system:test', name: 'Test', roles: [] };
/** Any words of the reply, to comment on. */
async function wordsOf(card: CardView) {
  const t = await d.j.write(d.j.ria, card);
  const anchor = anchorOf(t.text, 'sorry');
  t.leave();
  return { generation: card.draft?.generation ?? 1, anchor, text: 'Is this right?' };
}
