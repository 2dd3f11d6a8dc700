// Random clocks, random downtimes, some stopped on the way: every point is told exactly once and in the order of the instants, as a list kept by hand says.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endClocks } from '../../server/src/cards/clocks.repository.ts';
import { fireClocks } from '../../server/src/escalation/clocks.service.ts';
import { defaultPlaybookText } from '../../server/src/playbooks/playbooks.service.ts';
import { type World, world } from '../support/world.ts';

/** `CLOCK_GAMES=500` for a longer run. */
const GAMES = Number(process.env.CLOCK_GAMES ?? 12);
const CARDS = 6;
const DAY = 86_400_000;

const clock = fc.record({
  start: fc.nat(DAY),
  target: fc.integer({ min: 1_000, max: DAY }),
  share: fc.double({ min: 0.05, max: 0.9, noNaN: true }),
});
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      is: fc.constant('wait' as const),
      ms: fc.integer({ min: 1, max: DAY / 2 }),
      lookers: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('stop' as const), which: fc.nat(CARDS - 1) }) },
);
type Step = { is: 'wait'; ms: number; lookers: number } | { is: 'stop'; which: number };
type Point = { cardId: string; at: number; what: string };

describe('clocks, at random', () => {
  let w: World;
  let cardIds: string[];
  let day = Date.parse('2026-03-02T00:00:00.000Z');
  beforeAll(async () => {
    w = await world({ playbookText: withoutLadders(defaultPlaybookText()) });
    for (let i = 0; i < CARDS; i++)
      await w.cardFrom('my parcel is lost', { author: { handle: `a${i}`, name: `A ${i}`, followers: 1 } });
    cardIds = Object.keys((await w.board()).cards).sort();
  });
  afterAll(() => w[Symbol.asyncDispose]());

  it(`[CK-10] [CK-11] ${GAMES} games tell every point once, in the order of the instants, through whatever downtime`, {
    timeout: 600_000,
  }, async () => {
    const clocks = fc.array(clock, { minLength: CARDS, maxLength: CARDS });
    const game = fc.asyncProperty(clocks, fc.array(step, { minLength: 4, maxLength: 12 }), play);
    await fc.assert(game, { numRuns: GAMES, endOnFailure: true });
  });

  async function play(clocks: { start: number; target: number; share: number }[], steps: Step[]) {
    // Each game has days of its own, after all that was told before.
    day += 30 * DAY;
    let now = day;
    w.at(new Date(now).toISOString());
    const pending: Point[] = [];
    for (const [i, { start, target, share }] of clocks.entries())
      pending.push(...(await setClock(i, day + start, target, share)));
    const expected: Point[] = [];
    const { seq } = await w.board();
    for (const each of [...steps, LAST]) {
      if (each.is === 'stop') {
        const cardId = cardIds[each.which] ?? '';
        await w.app.deps.events.change({ roomId: w.room.id, actor: TEST }, ({ tx }) =>
          endClocks(tx, w.room.id, cardId, ['public-reply'], w.now()),
        );
        // All that had passed was told by then; the rest of this clock is over.
        for (const point of pending.filter((other) => other.cardId === cardId))
          pending.splice(pending.indexOf(point), 1);
        continue;
      }
      now += each.ms;
      w.at(new Date(now).toISOString());
      await Promise.all(Array.from({ length: each.lookers }, () => fireClocks(w.app.deps)));
      const passed = pending.filter((point) => point.at <= now).sort((a, b) => a.at - b.at);
      for (const point of passed) pending.splice(pending.indexOf(point), 1);
      expected.push(...passed);
    }
    expect(await told(seq)).toEqual(expected.map(({ cardId, what }) => `${cardId} ${what}`));
  }

  /** Two warnings and the breach at instants that no other clock has. */
  async function setClock(i: number, start: number, target: number, share: number): Promise<Point[]> {
    const cardId = cardIds[i] ?? '';
    // The last digits are the card's own, so that no two points fall together.
    const own = (at: number) => Math.floor(at / 100) * 100 + i * 10;
    const first = own(start + target * share) + 1;
    const second = Math.max(first + 101, own(start + target * Math.sqrt(share)) + 2);
    const due = Math.max(second + 101, own(start + target) + 3);
    const iso = (at: number) => new Date(at).toISOString();
    await w.app.deps.db
      .updateTable('clocks')
      .set({
        started_at: iso(start),
        warn_at: [iso(first), iso(second)],
        due_at: iso(due),
        promised_until: iso(due),
        next_at: iso(first),
        warned: 0,
        breached_at: null,
        stopped_at: null,
      })
      .where('room_id', '=', w.room.id)
      .where('card_id', '=', cardId)
      .execute();
    return [first, second, due].map((at, n) => ({ cardId, at, what: n < 2 ? `warned ${n + 1}` : 'breached' }));
  }

  async function told(since: number): Promise<string[]> {
    await w.settled();
    const events = await w.app.deps.events.read(w.room.id, since, 100_000);
    return events.flatMap((event) => {
      if (event.type === 'clock.warned') return [`${event.data.card.id} warned ${event.data.point}`];
      return event.type === 'clock.breached' ? [`${event.data.card.id} breached`] : [];
    });
  }
});

const LAST: Step = { is: 'wait', ms: 3 * DAY, lookers: 2 };
const TEST = { kind: 'system' as const, id: 'system:test', name: 'Test', roles: [] };

/** Whom a point makes somebody ask is another test's matter. */
function withoutLadders(text: string): string {
  return text.replaceAll(/^(ladder|on_warning|on_breach): .*\n/gm, '');
}
