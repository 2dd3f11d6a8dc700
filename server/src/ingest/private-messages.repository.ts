// SQL of private messages as sources bring them: stored apart from mentions, under the same identities.
import type { Tx } from '../db/database.ts';
import type { NewRow } from '../db/tables.ts';

export async function insertMessages(tx: Tx, rows: NewRow<'private_entries'>[]): Promise<void> {
  if (rows.length > 0) await tx.insertInto('private_entries').values(rows).execute();
}

/** New words for a message that still has its own. */
export async function rewordMessage(tx: Tx, roomId: string, entryId: string, text: string): Promise<void> {
  await tx
    .updateTable('private_entries')
    .set({ text })
    .where('room_id', '=', roomId)
    .where('entry_id', '=', entryId)
    .where('redacted_at', 'is', null)
    .execute();
}

/** Its author took it back: the words go at once. */
export async function takeBackMessage(tx: Tx, roomId: string, entryId: string, at: string, by: string): Promise<void> {
  await tx
    .updateTable('private_entries')
    .set({ text: '', redacted_at: at, redacted_by: by, redacted_why: 'deleted' })
    .where('room_id', '=', roomId)
    .where('entry_id', '=', entryId)
    .where('redacted_at', 'is', null)
    .execute();
}
