// When clocks stand still and stood still before, and since when a card waits for the person it is about.
import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `alter table clocks add column paused_at timestamptz, add column paused_why text[], add column stood_still jsonb`,
  `alter table room_promises add column paused jsonb, add column stood_still jsonb`,
  `alter table cards add column waits_since timestamptz`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
