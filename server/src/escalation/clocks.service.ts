// Fires clocks: each warning point and each breach is logged once, in order, also after an hour of downtime (CK). Many at once are one transaction.
import type { CardView } from '@rejoinder/contracts/cards';
import type { NewEvent } from '@rejoinder/contracts/events';
import type { Actor } from '@rejoinder/contracts/people';
import { asClockView, readCards } from '../cards/card-view.service.ts';
import { lockCards } from '../cards/cards.repository.ts';
import type { Row } from '../db/tables.ts';
import type { Deps } from '../deps.ts';
import { type DueClock, dueClocks, dueRooms, lockDueClocks, saveFired } from './clocks.repository.ts';

const CLOCK: Actor = { kind: 'system', id: 'system:clock', name: 'Clock', roles: [] };
/** How many clocks fire in one transaction. */
const AT_ONCE = 100;

/**
 * Fires everything that is due, in each room in the order of the instants over all its clocks (CK-11); answers how many points were fired.
 * Rooms take turns. A clock that cannot be fired is logged and looked at again at the next tick; the others go on.
 */
export async function fireClocks(deps: Deps): Promise<number> {
  const now = deps.now();
  let fired = 0;
  for (let rooms = await dueRooms(deps.db, now); rooms.length > 0; ) {
    const left: string[] = [];
    for (const roomId of rooms) {
      const points = await fireSome(deps, roomId, now);
      fired += points;
      if (points > 0) left.push(roomId);
    }
    rooms = left;
  }
  return fired;
}

/** Fires the oldest points of a room: none that is later than a point of a clock which has to wait for the next turn. */
async function fireSome(deps: Deps, roomId: string, now: string): Promise<number> {
  const due = await dueClocks(deps.db, roomId, now, AT_ONCE + 1);
  const until = due[AT_ONCE]?.next_at ?? now;
  const some = due.slice(0, AT_ONCE);
  if (some.length === 0) return 0;
  try {
    return await fireTogether(deps, roomId, some, until);
  } catch (error) {
    deps.log.error({ err: error, roomId }, 'clocks could not be fired together');
  }
  let fired = 0;
  for (const clock of some)
    fired += await fireTogether(deps, roomId, [clock], until).catch((error) => {
      deps.log.error({ err: error, roomId, cardId: clock.card_id }, 'a clock could not be fired');
      return 0;
    });
  return fired;
}

/** What was due may have been fired or stopped meanwhile: the clocks are looked at again under lock. */
function fireTogether(deps: Deps, roomId: string, due: readonly DueClock[], until: string): Promise<number> {
  return deps.events.change({ roomId, actor: CLOCK }, async ({ tx, log }) => {
    const cardIds = [...new Set(due.map((clock) => clock.card_id))].sort();
    await lockCards(tx, roomId, cardIds);
    const clocks = await lockDueClocks(tx, roomId, due, until);
    const cards = new Map((await readCards(tx, roomId, cardIds)).map((card) => [card.id, card]));
    const points = clocks.flatMap((clock) => passedPoints(clock, until));
    points.sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1));
    for (const point of points) {
      const card = cards.get(point.clock.card_id);
      if (!card) continue;
      const shown = withClock(card, point.clock);
      cards.set(shown.id, shown);
      log(eventOf(shown, point));
    }
    await saveFired(
      tx,
      roomId,
      clocks.map((clock) => points.findLast((point) => isSame(point.clock, clock))?.clock ?? clock),
    );
    return points.length;
  });
}

/** A point that has passed, and its clock as it stands once that was told. */
type Point = { at: string; warns: boolean; clock: Row<'clocks'> };

/** Those up to an instant; of a clock that stands still, those it had passed before (CK-19). */
function passedPoints(clock: Row<'clocks'>, until: string): Point[] {
  const points: Point[] = [];
  for (let left = clock; left.next_at !== null && left.next_at <= until; ) {
    const at = left.next_at;
    // A clock that was stopped after it ran out has only its breach left to tell.
    const point = left.stopped_at === null ? left.warn_at[left.warned] : undefined;
    const warns = point !== undefined && point < left.promised_until;
    left = warns
      ? { ...left, warned: left.warned + 1, next_at: nextPoint(left, left.warned + 1) }
      : { ...left, breached_at: left.promised_until, next_at: null };
    points.push({ at, warns, clock: left });
  }
  return points;
}

function nextPoint({ warn_at, promised_until, paused_at }: Row<'clocks'>, warned: number): string | null {
  const point = warn_at[warned];
  const next = point !== undefined && point < promised_until ? point : promised_until;
  return paused_at !== null && next > paused_at ? null : next;
}
const isSame = (a: Row<'clocks'>, b: Row<'clocks'>): boolean => a.card_id === b.card_id && a.clock_id === b.clock_id;

function withClock(card: CardView, clock: Row<'clocks'>): CardView {
  const view = asClockView(clock);
  return { ...card, clocks: card.clocks.map((each) => (each.clock === view.clock ? view : each)) };
}

function eventOf(card: CardView, { warns, clock }: Point): NewEvent {
  const view = asClockView(clock);
  return warns
    ? { type: 'clock.warned', data: { card, clock: view, point: clock.warned } }
    : { type: 'clock.breached', data: { card, clock: view } };
}
