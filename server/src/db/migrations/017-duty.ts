// The roster, when contacts were reached, and when somebody was last on a board.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table shifts (
      room_id text not null,
      shift_id text not null,
      user_id text not null,
      name text not null,
      starts_at timestamptz not null,
      ends_at timestamptz not null,
      note text not null,
      hand_over jsonb,
      primary key (room_id, shift_id)
    )`.execute(db);
  await sql`create index shifts_end on shifts (room_id, ends_at)`.execute(db);
  await sql`
    create table contact_checks (
      room_id text not null,
      department text not null,
      part text not null,
      name text not null,
      at timestamptz not null,
      by_name text not null,
      primary key (room_id, department, part)
    )`.execute(db);
  await sql`create table attendance (room_id text primary key, seen_at timestamptz not null)`.execute(db);
  await sql`alter table rooms add column unattended_since timestamptz`.execute(db);
}
