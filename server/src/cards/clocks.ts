// The clocks of a card as rows: made when the card opens, with stored due instants.
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { clockFor } from '@rejoinder/playbook/clocks';
import type { Tx } from '../db/database.ts';
import type { NewRow } from '../db/tables.ts';
import { insertClocks } from './cards.repository.ts';

/** The clock whose fuse a card carries. */
export const PUBLIC_REPLY = 'public-reply';

/**
 * The clocks that start with the author's first post (CK): due from the post's own time, not from ours (A2).
 * `next_at` is the next instant to act on, warning points first.
 */
export function clocksAtOpening(
  playbook: Playbook,
  roomId: string,
  cardId: string,
  level: number,
  firstPostedAt: string,
): NewRow<'clocks'>[] {
  return playbook.clocks
    .filter((clock) => clock.starts === 'mention_posted')
    .flatMap((clock) => {
      const deadlines = clockFor(playbook, clock.id, level, firstPostedAt);
      if (!deadlines) return [];
      return [
        {
          room_id: roomId,
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
        },
      ];
    });
}

/** A card that reopens gets its clocks anew, from the post that reopened it. */
export async function restartClocks(
  tx: Tx,
  playbook: Playbook,
  roomId: string,
  cardId: string,
  level: number,
  postedAt: string,
): Promise<void> {
  await tx.deleteFrom('clocks').where('room_id', '=', roomId).where('card_id', '=', cardId).execute();
  await insertClocks(tx, clocksAtOpening(playbook, roomId, cardId, level, postedAt));
}
