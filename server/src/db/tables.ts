// The tables as Kysely sees them: snake_case, instants as ISO strings, one interface a table.
import type { CrisisKept } from '@rejoinder/contracts/crisis';
import type { LevelAsk } from '@rejoinder/contracts/rooms';
import type { Generated, Insertable, Selectable } from 'kysely';
import type { Bytes, Json } from './columns.ts';
import type {
  CardMentionsTable,
  CardsTable,
  ClocksTable,
  MentionKeysTable,
  MentionsTable,
  MentionVerdictsTable,
  PrivateEntriesTable,
} from './tables-cards.ts';
import type {
  CriteriaTable,
  FrozenItemsTable,
  RoomPromisesTable,
  StatementsTable,
  UpdatesTable,
} from './tables-crisis.ts';
import type { AttendanceTable, ContactChecksTable, ShiftsTable } from './tables-duty.ts';
import type { LadderAsksTable, LadderRunsTable } from './tables-ladders.ts';
import type {
  MessagesTable,
  PushDevicesTable,
  ReachChoicesTable,
  ReachHouseTable,
  RoomChannelsTable,
} from './tables-reach.ts';
import type { FactSheetsTable, StoriesTable } from './tables-stories.ts';
import type {
  DraftAuthorsTable,
  DraftBatchesTable,
  DraftCommentsTable,
  DraftGenerationsTable,
  DraftSetAsideTable,
  DraftsTable,
  DraftUpdatesTable,
  NoticesTable,
  PicturesTable,
  PublishJobsTable,
  SignOffsTable,
  SignOffWaitsTable,
} from './tables-words.ts';

export type RoomsTable = {
  room_id: string;
  name: string;
  kind: 'live' | 'rehearsal';
  zone: string;
  level: number;
  level_reason: string;
  level_since: string;
  level_ask: Json<LevelAsk> | null;
  crisis: Json<CrisisKept> | null;
  playbook_id: string;
  playbook_version: number;
  opened_at: string;
  /** Since when people wait and nobody is there; null while somebody is. */
  unattended_since: string | null;
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
  /** What the platform said when it no longer let us in. */
  attention: Json<{ says: string; since: string }> | null;
  /** Where to ask whether a reply was posted; `{key}` stands for its key. */
  read_back: string | null;
};
/** One row. */
export type InstallationTable = {
  one: boolean;
  origin: string | null;
  held_since: string | null;
  held_why: string | null;
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
  installation: InstallationTable;
  mention_keys: MentionKeysTable;
  mentions: MentionsTable;
  mention_verdicts: MentionVerdictsTable;
  card_mentions: CardMentionsTable;
  cards: CardsTable;
  private_entries: PrivateEntriesTable;
  clocks: ClocksTable;
  ladder_runs: LadderRunsTable;
  ladder_asks: LadderAsksTable;
  stories: StoriesTable;
  fact_sheets: FactSheetsTable;
  room_promises: RoomPromisesTable;
  crisis_criteria: CriteriaTable;
  crisis_updates: UpdatesTable;
  frozen_items: FrozenItemsTable;
  statements: StatementsTable;
  drafts: DraftsTable;
  draft_updates: DraftUpdatesTable;
  draft_authors: DraftAuthorsTable;
  draft_batches: DraftBatchesTable;
  draft_generations: DraftGenerationsTable;
  draft_comments: DraftCommentsTable;
  draft_set_aside: DraftSetAsideTable;
  notices: NoticesTable;
  sign_offs: SignOffsTable;
  sign_off_waits: SignOffWaitsTable;
  publish_jobs: PublishJobsTable;
  messages: MessagesTable;
  room_channels: RoomChannelsTable;
  reach_choices: ReachChoicesTable;
  push_devices: PushDevicesTable;
  reach_house: ReachHouseTable;
  shifts: ShiftsTable;
  contact_checks: ContactChecksTable;
  attendance: AttendanceTable;
  pictures: PicturesTable;
};

export type Row<T extends keyof Tables> = Selectable<Tables[T]>;
export type NewRow<T extends keyof Tables> = Insertable<Tables[T]>;
