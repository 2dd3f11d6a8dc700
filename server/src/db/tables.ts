// The tables as Kysely sees them: snake_case, instants as ISO strings, one interface a table.
import type { CardView, CheckView, FactView, GlassView } from '@rejoinder/contracts/cards';
import type { LevelAsk } from '@rejoinder/contracts/rooms';
import type { ColumnType, Generated, Insertable, Selectable } from 'kysely';

/** jsonb: written as a JSON string, read as a value. */
type Json<T> = ColumnType<T, string, string>;
type Bytes = ColumnType<Uint8Array, Uint8Array, Uint8Array>;

export type RoomsTable = {
  room_id: string;
  name: string;
  kind: 'live' | 'rehearsal';
  zone: string;
  level: number;
  level_reason: string;
  level_since: string;
  level_ask: Json<LevelAsk> | null;
  playbook_id: string;
  playbook_version: number;
  opened_at: string;
};
export type RoomHeadsTable = { room_id: string; seq: number; hash: string; mention_count: number };
/** `actor` and `data` are the exact JSON bytes that the hash covers. `subject` is the card of a single-card event. */
export type EventsTable = {
  room_id: string;
  seq: number;
  at: string;
  type: string;
  actor: string;
  data: string;
  hash: string;
  subject: string | null;
};
type Operation = { operation_id: string; actor_id: string; request: string; result: string };
export type OperationsTable = Operation & { room_id: string; at: string };
export type FlowCursorsTable = { room_id: string; handler: string; seq: number };
export type FlowQuarantineTable = { room_id: string; handler: string; seq: number; says: string; at: string };
type Member = { user_id: string; name: string; roles: string[]; hue: number };
export type MembersTable = Member & { room_id: string; joined_at: string };
export type ApiTokensTable = {
  room_id: string;
  token_id: string;
  name: string;
  roles: string[];
  secret_hash: string;
  created_at: string;
  revoked_at: string | null;
};
type Version = { room_id: string; playbook_id: string; version: number };
export type PlaybooksTable = Version & { text: string; adopted_at: string; adopted_by: string };
export type PlaybookReadersTable = Version & { user_id: string; name: string; roles: string[]; at: string };
type Generation = { room_id: string; generation: number };
export type PlanDraftsTable = Generation & {
  n: number;
  text: string;
  started_by: string;
  started_at: string;
  changed_at: string;
};
export type PlanDraftUpdatesTable = Generation & { n: number; bytes: Bytes; at: string };
export type PlanDraftAuthorsTable = Generation & { client_id: number; user_id: string };
export type SourcesTable = {
  room_id: string;
  source_id: string;
  kind: 'webhook' | 'feed' | 'rehearsal' | 'import';
  name: string;
  state: 'running' | 'paused' | 'failing';
  url: string | null;
  secret_sealed: string | null;
  every_seconds: number;
  cursor: Json<Record<string, string | null>> | null;
  next_poll_at: string | null;
  last_item_at: string | null;
  last_checked_at: string | null;
  received: Generated<number>;
  says: string | null;
};
export type DeliveriesTable = {
  room_id: string;
  source_id: string;
  delivery_id: string;
  at: string;
  body_hash: Generated<string>;
};
export type ImportsTable = {
  room_id: string;
  import_id: string;
  name: string;
  state: 'running' | 'done' | 'failed';
  lines: number;
  stored: number;
  known: number;
  bad: Json<{ line: number; says: string }[]>;
  started_at: string;
};
export type AccountsTable = {
  room_id: string;
  account_id: string;
  platform: string;
  name: string;
  channel: 'webhook' | 'rehearsal';
  url: string | null;
  secret_sealed: string | null;
};
export type MentionKeysTable = {
  room_id: string;
  platform: string;
  native_id: string;
  mention_id: string;
  received_at: string;
  revised_at: string | null;
  deleted_at: string | null;
};
export type MentionsTable = {
  room_id: string;
  received_at: string;
  mention_id: string;
  source_id: string;
  platform: string;
  native_id: string;
  url: string | null;
  author_handle: string;
  author_name: string;
  author_followers: number | null;
  text: string;
  posted_at: string;
  edited_at: string | null;
  deleted_at: string | null;
  in_reply_to: string | null;
  lang: string | null;
};
/** `reasons` is JSON text. */
export type MentionVerdictsTable = {
  room_id: string;
  mention_id: string;
  severity: number;
  reasons: string;
  story_id: string | null;
};
export type CardMentionsTable = { room_id: string; card_id: string; mention_id: string; received_at: string };
export type CardsTable = {
  room_id: string;
  card_id: string;
  version: number;
  stage: string;
  entered_stage_at: string;
  opened_at: string;
  closed_at: string | null;
  platform: string;
  author_handle: string;
  author_name: string;
  author_followers: number | null;
  excerpt: string;
  posts_count: number;
  posts_unseen: number;
  first_posted_at: string;
  last_posted_at: string;
  reply_to_mention: string;
  reply_to_native: string;
  reply_to_url: string | null;
  account_id: string | null;
  story_id: string | null;
  severity: number;
  heat: number;
  fields: Json<Record<string, string>>;
  owner_id: string | null;
  owner_accepted_at: string | null;
  follow_up: Json<{ state: 'posted' | 'declined'; note: string; at: string }> | null;
  remedy: Json<CardView['remedy']> | null;
  checks: Json<CheckView[]> | null;
  recorded: Json<FactView[]> | null;
  glass: Json<GlassView> | null;
};
export type ClocksTable = {
  room_id: string;
  card_id: string;
  clock_id: string;
  clause: string;
  started_at: string;
  warn_at: string[];
  due_at: string;
  stopped_at: string | null;
  warned: number;
  breached_at: string | null;
  /** The next instant at which clockwork must act; null when there is none. */
  next_at: string | null;
};
export type DraftsTable = {
  room_id: string;
  draft_id: string;
  card_id: string;
  generation: number;
  n: number;
  text: string;
  empty: boolean;
  too_long: boolean;
  /** JSON text of what the board shows of the findings. */
  findings: string;
  authors: string[];
  /** JSON text of the sent reply it is likest to, where it is too like. */
  likest: string | null;
  /** True while a sign-off may stand on the text: then an edit takes the path that voids. */
  signed: boolean;
  changed_at: string;
};
export type DraftUpdatesTable = {
  room_id: string;
  draft_id: string;
  generation: number;
  n: number;
  bytes: Bytes;
  at: string;
};
export type DraftAuthorsTable = {
  room_id: string;
  draft_id: string;
  generation: number;
  client_id: number;
  user_id: string;
};
export type SignOffsTable = {
  room_id: string;
  sign_off_id: string;
  card_id: string;
  draft_id: string;
  generation: number;
  fingerprint: string;
  text: string;
  user_id: string;
  name: string;
  role: string;
  signed_at: string;
  expires_at: string | null;
  voided_at: string | null;
  void_reason: string | null;
};
export type PublishJobsTable = {
  room_id: string;
  job_id: string;
  card_id: string;
  draft_id: string;
  generation: number;
  account_id: string;
  reply_to: string;
  text: string;
  fingerprint: string;
  state: 'approved' | 'sending' | 'published' | 'rejected' | 'unknown' | 'held';
  attempt: number;
  run_at: string;
  deadline_at: string | null;
  queued_at: string;
  queued_by: string;
  published_at: string | null;
  remote_id: string | null;
  url: string | null;
  says: string | null;
  matches: boolean;
};

