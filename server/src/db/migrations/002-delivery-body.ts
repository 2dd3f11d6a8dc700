// A delivery's id is remembered with the hash of its body, so that one id cannot stand for two deliveries (IN-3).
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table deliveries add column body_hash text not null default ''`.execute(db);
}
