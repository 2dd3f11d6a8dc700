// SQL of clocks that are due.
import { sql } from 'kysely';
import type { Db, Executor, Tx } from '../db/database.ts';
import type { NewRow, Row } from '../db/tables.ts';

/** Only hints, oldest first; whoever fires looks again under lock. */
export function dueClocks(
  db: Db,
  now: string,
  limit: number,
): Promise<{ room_id: string; card_id: string; clock_id: string; next_at: string }[]> {
  return db
    .selectFrom('clocks')
    .select(['room_id', 'card_id', 'clock_id', 'next_at'])
    .$narrowType<{ next_at: string }>()
    .where('next_at', '<=', now)
    .orderBy('next_at')
    .limit(limit)
    .execute();
}

export function lockClock(tx: Tx, roomId: string, cardId: string, clockId: string): Promise<Row<'clocks'> | undefined> {
  return tx
    .selectFrom('clocks')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('card_id', '=', cardId)
    .where('clock_id', '=', clockId)
    .forUpdate()
    .executeTakeFirst();
}

export async function updateClock(
  tx: Tx,
  roomId: string,
  cardId: string,
  clockId: string,
  change: Partial<NewRow<'clocks'>>,
): Promise<void> {
  await tx
    .updateTable('clocks')
    .set(change)
    .where('room_id', '=', roomId)
    .where('card_id', '=', cardId)
    .where('clock_id', '=', clockId)
    .execute();
}

/** The clocks of open cards that still run and were not breached, by card. */
export async function runningClocks(db: Executor, roomId: string): Promise<Row<'clocks'>[]> {
  const { rows } = await sql<Row<'clocks'>>`
    select k.* from clocks k join cards c on c.room_id = k.room_id and c.card_id = k.card_id
    where k.room_id = ${roomId} and c.closed_at is null and k.stopped_at is null and k.breached_at is null
    order by k.card_id, k.clock_id`.execute(db);
  return rows;
}

/** Writes other deadlines of many clocks in one statement. */
export async function setDeadlines(tx: Tx, roomId: string, clocks: Row<'clocks'>[]): Promise<void> {
  if (clocks.length === 0) return;
  await sql`
    update clocks k set warn_at = n.warn_at, due_at = n.due_at, promised_until = n.promised_until, warned = n.warned, next_at = n.next_at
    from json_populate_recordset(null::clocks, ${JSON.stringify(clocks)}::json) n
    where k.room_id = ${roomId} and k.card_id = n.card_id and k.clock_id = n.clock_id`.execute(tx);
}
