// Random lives of clocks: holidays, zones, hours and targets adopted while they run, levels, pauses and downtime; a second opinion counts minutes.
import type { CardView } from '@rejoinder/contracts/cards';
import type { Shown } from '@rejoinder/playbook/slow-hours-for-tests';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adoptPlan } from '../../server/src/adopting/adopting.service.ts';
import { lockCard, lockCards, updateCard } from '../../server/src/cards/cards.repository.ts';
import { restartClocks } from '../../server/src/cards/clocks.ts';
import { authorsWrote, waitForAuthor } from '../../server/src/cards/standing-still.ts';
import { declareCrisis, stepCrisis } from '../../server/src/crisis/crisis.service.ts';
import { setLevel } from '../../server/src/crisis/level.service.ts';
import type { Change } from '../../server/src/db/event-log.ts';
import { fireClocks } from '../../server/src/escalation/clocks.service.ts';
import { roomContext } from '../../server/src/rooms/rooms.service.ts';
import { minutesOf, SlowClock, type SlowPlan } from '../support/slow-clock.ts';
import { beginning, planFrom, textOf } from '../support/slow-plans.ts';
import { type World, world } from '../support/world.ts';

/** `CLOCK_GAMES=500` for a longer run. */
const GAMES = Number(process.env.CLOCK_GAMES ?? 4);
const CARDS = 3;
const MINUTE = 60_000;

const which = fc.nat(CARDS - 1);
const act = (base: number) =>
  fc.oneof(
    { weight: 2, arbitrary: fc.record({ is: fc.constant('adopt' as const), plan: planFrom(base) }) },
    { weight: 2, arbitrary: fc.record({ is: fc.constant('answer' as const), which }) },
    { weight: 2, arbitrary: fc.record({ is: fc.constant('write' as const), which, before: fc.nat(90) }) },
    { weight: 1, arbitrary: fc.record({ is: fc.constant('level' as const) }) },
    { weight: 1, arbitrary: fc.record({ is: fc.constant('stand' as const) }) },
    { weight: 1, arbitrary: fc.record({ is: fc.constant('look' as const) }) },
  );
const life = beginning.chain((base) =>
  fc.record({
    base: fc.constant(base),
    plan: planFrom(base),
    ages: fc.array(fc.nat(600), { minLength: CARDS, maxLength: CARDS }),
    steps: fc.array(fc.tuple(fc.integer({ min: 1, max: 1_200 }), act(base)), { minLength: 6, maxLength: 12 }),
  }),
);
type Life = typeof life extends fc.Arbitrary<infer L> ? L : never;
type Step = Life['steps'][number][1];

