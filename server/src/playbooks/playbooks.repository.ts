// SQL of playbook texts adopted by rooms.
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

export async function insertPlaybook(db: Executor, playbook: NewRow<'playbooks'>): Promise<void> {
  await db.insertInto('playbooks').values(playbook).execute();
}
