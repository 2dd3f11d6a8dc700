// SQL of what waits for one person in a room.
import { sql } from 'kysely';
import type { Executor, Tx } from '../db/database.ts';
import type { NewRow, Row } from '../db/tables.ts';

/** A list somebody can read through; older ones stay in the table. */
const SHOWN = 50;

export function noticesOf(db: Executor, roomId: string, userId: string): Promise<Row<'notices'>[]> {
  return db
    .selectFrom('notices')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('user_id', '=', userId)
    .orderBy('at', 'desc')
    .orderBy('notice_id', 'desc')
    .limit(SHOWN)
    .execute();
}

export async function countUnread(db: Executor, roomId: string, userId: string): Promise<number> {
  const { rows } = await sql<{ unread: number }>`
    select count(*)::int as unread from notices where room_id = ${roomId} and user_id = ${userId} and read_at is null`.execute(
    db,
  );
  return rows[0]?.unread ?? 0;
}

export async function insertNotices(tx: Tx, rows: NewRow<'notices'>[]): Promise<void> {
  if (rows.length > 0) await tx.insertInto('notices').values(rows).execute();
}

export async function markRead(
  tx: Tx,
  which: { roomId: string; userId: string; ids: string[] | null },
  now: string,
): Promise<void> {
  if (which.ids?.length === 0) return;
  let update = tx
    .updateTable('notices')
    .set({ read_at: now })
    .where('room_id', '=', which.roomId)
    .where('user_id', '=', which.userId)
    .where('read_at', 'is', null);
  if (which.ids) update = update.where('notice_id', 'in', which.ids);
  await update.execute();
}
