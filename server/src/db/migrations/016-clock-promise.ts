// Until when a clock's first promise holds; a level raised later may make the clock due before that.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table clocks add column promised_until timestamptz`.execute(db);
  await sql`update clocks set promised_until = due_at`.execute(db);
  await sql`alter table clocks alter column promised_until set not null`.execute(db);
}
