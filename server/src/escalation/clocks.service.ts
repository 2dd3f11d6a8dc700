// Fires clocks: each warning point and each breach is logged once, in order, also after an hour of downtime (CK).
import type { Actor } from '@rejoinder/contracts/people';
import { asClockView } from '../cards/card-view.service.ts';
import { lockCard } from '../cards/cards.repository.ts';
import { cardNow } from '../cards/cards.service.ts';
import type { Deps } from '../deps.ts';
import { dueClocks, lockClock, updateClock } from './clocks.repository.ts';

const CLOCK: Actor = { kind: 'system', id: 'system:clock', name: 'Clock', roles: [] };
const AT_ONCE = 200;

type Due = { room_id: string; card_id: string; clock_id: string; next_at: string };

/**
 * Fires everything that is due, in the order of the instants over all clocks (CK-11); answers how many points were fired.
 * A clock that cannot be fired is logged and looked at again at the next tick; the others go on.
 */
export async function fireClocks(deps: Deps): Promise<number> {
  const due: Due[] = await dueClocks(deps.db, deps.now(), AT_ONCE);
  let fired = 0;
  for (let clock = due.shift(); clock; clock = due.shift()) {
    try {
      const next = await firePoint(deps, clock);
      if (next !== undefined) fired++;
      if (next) insertInOrder(due, { ...clock, next_at: next });
    } catch (error) {
      deps.log.error({ err: error, roomId: clock.room_id, cardId: clock.card_id }, 'a clock could not be fired');
    }
  }
  return fired;
}

/** Fires the one point a clock stands at. Answers the next instant if it has passed too, null if not, undefined when nothing was due. */
async function firePoint(deps: Deps, { room_id: roomId, card_id: cardId, clock_id: clockId }: Due) {
  return deps.events.change({ roomId, actor: CLOCK }, async ({ tx, now, log }) => {
    await lockCard(tx, roomId, cardId);
    const clock = await lockClock(tx, roomId, cardId, clockId);
    if (!clock?.next_at || clock.next_at > now) return undefined;
    // A clock that was stopped after it ran out has only its breach left to tell.
    const point = clock.stopped_at === null ? clock.warn_at[clock.warned] : undefined;
    const warns = point !== undefined && point < clock.promised_until;
    const change = warns
      ? { warned: clock.warned + 1, next_at: earlier(clock.warn_at[clock.warned + 1], clock.promised_until) }
      : { breached_at: clock.promised_until, next_at: null };
    await updateClock(tx, roomId, cardId, clockId, change);
    const card = await cardNow(tx, { roomId, cardId });
    const view = asClockView({ ...clock, ...change });
    if (warns) log({ type: 'clock.warned', data: { card, clock: view, point: clock.warned + 1 } });
    else log({ type: 'clock.breached', data: { card, clock: view } });
    return change.next_at !== null && change.next_at <= now ? change.next_at : null;
  });
}

const earlier = (point: string | undefined, due: string): string => (point !== undefined && point < due ? point : due);

function insertInOrder(due: Due[], clock: Due): void {
  const at = due.findIndex((other) => other.next_at > clock.next_at);
  due.splice(at < 0 ? due.length : at, 0, clock);
}
