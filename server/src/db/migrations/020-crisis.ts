// The crisis of a room: its state, what it owes by when, the criteria of the stand-down, updates, what is frozen, statements, its log.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table rooms add column crisis jsonb`.execute(db);
  await sql`
    create table room_promises (
      room_id text not null,
      promise_id text not null,
      name text not null,
      clause text not null,
      started_at timestamptz not null,
      warn_at timestamptz[] not null,
      due_at timestamptz not null,
      warned int not null,
      missed_at timestamptz,
      next_at timestamptz,
      primary key (room_id, promise_id)
    )`.execute(db);
  await sql`create index room_promises_next on room_promises (next_at) where next_at is not null`.execute(db);
  await sql`
    create table crisis_criteria (
      room_id text not null,
      criterion text not null,
      met_since timestamptz,
      primary key (room_id, criterion)
    )`.execute(db);
  await sql`
    create table crisis_updates (
      room_id text not null,
      update_id text not null,
      audience text not null,
      text text not null,
      url text,
      statement_id text,
      next_at timestamptz,
      at timestamptz not null,
      by_id text not null,
      by_name text not null,
      primary key (room_id, update_id)
    )`.execute(db);
  await sql`
    create table frozen_items (
      room_id text not null,
      item_id text not null,
      name text not null,
      what text not null,
      planned_for timestamptz,
      added jsonb not null,
      released jsonb,
      primary key (room_id, item_id)
    )`.execute(db);
  await sql`
    create table statements (
      room_id text not null,
      statement_id text not null,
      plan_id text not null,
      kind text not null,
      text text not null,
      changed boolean not null,
      liability boolean not null,
      fingerprint text not null,
      at timestamptz not null,
      by_id text not null,
      by_name text not null,
      signatures jsonb not null,
      glass jsonb,
      posted jsonb,
      primary key (room_id, statement_id)
    )`.execute(db);
  // The crisis log is read from the log of events without the thousands of lines about mentions and single cards.
  await sql`create index events_decisive on events (room_id, seq) where type !~ '^(mention|card|draft|comment|private|reply)[.]'`.execute(
    db,
  );
}
