// SQL of what open cards have been through in their present round, for clocks that begin on them later than on others.
import { sql } from 'kysely';
import type { Executor } from '../db/database.ts';
import type { Row } from '../db/tables.ts';

/** An open card, and when a reply last stood in public on it. */
export type OpenCard = Pick<
  Row<'cards'>,
  | 'card_id'
  | 'stage'
  | 'entered_stage_at'
  | 'opened_at'
  | 'round_at'
  | 'round_posted_at'
  | 'first_posted_at'
  | 'posts_count'
  | 'was_closed_at'
  | 'waits_since'
  | 'follow_up'
> & { replied_at: string | null };

export async function openCards(db: Executor, roomId: string): Promise<OpenCard[]> {
  const { rows } = await sql<OpenCard>`
    select c.card_id, c.stage, c.entered_stage_at, c.opened_at, c.round_at, c.round_posted_at, c.first_posted_at, c.posts_count, c.was_closed_at, c.waits_since, c.follow_up,
      (select max(j.published_at) from publish_jobs j where j.room_id = c.room_id and j.card_id = c.card_id and j.state = 'published' and j.matches) as replied_at
    from cards c where c.room_id = ${roomId} and c.closed_at is null order by c.card_id`.execute(db);
  return rows;
}

/** A card came to a stage; `from` is null where a plan put it there. */
export type Came = { card_id: string; at: string; from: string | null; to: string };

/** The moves of these cards in the order in which they were logged. */
export async function movesOf(db: Executor, roomId: string, cardIds: string[]): Promise<Came[]> {
  if (cardIds.length === 0) return [];
  const { rows } = await sql<Came & { seq: number }>`
    select subject as card_id, at, data::json->>'from' as from, data::json->>'to' as to, seq from events
    where room_id = ${roomId} and subject = any(${cardIds}) and type = 'card.moved'
    union all
    select put->>'id', at, null, put->>'stage', seq from events, json_array_elements(data::json->'cards') put
    where room_id = ${roomId} and type !~ '^(mention|card|draft|comment|private|reply)[.]' and type = 'playbook.adopted' and put->>'id' = any(${cardIds})
    order by seq`.execute(db);
  return rows;
}
