// What a draft's words were judged by and as, so that typing asks one table; null: look again.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table drafts add column fits text`.execute(db);
}
