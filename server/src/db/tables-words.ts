// The tables of what we answer: drafts, what was signed, what is sent; as Kysely sees them.

import type { ReplyKind } from '@rejoinder/contracts/cards';
import type { Anchor, Told } from '@rejoinder/contracts/comments';
import type { Generated } from 'kysely';
import type { Bytes, Json } from './columns.ts';

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
  /** JSON text of the fact sheet the words were checked against and what they claim beyond it; null without a sheet. */
  facts: string | null;
  /** JSON text of its pictures in their order and whether a signature is about them; null without any. */
  pictures: Generated<string | null>;
  /** True while a sign-off may stand on the text: then an edit takes the path that voids. */
  signed: boolean;
  /**
   * What the words were judged by (plan, class) and as, while the stage takes edits and nothing is signed: who judges
   * the next text the same may append it without a further look. Null: look again.
   */
  fits: string | null;
  changed_at: string;
  kind: Generated<ReplyKind>;
  supersedes: string | null;
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
/** Steps of a draft's log that were folded, in the order they were written (drafts/history-batches.ts). */
export type DraftBatchesTable = {
  room_id: string;
  draft_id: string;
  generation: number;
  to_n: number;
  steps: number;
  bytes: Bytes;
};
export type DraftGenerationsTable = {
  room_id: string;
  draft_id: string;
  generation: number;
  how: 'started' | 'anew' | 'restored';
  at: string;
  by_id: string;
  by_name: string;
  reason: string;
  from_generation: number | null;
  from_n: number | null;
};
export type DraftSetAsideTable = {
  room_id: string;
  draft_id: string;
  aside_id: string;
  generation: number;
  user_id: string;
  bytes: Bytes;
  words: string;
  takes: number;
  at: string;
  ended_at: string | null;
  how: 'put-back' | 'let-go' | null;
};
/** The first of a thread carries its own id as `thread_id`, the anchor and the words it stands on. */
export type DraftCommentsTable = {
  room_id: string;
  comment_id: string;
  thread_id: string;
  card_id: string;
  draft_id: string;
  generation: number;
  anchor: Json<Anchor> | null;
  quote: string;
  text: string;
  told: Json<Told[]>;
  by_id: string;
  by_name: string;
  at: string;
  resolved_at: string | null;
  resolved_by: string | null;
};
export type NoticesTable = {
  room_id: string;
  notice_id: string;
  user_id: string;
  kind: 'mentioned' | 'answered';
  card_id: string;
  thread_id: string;
  by_name: string;
  says: string;
  at: string;
  read_at: string | null;
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
  /** Where in the draft's life the signed words stood; null before this was kept. */
  n: number | null;
  /** The silent role a deputy signed for, and since when it had been silent. */
  stands_for: string | null;
  silent_since: string | null;
  /** JSON text of the pictures the words had then. */
  pictures: Generated<string | null>;
};
export type SignOffWaitsTable = {
  room_id: string;
  card_id: string;
  role: string;
  deputy: string;
  asked_at: string;
  due_at: string;
  told_at: string | null;
};
/** About a reply of a card, with its draft and the post it answers, or about a statement; never both. */
export type PublishJobsTable = {
  room_id: string;
  job_id: string;
  card_id: string | null;
  draft_id: string | null;
  generation: number | null;
  account_id: string;
  reply_to: string | null;
  statement_id: string | null;
  /** When the public hears next, as whoever queued a statement named it. */
  next_at: string | null;
  text: string;
  fingerprint: string;
  state: 'approved' | 'sending' | 'published' | 'rejected' | 'unknown' | 'held' | 'cancelled';
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
  /** JSON text of the fact sheet the sent words were checked against; null when there was none. */
  facts: string | null;
  held_for: 'account' | null;
  /** When an unknown one is looked for next, and how often it was. */
  look_at: string | null;
  looks: Generated<number>;
  kind: Generated<ReplyKind>;
  /** The published reply that this one corrects or takes back, as its platform names it. */
  supersedes: string | null;
  /** JSON text of the pictures that go with the words. */
  pictures: Generated<string | null>;
};
/** One picture of a room, encoded anew by us; `hash` is that of `bytes`. */
export type PicturesTable = {
  room_id: string;
  hash: string;
  type: 'image/jpeg' | 'image/png';
  width: number;
  height: number;
  size: number;
  bytes: Bytes;
  kept_by: string;
  kept_at: string;
};
