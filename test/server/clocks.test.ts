// Clocks firing: each warning and the breach once, in order, through downtime and restart; what stops them and what starts them anew.
import { readFileSync } from 'node:fs';
import type { RoomEvent } from '@rejoinder/contracts/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardNow } from '../../server/src/cards/cards.service.ts';
import { endClocks } from '../../server/src/cards/clocks.repository.ts';
import { restartClocks } from '../../server/src/cards/clocks.ts';
import { fireClocks } from '../../server/src/escalation/clocks.service.ts';
import { roomContext } from '../../server/src/rooms/rooms.service.ts';
import { startAgain } from '../support/again.ts';
import { verifyAction, verifyWithTimers } from '../support/verify-action.ts';
import { type World, world } from '../support/world.ts';

let w: World;
beforeAll(async () => {
  w = await world();
});
afterAll(() => w[Symbol.asyncDispose]());

const system = { kind: 'system' as const, id: 'system:test', name: 'Test', roles: [] };
const told = (events: RoomEvent[], handle?: string) =>
  events.flatMap((event) => {
    if (event.type !== 'clock.warned' && event.type !== 'clock.breached') return [];
    if (handle && event.data.card.author.handle !== handle) return [];
    return [event.type === 'clock.warned' ? `warned ${event.data.point}` : 'breached'];
  });
const fire = (time: string) =>
  verifyWithTimers(w, async () => {
    w.at(time);
    await fireClocks(w.app.deps);
  });