describe('the lives of clocks, at random', () => {
  let w: World;
  let keeper: { kind: 'person'; id: string; name: string; roles: string[] };
  let cardIds: string[];
  let version = 1;
  beforeAll(async () => {
    const any = fc.sample(planFrom(Date.parse('2026-01-05')), { numRuns: 1, seed: 1 })[0] as SlowPlan;
    w = await world({ playbookText: withSources(textOf(any, version)) });
    const { userId } = await w.person('Keeper', ['keeper']);
    keeper = { kind: 'person', id: userId, name: 'Keeper', roles: ['keeper'] };
    for (let i = 0; i < CARDS; i++)
      await w.cardFrom('my parcel is lost', { author: { handle: `a${i}`, name: `A ${i}`, followers: 1 } });
    cardIds = Object.keys((await w.board()).cards).sort();
    const on = { roomId: w.room.id };
    const how = { commanderId: userId, kind: null, level: 1, reason: 'A game.' };
    await declareCrisis(w.app.deps, keeper, on, how);
    await stepCrisis(w.app.deps, keeper, on, { step: 'activate', reason: 'A game.' });
  });
  afterAll(() => w[Symbol.asyncDispose]());

  it(`[CK-5] [CK-11] [CK-16] [CK-19] [CK-22] [CK-23] ${GAMES} games: due instants are those of a minute-by-minute count, and every point is told once and in order`, {
    timeout: 600_000,
  }, async () => {
    await fc.assert(fc.asyncProperty(life, play), { numRuns: GAMES, endOnFailure: true });
  });

  async function play({ base, plan, ages, steps }: Life) {
    const walls = new Map<string, Shown[]>();
    const from = base - 2 * 1_440 * MINUTE;
    let [now, level, down, running] = [base, 1, false, plan];
    let open = minutesOf(plan, from, walls);
    w.at(iso(now));
    await adopt(plan);
    await change(async (change) => {
      const { tx } = change;
      await lockCards(tx, w.room.id, cardIds);
      const context = await roomContext(tx, w.room.id);
      for (const [i, cardId] of cardIds.entries()) {
        const posted = iso(base - (ages[i] ?? 0) * MINUTE);
        await updateCard(tx, w.room.id, cardId, { round_at: iso(now), round_posted_at: posted });
        await restartClocks(tx, context, cardId, { posted });
      }
    });
    let { seq } = await w.board();
    const clocks = cardIds.map((_, i) => new SlowClock(base - (ages[i] ?? 0) * MINUTE, plan, open, level, down));
    for (const [minutes, step] of [...steps, LAST]) {
      now += minutes * MINUTE;
      w.at(iso(now));
      await Promise.all([fireClocks(w.app.deps), fireClocks(w.app.deps)]);
      const points = clocks.flatMap((clock, i) => clock.fire(now).map((point) => ({ ...point, cardId: cardIds[i] })));
      const told = await toldSince(seq);
      expect(told.map(({ at }) => at)).toEqual(told.map(({ at }) => at).toSorted((a, b) => a - b));
      expect(told.map(said).sort()).toEqual(points.map(said).sort());
      await take(step);
      const board = await w.board();
      seq = board.seq;
      for (const [i, cardId] of cardIds.entries()) expect(seen(board.cards[cardId])).toEqual(slowly(clocks[i]));
    }
    // What was left standing goes on, so that the next game begins as this one did.
    if (down) await take({ is: 'stand' });
    if (level > 1) await take({ is: 'level' });
    for (const i of cardIds.keys()) await take({ is: 'write', which: i, before: 0 });

    async function take(step: Step): Promise<void> {
      if (step.is === 'adopt') {
        await adopt(step.plan);
        running = step.plan;
        open = minutesOf(running, from, walls);
        for (const clock of clocks) clock.change(now, running, open, level);
      }
      if (step.is === 'level') {
        level = 3 - level;
        const operationId = crypto.randomUUID();
        await setLevel(w.app.deps, keeper, { roomId: w.room.id, level, reason: 'So it is.', operationId });
        // A room that had stood down has not once its level rises.
        if (level > 1) down = false;
        for (const clock of clocks) {
          clock.down = down;
          clock.change(now, running, open, level);
        }
      }
      if (step.is === 'stand') {
        down = !down;
        const how = { step: down ? ('stand_down' as const) : ('resume' as const), reason: 'So it is.' };
        await stepCrisis(w.app.deps, keeper, { roomId: w.room.id }, how);
        for (const clock of clocks) {
          clock.down = down;
          clock.settle(now);
        }
      }
      if (step.is === 'answer' || step.is === 'write') {
        const on = { roomId: w.room.id, cardId: cardIds[step.which] ?? '' };
        const at = step.is === 'write' ? now - step.before * MINUTE : now;
        await change(async ({ tx }) => {
          await lockCard(tx, on.roomId, on.cardId);
          const context = await roomContext(tx, on.roomId);
          if (step.is === 'answer')
            await waitForAuthor(tx, context, on, { queuedAt: '2099-01-01T00:00:00.000Z', now: iso(now) });
          else await authorsWrote(tx, context, new Map([[on.cardId, iso(at)]]), iso(now));
        });
        const clock = clocks[step.which];
        if (!clock || (step.is === 'write' && !clock.waits)) return;
        clock.waits = step.is === 'answer';
        clock.settle(at);
      }
    }
  }

  const change = (work: (change: Change) => Promise<void>) =>
    w.app.deps.events.change({ roomId: w.room.id, actor: TEST }, work);

  async function adopt(plan: SlowPlan): Promise<void> {
    version += 1;
    const text = withSources(textOf(plan, version));
    const operationId = crypto.randomUUID();
    await adoptPlan(w.app.deps, keeper, { roomId: w.room.id, text, agreed: [], operationId });
  }

  async function toldSince(since: number): Promise<{ cardId: string; at: number; what: string }[]> {
    const events = await w.app.deps.events.read(w.room.id, since, 100_000);
    return events.flatMap((event) => {
      if (event.type !== 'clock.warned' && event.type !== 'clock.breached') return [];
      const { card, clock } = event.data;
      if (clock.clock !== 'game') return [];
      const at = event.type === 'clock.warned' ? clock.warnAt[event.data.point - 1] : clock.promisedUntil;
      const what = event.type === 'clock.warned' ? `warned ${event.data.point}` : 'breached';
      return [{ cardId: card.id, at: Date.parse(at ?? ''), what }];
    });
  }
});

const LAST: [number, Step] = [12 * 1_440, { is: 'look' }];
const TEST = { kind: 'system' as const, id: 'system:test', name: 'Test', roles: [] };
const iso = (at: number): string => new Date(at).toISOString();
const said = ({ cardId, at, what }: { cardId: string | undefined; at: number; what: string }): string =>
  `${iso(at)} ${cardId} ${what}`;

function seen(card: CardView | undefined) {
  const clock = card?.clocks.find((each) => each.clock === 'game');
  if (!clock) return undefined;
  const { warnAt, dueAt, promisedUntil, breachedAt, paused } = clock;
  return { warnAt, dueAt, promisedUntil, breached: breachedAt !== null, paused: paused?.since ?? null };
}

function slowly(clock: SlowClock | undefined) {
  if (!clock?.has) return undefined;
  const { warn, due, promised, breached, pausedAt } = clock;
  const paused = pausedAt === null ? null : iso(pausedAt);
  return { warnAt: warn.map(iso), dueAt: iso(due), promisedUntil: iso(promised), breached, paused };
}

function withSources(text: string): string {
  return text.replace('yaml roles\n', 'yaml roles\nadministrator: { name: A, may: [view, manage_sources] }\n');
}