export type Tables = {
  rooms: RoomsTable;
  room_heads: RoomHeadsTable;
  events: EventsTable;
  operations: OperationsTable;
  flow_cursors: FlowCursorsTable;
  flow_quarantine: FlowQuarantineTable;
  members: MembersTable;
  api_tokens: ApiTokensTable;
  playbooks: PlaybooksTable;
  playbook_readers: PlaybookReadersTable;
  plan_drafts: PlanDraftsTable;
  plan_draft_updates: PlanDraftUpdatesTable;
  plan_draft_authors: PlanDraftAuthorsTable;
  sources: SourcesTable;
  deliveries: DeliveriesTable;
  imports: ImportsTable;
  accounts: AccountsTable;
  mention_keys: MentionKeysTable;
  mentions: MentionsTable;
  mention_verdicts: MentionVerdictsTable;
  card_mentions: CardMentionsTable;
  cards: CardsTable;
  clocks: ClocksTable;
  drafts: DraftsTable;
  draft_updates: DraftUpdatesTable;
  draft_authors: DraftAuthorsTable;
  sign_offs: SignOffsTable;
  publish_jobs: PublishJobsTable;
};

export type Row<T extends keyof Tables> = Selectable<Tables[T]>;
export type NewRow<T extends keyof Tables> = Insertable<Tables[T]>;
