// SQL of broken glass: the words it covers stand still like signed ones.
import type { Tx } from '../db/database.ts';

/** From now on an edit is a whole change that the board sees. */
export async function watchWords(tx: Tx, roomId: string, cardId: string): Promise<void> {
  await tx
    .updateTable('drafts')
    .set({ signed: true })
    .where('room_id', '=', roomId)
    .where('card_id', '=', cardId)
    .execute();
}
