// Pictures of replies: the bytes as they are posted, and beside each text which of them belong to it.
import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `create table pictures (
    room_id text not null,
    hash text not null,
    type text not null check (type in ('image/jpeg', 'image/png')),
    width int not null,
    height int not null,
    size int not null,
    bytes bytea not null,
    kept_by text not null,
    kept_at timestamptz not null,
    primary key (room_id, hash)
  )`,
  // They are compressed already; trying again at every write would cost and gain nothing.
  `alter table pictures alter column bytes set storage external`,
  `create index pictures_old on pictures (kept_at)`,
  `alter table drafts add column pictures text`,
  `alter table sign_offs add column pictures text`,
  `alter table publish_jobs add column pictures text`,
  `create index drafts_pictures on drafts (room_id) where pictures is not null`,
  `create index sign_offs_pictures on sign_offs (room_id) where pictures is not null`,
  `create index publish_jobs_pictures on publish_jobs (room_id) where pictures is not null`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
