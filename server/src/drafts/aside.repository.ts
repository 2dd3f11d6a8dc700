// SQL of what was typed into a frozen draft and waits for its author.
import { sql } from 'kysely';
import type { Executor, Tx } from '../db/database.ts';
import type { NewRow, Row } from '../db/tables.ts';

/** Of one person on one draft; past it the person's browser keeps what it has. */
const MOST = 20;

/** Keeps it once, however often the same change comes; false when there are too many already. */
export async function insertAside(db: Executor, row: NewRow<'draft_set_aside'>): Promise<boolean> {
  const { rows } = await sql<{ kept: boolean }>`
    with open as (
      select bytes from draft_set_aside where room_id = ${row.room_id} and draft_id = ${row.draft_id}
        and user_id = ${row.user_id} and ended_at is null
    ), i as (
      insert into draft_set_aside (room_id, draft_id, aside_id, generation, user_id, bytes, words, takes, at)
      select ${row.room_id}, ${row.draft_id}, ${row.aside_id}, ${row.generation}, ${row.user_id}, ${Buffer.from(row.bytes)}, ${row.words}, ${row.takes}, ${row.at}
      where (select count(*) from open) < ${MOST} and not exists (select from open where bytes = ${Buffer.from(row.bytes)})
      returning 1
    )
    select exists (select from i) or exists (select from open where bytes = ${Buffer.from(row.bytes)}) as kept`.execute(
    db,
  );
  return rows[0]?.kept ?? false;
}

export function openAsides(
  db: Executor,
  roomId: string,
  draftId: string,
  userId: string,
): Promise<Row<'draft_set_aside'>[]> {
  return db
    .selectFrom('draft_set_aside')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('draft_id', '=', draftId)
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .orderBy('at')
    .execute();
}

/** True when there was one of this person's to end. */
export async function endAside(
  tx: Tx,
  which: { roomId: string; draftId: string; asideId: string; userId: string },
  ended: { at: string; how: 'put-back' | 'let-go' },
): Promise<boolean> {
  const result = await tx
    .updateTable('draft_set_aside')
    .set({ ended_at: ended.at, how: ended.how })
    .where('room_id', '=', which.roomId)
    .where('draft_id', '=', which.draftId)
    .where('aside_id', '=', which.asideId)
    .where('user_id', '=', which.userId)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