describe('clocks', () => {
  it('[CK-10] two warnings and the breach are each logged once, when their instant has come', async () => {
    const card = await w.cardFrom('My parcel is lost, nobody answers');
    const [clock] = card.clocks;
    if (!clock) throw new Error('a card has a clock');
    const [first = '', second = ''] = clock.warnAt;
    expect(clock.warnAt).toHaveLength(2);
    const justBefore = (instant: string) => new Date(Date.parse(instant) - 1000).toISOString();
    expect(told((await fire(justBefore(first))).events)).toEqual([]);
    expect(told((await fire(first)).events)).toEqual(['warned 1']);
    expect(told((await fire(first)).events)).toEqual([]);
    expect(told((await fire(second)).events)).toEqual(['warned 2']);
    expect(told((await fire(justBefore(clock.dueAt))).events)).toEqual([]);
    expect(told((await fire(clock.dueAt)).events)).toEqual(['breached']);
    expect(told((await fire('2026-03-02T20:00:00Z')).events)).toEqual([]);
    const [after] = (await w.board()).cards[card.id]?.clocks ?? [];
    expect(after).toMatchObject({ breachedAt: clock.dueAt });
  });

  it('[CK-11] hours of downtime fire every passed point once, over all clocks in the order of their instants', async () => {
    w.at('2026-03-03T09:00:00Z');
    await w.cardFrom('The lamp arrived broken', { author: { handle: 'early', name: 'E', followers: 1 } });
    w.at('2026-03-03T09:50:00Z');
    await w.cardFrom('Where is my refund?', { author: { handle: 'late', name: 'L', followers: 1 } });
    await w.settled();
    const { events } = await fire('2026-03-03T20:00:00Z');
    expect(told(events, 'early')).toEqual(['warned 1', 'warned 2', 'breached']);
    expect(told(events, 'late')).toEqual(['warned 1', 'warned 2', 'breached']);
    const instants = events.flatMap((event) => {
      if (event.type === 'clock.warned') return [event.data.clock.warnAt[event.data.point - 1] ?? ''];
      return event.type === 'clock.breached' ? [event.data.clock.dueAt] : [];
    });
    expect(instants).toHaveLength(6);
    expect(instants).toEqual(instants.toSorted());
  });

  it('[CK-10] many lookers at once fire a point once', async () => {
    w.at('2026-03-04T09:00:00Z');
    const card = await w.cardFrom('No answer since Monday, lost parcel', {
      author: { handle: 'once', name: 'O', followers: 1 },
    });
    const { events } = await verifyWithTimers(w, async () => {
      w.at('2026-03-04T20:00:00Z');
      await Promise.all([1, 2, 3, 4].map(() => fireClocks(w.app.deps)));
    });
    expect(told(events, card.author.handle)).toEqual(['warned 1', 'warned 2', 'breached']);
  });

  it('[CK-13] a reply in time stops the clock for good; a late one stops it and the breach is still told', async () => {
    w.at('2026-03-05T09:00:00Z');
    const stop = (cardId: string) =>
      w.app.deps.events.change({ roomId: w.room.id, actor: system }, async ({ tx, now, log }) => {
        await endClocks(tx, w.room.id, cardId, ['public-reply'], now);
        const card = await cardNow(tx, { roomId: w.room.id, cardId });
        log({ type: 'reply.published', data: { card, text: 'x' } });
      });
    const inTime = await w.cardFrom('Lost parcel one', { author: { handle: 'in-time', name: 'A', followers: 1 } });
    const tooLate = await w.cardFrom('Lost parcel two', { author: { handle: 'too-late', name: 'B', followers: 1 } });
    await verifyWithTimers(w, async () => {
      w.at('2026-03-05T09:10:00Z');
      await stop(inTime.id);
    });
    // The server was busy elsewhere while the second clock ran out: nothing was fired when its reply went out.
    const { events } = await verifyWithTimers(w, async () => {
      w.at('2026-03-05T12:30:00Z');
      await stop(tooLate.id);
      await fireClocks(w.app.deps);
    });
    expect(told(events, 'too-late')).toEqual(['breached']);
    expect(told(events, 'in-time')).toEqual([]);
    const { cards } = await w.board();
    expect(cards[inTime.id]?.clocks).toMatchObject([{ stoppedAt: '2026-03-05T09:10:00.000Z', breachedAt: null }]);
    const [due] = tooLate.clocks;
    expect(cards[tooLate.id]?.clocks).toMatchObject([
      { stoppedAt: '2026-03-05T12:30:00.000Z', breachedAt: due?.dueAt },
    ]);
  });

  it('[CK-14] a card that reopens has its clock anew, from the post that reopened it', async () => {
    w.at('2026-03-06T09:00:00Z');
    const card = await w.cardFrom('Again my parcel is lost', { author: { handle: 'again', name: 'C', followers: 1 } });
    await fire('2026-03-06T20:00:00Z');
    await verifyWithTimers(w, () =>
      w.app.deps.events.change({ roomId: w.room.id, actor: system }, async ({ tx, log }) => {
        await restartClocks(tx, await roomContext(tx, w.room.id), card.id, { posted: '2026-03-06T21:00:00.000Z' });
        const now = await cardNow(tx, { roomId: w.room.id, cardId: card.id });
        log({ type: 'card.postsChanged', data: { cards: [now] } });
      }),
    );
    const [clock] = (await w.board()).cards[card.id]?.clocks ?? [];
    expect(clock).toMatchObject({ startedAt: '2026-03-06T21:00:00.000Z', breachedAt: null, stoppedAt: null });
    const { events } = await fire(clock?.dueAt ?? '');
    expect(told(events, 'again')).toEqual(['warned 1', 'warned 2', 'breached']);
  });

  it('[CK-12] a restart neither repeats nor forgets a point, and the timer alone fires it', async () => {
    w.at('2026-03-07T09:00:00Z');
    const card = await w.cardFrom('Lost and no answer, a third time', {
      author: { handle: 'restart', name: 'D', followers: 1 },
    });
    const [clock] = card.clocks;
    await fire(clock?.warnAt[0] ?? '');
    await using again = await startAgain(w);
    w.at('2026-03-07T20:00:00Z');
    const events = () => again.deps.events.read(w.room.id, 0, 10_000);
    await expect
      .poll(async () => told(await events(), 'restart'), { timeout: 5000 })
      .toEqual(['warned 1', 'warned 2', 'breached']);
  });

  it('[CK-16] a holiday added to the plan while a clock runs moves its deadline in the same commit; going back brings it back', async () => {
    const shipped = readFileSync(new URL('../../server/playbooks/small-shop.md', import.meta.url), 'utf8');
    const text = shipped.replace(
      'yaml roles\n',
      'yaml roles\nadministrator: { name: A, may: [view, manage_sources] }\n',
    );
    await using shop = await world({ playbookText: text });
    const owner = await shop.person('Owner', ['keeper']);
    // A Tuesday at half past five in Berlin: an hour until the shop closes, so two more run on Wednesday.
    shop.at('2026-03-03T16:30:00.000Z');
    const card = await shop.cardFrom('My parcel is lost, nobody answers');
    const dueAt = async () => (await shop.board()).cards[card.id]?.clocks.map((clock) => clock.dueAt);
    expect(await dueAt()).toEqual(['2026-03-04T11:00:00.000Z']);
    const longer = text.replace(/^version: \d+/m, 'version: 90').replace('holidays: [', 'holidays: [2026-03-04, ');
    const { events } = await verifyAction(shop, () =>
      owner.call('adoptPlaybook', { params: { roomId: shop.room.id }, body: { text: longer } }),
    );
    expect(events).toMatchObject([{ type: 'playbook.adopted', data: { clocks: [{ cardId: card.id }] } }]);
    expect(await dueAt()).toEqual(['2026-03-05T11:00:00.000Z']);
    const { id, version } = (await shop.board()).room.playbook;
    expect(version).toBe(90);
    const back = { playbookId: id, version: 1, reason: 'The shop opens after all.' };
    await verifyAction(shop, () => owner.call('rollBackPlaybook', { params: { roomId: shop.room.id }, body: back }));
    expect(await dueAt()).toEqual(['2026-03-04T11:00:00.000Z']);
  });
});
