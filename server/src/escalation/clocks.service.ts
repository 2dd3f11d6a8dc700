// Fires clocks: each warning point and each breach is logged once, in order, also after an hour of downtime (CK).
import type { Actor } from '@rejoinder/contracts/people';
import { asClockView } from '../cards/card-view.service.ts';
import { lockCard } from '../cards/cards.repository.ts';
import { cardNow } from '../cards/cards.service.ts';
import type { Deps } from '../deps.ts';
import { dueClocks, lockClock, updateClock } from './clocks.repository.ts';

const CLOCK: Actor = { kind: 'system', id: 'system:clock', name: 'Clock', roles: [] };
const AT_ONCE = 200;

/** Fires everything that is due; answers how many clocks were acted on. */
export async function fireClocks(deps: Deps): Promise<number> {
  const due = await dueClocks(deps.db, deps.now(), AT_ONCE);
  for (const { room_id, card_id, clock_id } of due) await fireOne(deps, room_id, card_id, clock_id);
  return due.length;
}

async function fireOne(deps: Deps, roomId: string, cardId: string, clockId: string): Promise<void> {
  await deps.events.change({ roomId, actor: CLOCK }, async ({ tx, now, log }) => {
    await lockCard(tx, roomId, cardId);
    for (;;) {
      const clock = await lockClock(tx, roomId, cardId, clockId);
      if (!clock?.next_at || clock.next_at > now) return;
      const warns = clock.warned < clock.warn_at.length && (clock.warn_at[clock.warned] ?? '') < clock.due_at;
      const change = warns
        ? { warned: clock.warned + 1, next_at: clock.warn_at[clock.warned + 1] ?? clock.due_at }
        : { breached_at: clock.due_at, next_at: null };
      await updateClock(tx, roomId, cardId, clockId, change);
      const card = await cardNow(tx, { roomId, cardId });
      const view = asClockView({ ...clock, ...change });
      if (warns) log({ type: 'clock.warned', data: { card, clock: view, point: clock.warned + 1 } });
      else log({ type: 'clock.breached', data: { card, clock: view } });
    }
  });
}
