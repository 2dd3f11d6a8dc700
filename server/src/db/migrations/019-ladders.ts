// Ladders that run, whom each of their steps asked, and what a card shows of them.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table ladder_runs (
      room_id text not null,
      run_id text not null,
      -- Null for a ladder about the room itself.
      card_id text,
      -- The ladder in the plan, as it was when this one began.
      ladder_id text not null,
      name text not null,
      clause text not null,
      accepts int not null,
      cause text not null,
      says text not null,
      state text not null,
      round int not null,
      -- The step that is taken at next_at.
      step int not null,
      -- When the card came to the stage, or whatever else tells this cause from the same one later.
      since timestamptz not null,
      started_at timestamptz not null,
      -- When this round began.
      round_at timestamptz not null,
      accepted_at timestamptz,
      next_at timestamptz,
      -- Steps of this round that were passed over.
      skipped jsonb not null,
      primary key (room_id, run_id)
    )`.execute(db);
  await sql`create index ladder_runs_due on ladder_runs (next_at) where next_at is not null`.execute(db);
  await sql`
    create unique index ladder_runs_once on ladder_runs (room_id, coalesce(card_id, ''), cause) where state <> 'ended'`.execute(
    db,
  );
  await sql`
    create table ladder_asks (
      room_id text not null,
      ask_id text not null,
      run_id text not null,
      round int not null,
      step int not null,
      whom text not null,
      person_key text not null,
      user_id text,
      name text not null,
      ways text[] not null,
      state text not null,
      at timestamptz not null,
      answered_at timestamptz,
      says text not null,
      -- SHA-256 of the short-lived link's secret; the secret itself is nowhere.
      token_hash text,
      primary key (room_id, ask_id)
    )`.execute(db);
  await sql`create index ladder_asks_run on ladder_asks (room_id, run_id)`.execute(db);
  await sql`create unique index ladder_asks_token on ladder_asks (token_hash) where token_hash is not null`.execute(db);
  await sql`alter table cards add column ladders jsonb`.execute(db);
}
