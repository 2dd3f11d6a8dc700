// SQL of who was last on a board, and of the rooms where people wait.
import { sql } from 'kysely';
import type { Executor } from '../db/database.ts';

/** Writes that somebody who can answer is on these boards now. */
export async function noteSeen(db: Executor, roomIds: string[], now: string): Promise<void> {
  if (roomIds.length === 0) return;
  await db
    .insertInto('attendance')
    .values(roomIds.map((room_id) => ({ room_id, seen_at: now })))
    .onConflict((c) => c.column('room_id').doUpdateSet({ seen_at: now }))
    .execute();
}

/** `since`: nobody has been there since then although somebody waits; null while nobody waits. */
export type Attendance = { room_id: string; since: string | null; unattended_since: string | null };

/** Live rooms where somebody waits for a public reply, or that are said to be unattended. */
export async function attendances(db: Executor, only?: string): Promise<Attendance[]> {
  const { rows } = await sql<Attendance>`
    select r.room_id, r.unattended_since,
      case when w.since is null then null else greatest(coalesce(a.seen_at, r.opened_at), w.since) end as since
    from rooms r left join attendance a on a.room_id = r.room_id
    cross join lateral (
      select min(c.opened_at) as since from clocks k join cards c on c.room_id = k.room_id and c.card_id = k.card_id
      where k.room_id = r.room_id and k.clock_id = 'public-reply' and k.stopped_at is null and c.closed_at is null) w
    where r.kind = 'live' and (w.since is not null or r.unattended_since is not null)
      and (${only ?? null}::text is null or r.room_id = ${only ?? null})`.execute(db);
  return rows;
}
