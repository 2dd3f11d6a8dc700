// SQL of playbook texts adopted by rooms, and of who read them.
import type { Executor } from '../db/database.ts';
import type { NewRow, Row } from '../db/tables.ts';

export function findPlaybook(
  db: Executor,
  roomId: string,
  playbookId: string,
  version: number,
): Promise<Row<'playbooks'> | undefined> {
  return db
    .selectFrom('playbooks')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('playbook_id', '=', playbookId)
    .where('version', '=', version)
    .executeTakeFirst();
}

/** Every version the room has run, newest first. */
export function versionsOf(db: Executor, roomId: string): Promise<Row<'playbooks'>[]> {
  return db
    .selectFrom('playbooks')
    .selectAll()
    .where('room_id', '=', roomId)
    .orderBy('adopted_at', 'desc')
    .orderBy('version', 'desc')
    .execute();
}

export function readersOf(db: Executor, roomId: string): Promise<Row<'playbook_readers'>[]> {
  return db.selectFrom('playbook_readers').selectAll().where('room_id', '=', roomId).orderBy('at').execute();
}

/** False when this person confirmed the version before. */
export async function insertReader(db: Executor, reader: NewRow<'playbook_readers'>): Promise<boolean> {
  const done = await db
    .insertInto('playbook_readers')
    .values(reader)
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

export async function insertPlaybook(db: Executor, playbook: NewRow<'playbooks'>): Promise<void> {
  await db.insertInto('playbooks').values(playbook).execute();
}
