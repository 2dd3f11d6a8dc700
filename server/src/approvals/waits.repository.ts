// SQL of the waits for a signature: whose silence counts from when, and when it is long enough.
import type { Db, Tx } from '../db/database.ts';
import type { NewRow, Row } from '../db/tables.ts';

export type Wait = Row<'sign_off_waits'>;

export function waitsOf(tx: Tx, roomId: string, cardId: string): Promise<Wait[]> {
  return tx
    .selectFrom('sign_off_waits')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('card_id', '=', cardId)
    .orderBy('role')
    .execute();
}

/** Only hints, oldest first; whoever tells looks again under lock. */
export function dueWaits(
  db: Db,
  now: string,
  limit: number,
): Promise<Pick<Wait, 'room_id' | 'card_id' | 'role' | 'due_at'>[]> {
  return db
    .selectFrom('sign_off_waits')
    .select(['room_id', 'card_id', 'role', 'due_at'])
    .where('told_at', 'is', null)
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .orderBy('card_id')
    .limit(limit)
    .execute();
}

export async function writeWait(tx: Tx, wait: NewRow<'sign_off_waits'>): Promise<void> {
  const { deputy, asked_at, due_at, told_at } = wait;
  await tx
    .insertInto('sign_off_waits')
    .values(wait)
    .onConflict((c) => c.columns(['room_id', 'card_id', 'role']).doUpdateSet({ deputy, asked_at, due_at, told_at }))
    .execute();
}

export async function endWaits(tx: Tx, roomId: string, cardId: string, roles: readonly string[]): Promise<void> {
  if (roles.length === 0) return;
  await tx
    .deleteFrom('sign_off_waits')
    .where('room_id', '=', roomId)
    .where('card_id', '=', cardId)
    .where('role', 'in', [...roles])
    .execute();
}
