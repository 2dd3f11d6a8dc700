// The first schema. Every room-owned table carries room_id first in its key, so that the store can be distributed by room.
import { type Kysely, sql } from 'kysely';

const STATEMENTS = `
create table rooms (
  room_id text primary key,
  name text not null,
  kind text not null check (kind in ('live', 'rehearsal')),
  zone text not null,
  level int not null,
  level_reason text not null,
  level_since timestamptz not null,
  playbook_id text not null,
  playbook_version int not null,
  opened_at timestamptz not null
);
-- The head of a room's log: locked last, for one append and the commit.
create table room_heads (
  room_id text primary key,
  seq bigint not null,
  hash text not null,
  mention_count bigint not null
);
create table events (
  room_id text not null,
  seq bigint not null,
  at timestamptz not null,
  type text not null,
  actor text not null,
  data text not null,
  hash text not null,
  subject text,
  primary key (room_id, seq)
);
create index events_subject on events (room_id, subject, seq) where subject is not null;
create table operations (
  room_id text not null,
  operation_id text not null,
  actor_id text not null,
  request text not null,
  result text not null,
  at timestamptz not null,
  primary key (room_id, operation_id)
);
create table flow_cursors (
  room_id text not null,
  handler text not null,
  seq bigint not null,
  primary key (room_id, handler)
);
create table flow_quarantine (
  room_id text not null,
  handler text not null,
  seq bigint not null,
  says text not null,
  at timestamptz not null,
  primary key (room_id, handler, seq)
);

create table members (
  room_id text not null,
  user_id text not null,
  name text not null,
  roles text[] not null,
  hue int not null,
  joined_at timestamptz not null,
  primary key (room_id, user_id)
);
create index members_user on members (user_id);
create table api_tokens (
  room_id text not null,
  token_id text not null,
  name text not null,
  roles text[] not null,
  secret_hash text not null,
  created_at timestamptz not null,
  revoked_at timestamptz,
  primary key (room_id, token_id)
);
create table playbooks (
  room_id text not null,
  playbook_id text not null,
  version int not null,
  text text not null,
  adopted_at timestamptz not null,
  adopted_by text not null,
  primary key (room_id, playbook_id, version)
);

create table sources (
  room_id text not null,
  source_id text not null,
  kind text not null,
  name text not null,
  state text not null,
  url text,
  secret_sealed text,
  every_seconds int not null,
  cursor jsonb,
  next_poll_at timestamptz,
  last_item_at timestamptz,
  last_checked_at timestamptz,
  received bigint not null default 0,
  says text,
  primary key (room_id, source_id)
);
create table deliveries (
  room_id text not null,
  source_id text not null,
  delivery_id text not null,
  at timestamptz not null,
  primary key (room_id, source_id, delivery_id)
);
create table imports (
  room_id text not null,
  import_id text not null,
  name text not null,
  state text not null,
  lines int not null,
  stored int not null,
  known int not null,
  bad jsonb not null,
  started_at timestamptz not null,
  primary key (room_id, import_id)
);
create table accounts (
  room_id text not null,
  account_id text not null,
  platform text not null,
  name text not null,
  channel text not null,
  url text,
  secret_sealed text,
  primary key (room_id, account_id)
);

-- Identity of a mention, apart from its time-partitioned row: unique (platform, native id) per room.
create table mention_keys (
  room_id text not null,
  platform text not null,
  native_id text not null,
  mention_id text not null,
  received_at timestamptz not null,
  revised_at timestamptz,
  deleted_at timestamptz,
  primary key (room_id, platform, native_id)
);
create table mentions (
  room_id text not null,
  received_at timestamptz not null,
  mention_id text not null,
  source_id text not null,
  platform text not null,
  native_id text not null,
  url text,
  author_handle text not null,
  author_name text not null,
  author_followers bigint,
  text text not null,
  posted_at timestamptz not null,
  edited_at timestamptz,
  deleted_at timestamptz,
  in_reply_to text,
  lang text,
  primary key (room_id, received_at, mention_id)
) partition by range (received_at);
create table mentions_default partition of mentions default;
create table mention_verdicts (
  room_id text not null,
  mention_id text not null,
  severity real not null,
  reasons text not null,
  story_id text,
  primary key (room_id, mention_id)
);
create table card_mentions (
  room_id text not null,
  card_id text not null,
  mention_id text not null,
  received_at timestamptz not null,
  primary key (room_id, mention_id)
);
create index card_mentions_card on card_mentions (room_id, card_id);

create table cards (
  room_id text not null,
  card_id text not null,
  version int not null,
  stage text not null,
  entered_stage_at timestamptz not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  platform text not null,
  author_handle text not null,
  author_name text not null,
  author_followers bigint,
  excerpt text not null,
  posts_count int not null,
  posts_unseen int not null,
  first_posted_at timestamptz not null,
  last_posted_at timestamptz not null,
  reply_to_mention text not null,
  reply_to_native text not null,
  reply_to_url text,
  account_id text,
  story_id text,
  severity real not null,
  heat int not null,
  fields jsonb not null,
  owner_id text,
  owner_accepted_at timestamptz,
  follow_up jsonb,
  remedy jsonb,
  primary key (room_id, card_id)
);
create unique index cards_open_author on cards (room_id, platform, author_handle) where closed_at is null;
create index cards_author on cards (room_id, platform, author_handle);
create index cards_stage on cards (room_id, stage) where closed_at is null;
create table clocks (
  room_id text not null,
  card_id text not null,
  clock_id text not null,
  clause text not null,
  started_at timestamptz not null,
  warn_at timestamptz[] not null,
  due_at timestamptz not null,
  stopped_at timestamptz,
  warned int not null,
  breached_at timestamptz,
  next_at timestamptz,
  primary key (room_id, card_id, clock_id)
);
create index clocks_next on clocks (room_id, next_at) where next_at is not null;

create table drafts (
  room_id text not null,
  draft_id text not null,
  card_id text not null,
  generation int not null,
  n int not null,
  text text not null,
  empty boolean not null,
  too_long boolean not null,
  findings text not null,
  authors text[] not null,
  -- True while a sign-off may stand on the text: then an edit takes the path that voids.
  signed boolean not null,
  changed_at timestamptz not null,
  primary key (room_id, draft_id)
);
create unique index drafts_card on drafts (room_id, card_id);
create table draft_updates (
  room_id text not null,
  draft_id text not null,
  generation int not null,
  n int not null,
  bytes bytea not null,
  at timestamptz not null,
  primary key (room_id, draft_id, generation, n)
);
create table draft_authors (
  room_id text not null,
  draft_id text not null,
  generation int not null,
  client_id bigint not null,
  user_id text not null,
  primary key (room_id, draft_id, generation, client_id)
);
create table sign_offs (
  room_id text not null,
  sign_off_id text not null,
  card_id text not null,
  draft_id text not null,
  generation int not null,
  fingerprint text not null,
  text text not null,
  user_id text not null,
  name text not null,
  role text not null,
  signed_at timestamptz not null,
  expires_at timestamptz,
  voided_at timestamptz,
  void_reason text,
  primary key (room_id, sign_off_id)
);
create index sign_offs_card on sign_offs (room_id, card_id, signed_at);
create unique index sign_offs_once on sign_offs (room_id, draft_id, generation, fingerprint, user_id, role) where voided_at is null;
create table publish_jobs (
  room_id text not null,
  job_id text not null,
  card_id text not null,
  draft_id text not null,
  generation int not null,
  account_id text not null,
  reply_to text not null,
  text text not null,
  fingerprint text not null,
  state text not null check (state in ('approved', 'sending', 'published', 'rejected', 'unknown', 'held')),
  attempt int not null,
  run_at timestamptz not null,
  deadline_at timestamptz,
  queued_at timestamptz not null,
  queued_by text not null,
  published_at timestamptz,
  remote_id text,
  url text,
  says text,
  matches boolean not null,
  primary key (room_id, job_id)
);
create unique index publish_jobs_once on publish_jobs (room_id, draft_id, generation, fingerprint, account_id);
create index publish_jobs_card on publish_jobs (room_id, card_id, queued_at);
create index publish_jobs_waiting on publish_jobs (room_id, run_at) where state in ('approved', 'sending');
`;

/** Creates everything in one transaction; a failure leaves nothing behind. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(STATEMENTS).execute(db);
}
