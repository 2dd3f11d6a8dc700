// Stories people had a hand in, their fact sheets, and which sheet a draft was checked against and a reply was sent with.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table stories (
      room_id text not null,
      story_id text not null,
      title text,
      merged_into text,
      primary key (room_id, story_id)
    )`.execute(db);
  await sql`
    create table fact_sheets (
      room_id text not null,
      story_id text not null,
      version int not null,
      facts jsonb not null,
      fingerprint text not null,
      written_by text not null,
      written_name text not null,
      written_at timestamptz not null,
      approved_by text,
      approved_name text,
      approved_role text,
      approved_at timestamptz,
      primary key (room_id, story_id, version)
    )`.execute(db);
  await sql`create index mention_verdicts_story on mention_verdicts (room_id, story_id) where story_id is not null`.execute(
    db,
  );
  await sql`create index cards_story on cards (room_id, story_id) where story_id is not null`.execute(db);
  // JSON text, compared whole while somebody types.
  await sql`alter table drafts add column facts text`.execute(db);
  await sql`alter table publish_jobs add column facts text`.execute(db);
}
