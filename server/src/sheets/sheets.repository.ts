// SQL of the pages about stories: their lines, their posts and cards, and the replies that went out with a sheet.
import { type RawBuilder, sql } from 'kysely';
import type { Executor, Tx } from '../db/database.ts';
import type { Row } from '../db/tables.ts';

export type LineRow = { story_id: string; mentions: number; first: string; last: string; own: string | null };

/** The stories told most often, and those people had a hand in. A merged one is counted with what it became. */
export function storyLines(db: Executor, roomId: string, limit: number): Promise<LineRow[]> {
  return lines(db, roomId, sql`having count(*) > 1 or bool_or(t.story_id is not null)`, limit);
}

export async function storyLine(db: Executor, roomId: string, storyId: string): Promise<LineRow | undefined> {
  const mine = sql`and v.story_id in (select ${storyId} union select story_id from stories where room_id = ${roomId} and merged_into = ${storyId})`;
  return (await lines(db, roomId, sql``, 1, mine))[0];
}

async function lines(
  db: Executor,
  roomId: string,
  having: RawBuilder<unknown>,
  limit: number,
  also: RawBuilder<unknown> = sql``,
): Promise<LineRow[]> {
  const { rows } = await sql<LineRow>`
    select coalesce(s.merged_into, v.story_id) as story_id, count(*)::int as mentions, min(v.mention_id) as first, max(v.mention_id) as last,
      min(v.mention_id) filter (where s.merged_into is null) as own
    from mention_verdicts v left join stories s on s.room_id = v.room_id and s.story_id = v.story_id
    left join stories t on t.room_id = v.room_id and t.story_id = coalesce(s.merged_into, v.story_id)
    where v.room_id = ${roomId} and v.story_id is not null ${also}
    group by 1 ${having} order by 2 desc, 1 limit ${limit}`.execute(db);
  return rows;
}

/** Ids of the posts of a story; each carries its instant. */
export async function postsOfStory(db: Executor, roomId: string, storyId: string, most: number): Promise<string[]> {
  const { rows } = await sql<{ mention_id: string }>`
    select mention_id from mention_verdicts where room_id = ${roomId} and story_id in
      (select ${storyId} union select story_id from stories where room_id = ${roomId} and merged_into = ${storyId})
    order by mention_id desc limit ${most}`.execute(db);
  return rows.map((row) => row.mention_id);
}

export async function cardsOfStory(db: Executor, roomId: string, storyId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('cards')
    .select('card_id')
    .where('room_id', '=', roomId)
    .where('story_id', '=', storyId)
    .orderBy('card_id')
    .execute();
  return rows.map((row) => row.card_id);
}

/** Writes the story of locked cards and raises their versions. */
export async function putInStory(tx: Tx, roomId: string, cardIds: string[], storyId: string): Promise<void> {
  if (cardIds.length === 0) return;
  await tx
    .updateTable('cards')
    .set((eb) => ({ story_id: storyId, version: eb('version', '+', 1) }))
    .where('room_id', '=', roomId)
    .where('card_id', 'in', cardIds)
    .execute();
}

/** The posts of these cards that told the story, or one merged into it, tell another from now on; answers their ids. */
export async function movePosts(
  tx: Tx,
  roomId: string,
  cardIds: string[],
  { from, to }: { from: string; to: string },
): Promise<string[]> {
  const { rows } = await sql<{ mention_id: string }>`
    update mention_verdicts v set story_id = ${to} from card_mentions l
    where v.room_id = ${roomId} and l.room_id = v.room_id and l.mention_id = v.mention_id and l.card_id = any(${cardIds})
      and v.story_id in (select ${from} union select story_id from stories where room_id = ${roomId} and merged_into = ${from})
    returning v.mention_id`.execute(tx);
  return rows.map((row) => row.mention_id).sort();
}

export function sheetsOf(db: Executor, roomId: string, storyId: string): Promise<Row<'fact_sheets'>[]> {
  return db
    .selectFrom('fact_sheets')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('story_id', '=', storyId)
    .orderBy('version', 'desc')
    .execute();
}

/** A story that takes another in and has no sheet goes on with that one's. */
export async function handOverSheets(tx: Tx, roomId: string, from: string, to: string): Promise<void> {
  await sql`
    update fact_sheets set story_id = ${to} where room_id = ${roomId} and story_id = ${from}
      and not exists (select 1 from fact_sheets where room_id = ${roomId} and story_id = ${to})`.execute(tx);
}

export type SentRow = {
  card_id: string;
  author_name: string;
  author_handle: string;
  text: string;
  published_at: string;
  url: string | null;
  facts: string;
};

/** Replies of the story's cards that stand in public and were checked against a sheet, newest first. */
export async function sentWithSheet(db: Executor, roomId: string, storyId: string): Promise<SentRow[]> {
  const { rows } = await sql<SentRow>`
    select c.card_id, c.author_name, c.author_handle, j.text, j.published_at, j.url, j.facts
    from cards c join publish_jobs j on j.room_id = c.room_id and j.card_id = c.card_id
    where c.room_id = ${roomId} and c.story_id = ${storyId} and j.state = 'published' and j.facts is not null
    order by j.published_at desc, j.job_id limit 1000`.execute(db);
  return rows;
}
