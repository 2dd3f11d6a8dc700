// SQL of clocks that are due.
import type { Db, Tx } from '../db/database.ts';
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
