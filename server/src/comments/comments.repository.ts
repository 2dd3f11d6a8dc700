// SQL of comments on a reply's words.
import type { Executor, Tx } from '../db/database.ts';
import type { NewRow, Row } from '../db/tables.ts';

type CommentRow = Row<'draft_comments'>;

/** Every comment of a card, oldest first. */
export function commentsOfCard(db: Executor, roomId: string, cardId: string): Promise<CommentRow[]> {
  return db
    .selectFrom('draft_comments')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('card_id', '=', cardId)
    .orderBy('at')
    .orderBy('comment_id')
    .execute();
}

/** One thread in the same order; the card's lock keeps others from answering meanwhile. */
export function commentsOfThread(tx: Tx, roomId: string, cardId: string, threadId: string): Promise<CommentRow[]> {
  return tx
    .selectFrom('draft_comments')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('card_id', '=', cardId)
    .where('thread_id', '=', threadId)
    .orderBy('at')
    .orderBy('comment_id')
    .execute();
}

export async function insertComment(tx: Tx, row: NewRow<'draft_comments'>): Promise<void> {
  await tx.insertInto('draft_comments').values(row).execute();
}

export async function setResolved(
  tx: Tx,
  roomId: string,
  threadId: string,
  resolved: { at: string; by: string } | null,
): Promise<void> {
  await tx
    .updateTable('draft_comments')
    .set({ resolved_at: resolved?.at ?? null, resolved_by: resolved?.by ?? null })
    .where('room_id', '=', roomId)
    .where('comment_id', '=', threadId)
    .execute();
}
