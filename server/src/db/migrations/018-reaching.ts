// Messages to our own people, the room's channels, what each person chose, and the browsers that get push messages.
import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `create table messages (
    room_id text not null,
    message_id text not null,
    user_id text,
    to_name text not null,
    phone text,
    ways text[] not null,
    at_way int not null default 0,
    about_kind text not null check (about_kind in ('ask', 'notice', 'alarm', 'update')),
    about_id text not null,
    card_id text,
    urgent boolean not null,
    title text not null,
    says text not null,
    path text not null,
    state text not null check (state in ('waiting', 'gathering', 'sending', 'delivered', 'failed', 'board', 'withheld', 'read')),
    gathers boolean not null,
    way text,
    attempt int not null default 0,
    run_at timestamptz not null,
    deadline_at timestamptz,
    answers jsonb not null,
    queued_at timestamptz not null,
    primary key (room_id, message_id)
  )`,
  `create index messages_due on messages (run_at) where state in ('waiting', 'gathering')`,
  `create index messages_lost on messages (deadline_at) where state = 'sending'`,
  `create index messages_about on messages (room_id, about_id)`,
  `create index messages_newest on messages (room_id, queued_at desc)`,
  `create table room_channels (
    room_id text not null,
    channel text not null check (channel in ('chat', 'webhook')),
    url_sealed text not null,
    secret_sealed text,
    host text not null,
    verified_at timestamptz,
    last_test jsonb,
    primary key (room_id, channel)
  )`,
  `create table reach_choices (
    user_id text primary key,
    email boolean not null,
    push boolean not null,
    unimportant text not null check (unimportant in ('digest', 'at-once', 'never')),
    digest_minutes int not null,
    quiet jsonb
  )`,
  `create table push_devices (
    user_id text not null,
    device_id text not null,
    endpoint_hash text not null unique,
    sealed text not null,
    label text not null,
    mark text not null,
    added_at timestamptz not null,
    delivered_at timestamptz,
    primary key (user_id, device_id)
  )`,
  `create table reach_house (
    one boolean primary key default true check (one),
    mail boolean not null default false,
    mail_verified_at timestamptz,
    mail_last_test jsonb,
    push_public_key text,
    push_private_sealed text
  )`,
  `insert into reach_house (one) values (true)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
