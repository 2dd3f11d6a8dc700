// SQL of shifts and of when contacts were reached.
import type { Executor, Tx } from '../db/database.ts';
import type { NewRow, Row } from '../db/tables.ts';

export function shiftsFrom(db: Executor, roomId: string, endsAfter: string): Promise<Row<'shifts'>[]> {
  return db
    .selectFrom('shifts')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('ends_at', '>', endsAfter)
    .orderBy('starts_at')
    .orderBy('shift_id')
    .execute();
}

export async function onDutyAt(db: Executor, roomId: string, at: string): Promise<string[]> {
  const rows = await db
    .selectFrom('shifts')
    .select('user_id')
    .distinct()
    .where('room_id', '=', roomId)
    .where('starts_at', '<=', at)
    .where('ends_at', '>', at)
    .orderBy('user_id')
    .execute();
  return rows.map((row) => row.user_id);
}

export function lockShift(tx: Tx, roomId: string, shiftId: string): Promise<Row<'shifts'> | undefined> {
  return tx
    .selectFrom('shifts')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('shift_id', '=', shiftId)
    .forUpdate()
    .executeTakeFirst();
}

/** A shift of this person that shares time with another one. */
export function overlapping(
  tx: Tx,
  { room_id, user_id, starts_at, ends_at }: NewRow<'shifts'>,
): Promise<Row<'shifts'> | undefined> {
  return tx
    .selectFrom('shifts')
    .selectAll()
    .where('room_id', '=', room_id)
    .where('user_id', '=', user_id)
    .where('starts_at', '<', ends_at)
    .where('ends_at', '>', starts_at)
    .executeTakeFirst();
}

export async function insertShift(tx: Tx, shift: NewRow<'shifts'>): Promise<void> {
  await tx.insertInto('shifts').values(shift).execute();
}

export async function updateShift(
  tx: Tx,
  roomId: string,
  shiftId: string,
  change: Partial<NewRow<'shifts'>>,
): Promise<void> {
  await tx.updateTable('shifts').set(change).where('room_id', '=', roomId).where('shift_id', '=', shiftId).execute();
}

export async function deleteShift(tx: Tx, roomId: string, shiftId: string): Promise<void> {
  await tx.deleteFrom('shifts').where('room_id', '=', roomId).where('shift_id', '=', shiftId).execute();
}

export function checksOf(db: Executor, roomId: string): Promise<Row<'contact_checks'>[]> {
  return db.selectFrom('contact_checks').selectAll().where('room_id', '=', roomId).execute();
}

export async function upsertCheck(tx: Tx, check: NewRow<'contact_checks'>): Promise<void> {
  const { name, at, by_name } = check;
  await tx
    .insertInto('contact_checks')
    .values(check)
    .onConflict((c) => c.columns(['room_id', 'department', 'part']).doUpdateSet({ name, at, by_name }))
    .execute();
}
