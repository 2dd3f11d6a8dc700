// When a card's present round began and when it was last closed, and how many of its promises ran out in runs that are gone.
import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `alter table cards add column round_at timestamptz, add column round_posted_at timestamptz, add column was_closed_at timestamptz, add column breaches_before integer`,
  `update cards set was_closed_at = closed_at where closed_at is not null`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
