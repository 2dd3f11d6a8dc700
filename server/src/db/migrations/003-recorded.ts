// What people record on a card besides fields: ticks, facts, broken glass; and the sent reply a draft is likest to.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table cards add column checks jsonb, add column recorded jsonb, add column glass jsonb`.execute(db);
  await sql`alter table drafts add column likest text`.execute(db);
}
