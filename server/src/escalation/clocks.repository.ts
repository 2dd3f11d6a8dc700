// SQL of clocks that are due.
import { sql } from 'kysely';
import type { Db, Tx } from '../db/database.ts';
import type { Row } from '../db/tables.ts';

/** The rooms in which something is due: one look into the index for each room, however many clocks run. */
export async function dueRooms(db: Db, now: string): Promise<string[]> {
  const { rows } = await sql<{ room_id: string }>`
    select r.room_id from rooms r
    where exists (select 1 from clocks k where k.room_id = r.room_id and k.next_at <= ${now})`.execute(db);
  return rows.map((row) => row.room_id);
}

export type DueClock = { card_id: string; clock_id: string; next_at: string };

/** Only hints, oldest first; whoever fires looks again under lock. */
export function dueClocks(db: Db, roomId: string, now: string, limit: number): Promise<DueClock[]> {
  return db
    .selectFrom('clocks')
    .select(['card_id', 'clock_id', 'next_at'])
    .$narrowType<{ next_at: string }>()
    .where('room_id', '=', roomId)
    .where('next_at', '<=', now)
    .orderBy('next_at')
    .limit(limit)
    .execute();
}

/** Those of these clocks that are still due, locked. */
export async function lockDueClocks(
  tx: Tx,
  roomId: string,
  due: readonly DueClock[],
  until: string,
): Promise<Row<'clocks'>[]> {
  const { rows } = await sql<Row<'clocks'>>`
    select k.* from clocks k
    join unnest(${due.map((each) => each.card_id)}::text[], ${due.map((each) => each.clock_id)}::text[]) d (card_id, clock_id)
      on d.card_id = k.card_id and d.clock_id = k.clock_id
    where k.room_id = ${roomId} and k.next_at <= ${until}
    order by k.card_id, k.clock_id for update of k`.execute(tx);
  return rows;
}

/** Writes how far many clocks have come, in one statement. */
export async function saveFired(tx: Tx, roomId: string, clocks: Row<'clocks'>[]): Promise<void> {
  if (clocks.length === 0) return;
  await sql`
    update clocks k set warned = n.warned, breached_at = n.breached_at, next_at = n.next_at
    from json_populate_recordset(null::clocks, ${JSON.stringify(clocks)}::json) n
    where k.room_id = ${roomId} and k.card_id = n.card_id and k.clock_id = n.clock_id`.execute(tx);
}
