// What a client that was away must get: nothing, the events since, or the word to load the snapshot.
import { REPLAY_LIMIT, type WatchReply } from '@rejoinder/contracts/live';
import type { Executor } from '../db/database.ts';
import { readEvents, weighEvents } from '../db/event-reading.ts';

/** Bytes of JSON a replay may weigh; more and the snapshot is cheaper for both sides. */
const REPLAY_BYTES = 8 * 1024 * 1024;

/** Decided by seq alone, never by a time window (EV-6). */
export async function replaySince(
  db: Executor,
  roomId: string,
  since: number,
  limit: number = REPLAY_LIMIT,
): Promise<Exclude<WatchReply, { kind: 'refused' }>> {
  const seq = await headSeq(db, roomId);
  if (since === seq) return { kind: 'none', seq };
  if (since > seq || seq - since > limit) return { kind: 'reload', seq };
  if ((await weighEvents(db, roomId, since)) > REPLAY_BYTES) return { kind: 'reload', seq };
  return { kind: 'events', events: await readEvents(db, roomId, since, limit) };
}

/** The seq of the newest committed event of a room; 0 when it logged nothing yet. */
export async function headSeq(db: Executor, roomId: string): Promise<number> {
  const head = await db.selectFrom('room_heads').select('seq').where('room_id', '=', roomId).executeTakeFirst();
  return head?.seq ?? 0;
}
