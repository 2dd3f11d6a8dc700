// Whose silence is waited out before a deputy may sign, who signed in place of whom, and who may stand in now.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table sign_off_waits (
    room_id text not null,
    card_id text not null,
    role text not null,
    deputy text not null,
    asked_at timestamptz not null,
    due_at timestamptz not null,
    -- When it was logged that the deputy may sign; null while the silence lasts.
    told_at timestamptz,
    primary key (room_id, card_id, role)
  )`.execute(db);
  await sql`create index sign_off_waits_due on sign_off_waits (due_at) where told_at is null`.execute(db);
  await sql`alter table cards add column stand_ins jsonb`.execute(db);
  await sql`alter table sign_offs add column stands_for text, add column silent_since timestamptz`.execute(db);
}
