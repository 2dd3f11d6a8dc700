// SQL of what was sent in a room, or is about to be: what another reply may not repeat.
import { sql } from 'kysely';
import type { Executor } from '../db/database.ts';

/** Replies to other cards that were sent, are on their way, or may have gone out; newest first. Texts are read only for ids not `known`. */
export async function sentElsewhere(
  db: Executor,
  roomId: string,
  cardId: string,
  known: readonly string[],
): Promise<{ job_id: string; card_id: string; author_name: string; text: string | null }[]> {
  const { rows } = await sql<{ job_id: string; card_id: string; author_name: string; text: string | null }>`
    select j.job_id, j.card_id, c.author_name, case when j.job_id = any(${[...known]}) then null else j.text end as text
    from publish_jobs j join cards c on c.room_id = j.room_id and c.card_id = j.card_id
    where j.room_id = ${roomId} and j.card_id != ${cardId} and j.state in ('approved', 'sending', 'published', 'unknown')
    order by j.queued_at desc, j.job_id`.execute(db);
  return rows;
}

/** The names of everybody in the room: in a reply they stand for who wrote it, not for what it says. */
export async function memberNames(db: Executor, roomId: string): Promise<string[]> {
  const rows = await db.selectFrom('members').select('name').where('room_id', '=', roomId).execute();
  return rows.map((row) => row.name);
}

/** The words of a card's draft as they stand on the server. */
export async function draftWords(db: Executor, roomId: string, cardId: string): Promise<string> {
  const row = await db
    .selectFrom('drafts')
    .select('text')
    .where('room_id', '=', roomId)
    .where('card_id', '=', cardId)
    .executeTakeFirst();
  return row?.text ?? '';
}
