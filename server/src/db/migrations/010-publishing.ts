// Replies taken back, held and looked for; accounts that need attention; corrections of what was published; and what tells a restored copy.
import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `alter table publish_jobs drop constraint publish_jobs_state_check`,
  `alter table publish_jobs add constraint publish_jobs_state_check
    check (state in ('approved', 'sending', 'published', 'rejected', 'unknown', 'held', 'cancelled'))`,
  // Why a job is held (its account), when an unknown one is looked for next and how often it was, and what it corrects.
  `alter table publish_jobs add column held_for text, add column look_at timestamptz, add column looks int not null default 0,
    add column kind text not null default 'reply', add column supersedes text`,
  `create index publish_jobs_unknown on publish_jobs (look_at) where state = 'unknown'`,
  `alter table accounts add column attention jsonb, add column read_back text`,
  `alter table drafts add column kind text not null default 'reply', add column supersedes text`,
  // Counts sendings; unlike a row it is never taken back, so a copy that lags behind what this installation sent can be told.
  `create sequence reply_sends`,
  `create table installation (
    one boolean primary key default true check (one),
    origin text,
    held_since timestamptz,
    held_why text
  )`,
  `insert into installation (one) values (true)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
