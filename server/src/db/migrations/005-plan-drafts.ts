// The next plan of a room while it is written together: its text, its log of updates, and whose client ids are whose.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table plan_drafts (
      room_id text primary key,
      generation int not null,
      n bigint not null,
      text text not null,
      started_by text not null,
      started_at timestamptz not null,
      changed_at timestamptz not null
    )`.execute(db);
  await sql`
    create table plan_draft_updates (
      room_id text not null,
      generation int not null,
      n bigint not null,
      bytes bytea not null,
      at timestamptz not null,
      primary key (room_id, generation, n)
    )`.execute(db);
  await sql`
    create table plan_draft_authors (
      room_id text not null,
      generation int not null,
      client_id bigint not null,
      user_id text not null,
      primary key (room_id, generation, client_id)
    )`.execute(db);
}
