// What was said privately with people, apart from everything that is shown; and on its card only the figures of it.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table private_entries (
      room_id text not null,
      entry_id text not null,
      card_id text,
      kind text not null,
      text text not null,
      said_by text not null,
      said_at timestamptz not null,
      recorded_by text,
      recorded_at timestamptz not null,
      source_id text,
      platform text,
      author_handle text,
      author_followers bigint,
      redacted_at timestamptz,
      redacted_by text,
      redacted_why text,
      primary key (room_id, entry_id)
    )`.execute(db);
  await sql`create index private_entries_card on private_entries (room_id, card_id, said_at)`.execute(db);
  await sql`alter table cards add column private_talk jsonb, add column redact_at timestamptz`.execute(db);
  await sql`create index cards_redact on cards (room_id, redact_at) where redact_at is not null`.execute(db);
}
