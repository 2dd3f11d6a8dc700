// SQL of stories: what people made of them, which one a merged one became, and the versions of their fact sheets.
import type { StoryView } from '@rejoinder/contracts/stories';
import { sql } from 'kysely';
import type { Executor, Tx } from '../db/database.ts';
import type { NewRow, Row } from '../db/tables.ts';

export type SheetRow = Row<'fact_sheets'>;

/** One change of a room's stories at a time: they are few, and made by people. */
export async function holdStories(tx: Tx, roomId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`stories ${roomId}`}, 0))`.execute(tx);
}

/** As `mergedStories`, and nobody merges until the transaction ends: a card never opens in a story that just ceased. Ask it before locking cards. */
export async function storiesNow(tx: Tx, roomId: string): Promise<Map<string, string>> {
  await sql`select pg_advisory_xact_lock_shared(hashtextextended(${`stories ${roomId}`}, 0))`.execute(tx);
  return mergedStories(tx, roomId);
}

/** Merged stories of a room and what they became; always one step, since a merge rewrites the earlier ones. */
export async function mergedStories(db: Executor, roomId: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('stories')
    .select(['story_id', 'merged_into'])
    .where('room_id', '=', roomId)
    .where('merged_into', 'is not', null)
    .execute();
  return new Map(rows.flatMap((row) => (row.merged_into === null ? [] : [[row.story_id, row.merged_into] as const])));
}

/** What a board knows of the room's stories; with an id of that one only. */
export async function storyViews(db: Executor, roomId: string, storyId?: string): Promise<StoryView[]> {
  const { rows } = await sql<{
    story_id: string;
    title: string | null;
    merged_into: string | null;
    newest: number | null;
    approved: number | null;
  }>`
    select s.story_id, s.title, s.merged_into, max(f.version) as newest, max(f.version) filter (where f.approved_at is not null) as approved
    from stories s left join fact_sheets f on f.room_id = s.room_id and f.story_id = s.story_id
    where s.room_id = ${roomId} ${storyId === undefined ? sql`` : sql`and s.story_id = ${storyId}`}
    group by s.story_id, s.title, s.merged_into order by s.story_id`.execute(db);
  return rows.map((row) => ({
    id: row.story_id,
    title: row.title,
    mergedInto: row.merged_into,
    sheet: row.newest === null ? null : { newest: row.newest, approved: row.approved },
  }));
}

/** Writes what people said of a story; what is not given stays. */
export async function upsertStory(
  tx: Tx,
  roomId: string,
  storyId: string,
  said: Partial<Pick<NewRow<'stories'>, 'title' | 'merged_into'>>,
): Promise<void> {
  const row = { room_id: roomId, story_id: storyId, title: null, merged_into: null, ...said };
  await tx
    .insertInto('stories')
    .values(row)
    .onConflict((c) =>
      Object.keys(said).length === 0 ? c.doNothing() : c.columns(['room_id', 'story_id']).doUpdateSet(said),
    )
    .execute();
}

/** Stories that were merged into `from` belong to `into` from now on. */
export async function redirectStories(tx: Tx, roomId: string, from: string, into: string): Promise<void> {
  await tx
    .updateTable('stories')
    .set({ merged_into: into })
    .where('room_id', '=', roomId)
    .where('merged_into', '=', from)
    .execute();
}

/** The approved sheet of a story; the newest of them, since approving a later version replaces the earlier. */
export function approvedSheet(db: Executor, roomId: string, storyId: string): Promise<SheetRow | undefined> {
  return db
    .selectFrom('fact_sheets')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('story_id', '=', storyId)
    .where('approved_at', 'is not', null)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
}
