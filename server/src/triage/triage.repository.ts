// SQL of triage: verdicts, and what a verdict needs to know of the room.
import type { Verdict } from '@rejoinder/contracts/mentions';
import { sql } from 'kysely';
import type { Executor, Tx } from '../db/database.ts';

export async function insertVerdicts(tx: Tx, roomId: string, verdicts: Verdict[]): Promise<void> {
  if (verdicts.length === 0) return;
  await sql`
    insert into mention_verdicts (room_id, mention_id, severity, reasons, story_id)
    select ${roomId}, * from unnest(${verdicts.map((v) => v.mentionId)}::text[], ${verdicts.map((v) => v.severity)}::real[], ${verdicts.map((v) => JSON.stringify(v.reasons))}::text[], ${verdicts.map((v) => v.storyId)}::text[])
    on conflict (room_id, mention_id) do nothing`.execute(tx);
}

/** Those of the mentions that have a verdict already. */
export async function judgedAmong(tx: Tx, roomId: string, mentionIds: string[]): Promise<Set<string>> {
  const { rows } = await sql<{
    mention_id: string;
  }>`select mention_id from mention_verdicts where room_id = ${roomId} and mention_id = any(${mentionIds})`.execute(tx);
  return new Set(rows.map((row) => row.mention_id));
}

export type AuthorKey = { platform: string; handle: string };

/** Authors among these whose card is open, or was closed in a stage and at an instant from which it still reopens; as `platform handle`. */
export async function authorsWithCards(
  tx: Tx,
  roomId: string,
  authors: AuthorKey[],
  reopens: (closedIn: string, closedAt: string) => boolean,
): Promise<Set<string>> {
  const { rows } = await sql<{ platform: string; author_handle: string; stage: string; closed_at: string | null }>`
    select platform, author_handle, stage, case when bool_or(closed_at is null) then null else max(closed_at) end as closed_at
    from cards where room_id = ${roomId}
      and (platform, author_handle) in (select * from unnest(${authors.map((a) => a.platform)}::text[], ${authors.map((a) => a.handle)}::text[]))
    group by platform, author_handle, stage`.execute(tx);
  const open = rows.filter(({ stage, closed_at }) => closed_at === null || reopens(stage, closed_at));
  return new Set(open.map((row) => `${row.platform} ${row.author_handle}`));
}

export type Remembered = {
  mention_id: string;
  platform: string;
  native_id: string;
  author_handle: string;
  text: string;
  story_id: string | null;
};

/** The newest judged mentions, oldest first: what the memory is built up from after a start. */
export async function newestJudged(db: Executor, roomId: string, limit: number): Promise<Remembered[]> {
  const { rows } = await sql<Remembered>`
    select m.mention_id, m.platform, m.native_id, m.author_handle, m.text, v.story_id
    from (select * from mentions where room_id = ${roomId} order by received_at desc, mention_id desc limit ${limit}) m
    join mention_verdicts v on v.room_id = m.room_id and v.mention_id = m.mention_id order by m.received_at, m.mention_id`.execute(
    db,
  );
  return rows;
}
