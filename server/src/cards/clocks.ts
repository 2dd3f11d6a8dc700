// The clocks of a card as rows, with stored due instants: begun and ended by what the plan names for them.
import type { PlanClock, Playbook } from '@rejoinder/contracts/playbooks';
import { clockFor } from '@rejoinder/playbook/clocks';
import type { Tx } from '../db/database.ts';
import type { Row } from '../db/tables.ts';
import { crisisOf } from '../rooms/rooms.repository.ts';
import type { RoomContext } from '../rooms/rooms.service.ts';
import type { OnCard } from './cards.service.ts';
import { dropAllClocks, dropClocks, endClocks, insertClocks } from './clocks.repository.ts';
import { isStoodDown, settleRow } from './standing-still.ts';

/** The clock whose fuse a card carries. */
export const PUBLIC_REPLY = 'public-reply';

/** What happened to a card that a plan may start its clocks with, and when: the author's first post, by its own time and not by ours (A2). */
export type Began = { posted?: string; opened?: string; entered?: { stage: string; at: string } };

/**
 * The clocks that start with it (CK-21). `next_at` is the next instant to act on, warning points first. In a room that has stood
 * down some stand still from the first (CK-18).
 */
export function clocksThatBegin(context: RoomContext, cardId: string, began: Began): Row<'clocks'>[] {
  const { room, playbook } = context;
  const startOf = (clock: PlanClock): string | undefined => {
    if (clock.starts === 'mention_posted') return began.posted;
    if (clock.starts === 'card_opened') return began.opened;
    if (clock.starts !== 'stage_entered' || !runsIn(playbook, began.entered?.stage, clock.id)) return undefined;
    return began.entered?.at;
  };
  const by = { playbook, waitsForAuthor: false, stoodDown: isStoodDown(context) };
  return playbook.clocks.flatMap((clock) => {
    const startedAt = startOf(clock);
    const deadlines = startedAt === undefined ? null : clockFor(playbook, clock.id, room.level, startedAt);
    if (!deadlines) return [];
    const row = {
      room_id: room.room_id,
      card_id: cardId,
      clock_id: clock.id,
      clause: clock.clause,
      started_at: deadlines.startedAt,
      warn_at: deadlines.warnAt,
      due_at: deadlines.dueAt,
      promised_until: deadlines.dueAt,
      stopped_at: null,
      warned: 0,
      breached_at: null,
      next_at: deadlines.warnAt[0] ?? deadlines.dueAt,
      paused_at: null,
      paused_why: null,
      stood_still: null,
    };
    return [settleRow(row, by, crisisOf(room).since)];
  });
}

/** A card that reopens gets its clocks anew, from the post that reopened it. */
export async function restartClocks(tx: Tx, context: RoomContext, cardId: string, began: Began): Promise<void> {
  await dropAllClocks(tx, context.room.room_id, cardId, began.opened ?? null);
  await insertClocks(tx, clocksThatBegin(context, cardId, began));
}

/** A card goes from stage to stage: what ends with the one ends, unless it runs in the other too, and what begins with the other begins anew (CK-21). */
export async function clocksFollow(
  tx: Tx,
  context: RoomContext,
  on: OnCard,
  { from, to, now }: { from: string; to: string; now: string },
): Promise<void> {
  const { playbook } = context;
  const left = playbook.clocks.filter(({ id }) => runsIn(playbook, from, id) && !runsIn(playbook, to, id));
  const ends = left.filter((clock) => clock.stops === 'stage_left').map(({ id }) => id);
  await endClocks(tx, on.roomId, on.cardId, ends, now);
  const begun = clocksThatBegin(context, on.cardId, { entered: { stage: to, at: now } }).filter(
    (row) => !runsIn(playbook, from, row.clock_id),
  );
  if (begun.length === 0) return;
  await dropClocks(tx, on.roomId, begun, now);
  await insertClocks(tx, begun);
}

/** Something happened that ends the clocks whose plan says so, and no others (CK-21). */
export function endClocksWith(
  tx: Tx,
  playbook: Playbook,
  on: OnCard,
  what: 'public_reply_published' | 'follow_up_recorded',
  now: string,
): Promise<void> {
  const ends = playbook.clocks.filter((clock) => clock.stops === what).map(({ id }) => id);
  return endClocks(tx, on.roomId, on.cardId, ends, now);
}

/** Whether a stage of the plan names this clock. */
export const runsIn = (playbook: Playbook, stageId: string | undefined, clockId: string): boolean =>
  playbook.stages.find(({ id }) => id === stageId)?.clocks.includes(clockId) === true;
