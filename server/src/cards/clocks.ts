// The clocks of a card as rows: made when the card opens, with stored due instants.
import { clockFor } from '@rejoinder/playbook/clocks';
import type { Tx } from '../db/database.ts';
import type { Row } from '../db/tables.ts';
import { crisisOf } from '../rooms/rooms.repository.ts';
import type { RoomContext } from '../rooms/rooms.service.ts';
import { insertClocks } from './clocks.repository.ts';
import { isStoodDown, settleRow } from './standing-still.ts';

/** The clock whose fuse a card carries. */
export const PUBLIC_REPLY = 'public-reply';

/**
 * The clocks that start with the author's first post (CK): due from the post's own time, not from ours (A2).
 * `next_at` is the next instant to act on, warning points first. In a room that has stood down some stand still from the first (CK-18).
 */
export function clocksAtOpening(context: RoomContext, cardId: string, firstPostedAt: string): Row<'clocks'>[] {
  const { room, playbook } = context;
  const by = { playbook, waitsForAuthor: false, stoodDown: isStoodDown(context) };
  return playbook.clocks
    .filter((clock) => clock.starts === 'mention_posted')
    .flatMap((clock) => {
      const deadlines = clockFor(playbook, clock.id, room.level, firstPostedAt);
      if (!deadlines) return [];
      const row = {
        room_id: room.room_id,
        card_id: cardId,
        clock_id: clock.id,
        clause: clock.clause,
        started_at: firstPostedAt,
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
export async function restartClocks(tx: Tx, context: RoomContext, cardId: string, postedAt: string): Promise<void> {
  await tx.deleteFrom('clocks').where('room_id', '=', context.room.room_id).where('card_id', '=', cardId).execute();
  await insertClocks(tx, clocksAtOpening(context, cardId, postedAt));
}
