// Statements go out through the outbox: a job is about a card's reply or about a statement, which is posted once from each account.
import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `alter table publish_jobs alter column card_id drop not null, alter column draft_id drop not null,
    alter column generation drop not null, alter column reply_to drop not null`,
  `alter table publish_jobs add column statement_id text, add column next_at timestamptz`,
  `alter table publish_jobs add constraint publish_jobs_about check (
    (statement_id is null and num_nulls(card_id, draft_id, generation, reply_to) = 0)
    or (statement_id is not null and num_nonnulls(card_id, draft_id, generation, reply_to) = 0))`,
  `create unique index publish_jobs_statement on publish_jobs (room_id, statement_id, account_id) where statement_id is not null`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
