// The life of a reply: what was folded, who started which text and why; comments on its words; and what a person is told.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table draft_batches (
      room_id text not null,
      draft_id text not null,
      generation int not null,
      to_n int not null,
      steps int not null,
      bytes bytea not null,
      primary key (room_id, draft_id, generation, to_n)
    )`.execute(db);
  await sql`
    create table draft_generations (
      room_id text not null,
      draft_id text not null,
      generation int not null,
      how text not null check (how in ('started', 'anew', 'restored')),
      at timestamptz not null,
      by_id text not null,
      by_name text not null,
      reason text not null,
      from_generation int,
      from_n int,
      primary key (room_id, draft_id, generation)
    )`.execute(db);
  // Null on what was signed before versions had a place in the draft's life; then the instant says it.
  await sql`alter table sign_offs add column n int`.execute(db);
  await sql`
    create table draft_comments (
      room_id text not null,
      comment_id text not null,
      thread_id text not null,
      card_id text not null,
      draft_id text not null,
      generation int not null,
      anchor jsonb,
      quote text not null,
      text text not null,
      told jsonb not null,
      by_id text not null,
      by_name text not null,
      at timestamptz not null,
      resolved_at timestamptz,
      resolved_by text,
      primary key (room_id, comment_id)
    )`.execute(db);
  await sql`create index draft_comments_card on draft_comments (room_id, card_id, at)`.execute(db);
  await sql`alter table cards add column open_comments int`.execute(db);
  await sql`
    create table notices (
      room_id text not null,
      notice_id text not null,
      user_id text not null,
      kind text not null,
      card_id text not null,
      thread_id text not null,
      by_name text not null,
      says text not null,
      at timestamptz not null,
      read_at timestamptz,
      primary key (room_id, notice_id)
    )`.execute(db);
  await sql`create index notices_of on notices (room_id, user_id, at desc)`.execute(db);
}
