// What the log holds is kept as it is: packing a large event takes PostgreSQL longer than writing it, and the head of the room is held meanwhile.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table events alter column data set storage external`.execute(db);
}
