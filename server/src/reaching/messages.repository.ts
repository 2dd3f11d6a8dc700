// SQL of the outbox of messages to our own people.
import { sql } from 'kysely';
import type { Executor, Tx } from '../db/database.ts';
import type { NewRow, Row } from '../db/tables.ts';

export type MessageRow = Row<'messages'>;

export async function insertMessage(tx: Tx, row: NewRow<'messages'>): Promise<void> {
  await tx.insertInto('messages').values(row).execute();
}

/** The newest of a room that are more than a notice, newest first. */
export function newestMessages(db: Executor, roomId: string, limit: number): Promise<MessageRow[]> {
  return db
    .selectFrom('messages')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('about_kind', '!=', 'notice')
    .orderBy('queued_at', 'desc')
    .orderBy('message_id', 'desc')
    .limit(limit)
    .execute();
}

/** Those about one ask, alarm or update, oldest first; notices are their reader's own matter. */
export function messagesAbout(db: Executor, roomId: string, aboutId: string): Promise<MessageRow[]> {
  return db
    .selectFrom('messages')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('about_id', '=', aboutId)
    .where('about_kind', '!=', 'notice')
    .orderBy('queued_at')
    .orderBy('message_id')
    .execute();
}

/** What was not sent yet of what this person has read meanwhile is not sent any more. */
export async function markReadBeforeSent(
  tx: Tx,
  { roomId, userId, aboutIds }: { roomId: string; userId: string; aboutIds: string[] | null },
): Promise<void> {
  if (aboutIds?.length === 0) return;
  let update = tx
    .updateTable('messages')
    .set({ state: 'read' })
    .where('room_id', '=', roomId)
    .where('user_id', '=', userId)
    .where('about_kind', '=', 'notice')
    .where('urgent', '=', false)
    .where('state', 'in', ['waiting', 'gathering']);
  if (aboutIds) update = update.where('about_id', 'in', aboutIds);
  await update.execute();
}

/** What ended long ago; the log keeps what was told of it. */
export async function forgetMessages(db: Executor, before: string): Promise<void> {
  await sql`delete from messages where queued_at < ${before} and state not in ('waiting', 'gathering', 'sending')`.execute(
    db,
  );
}
