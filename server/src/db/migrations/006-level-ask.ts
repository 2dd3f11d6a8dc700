// Who has agreed to lower the level of a room, where that takes several people.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table rooms add column level_ask jsonb`.execute(db);
}
