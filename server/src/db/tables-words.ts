// The tables of what we answer: drafts, what was signed, what is sent; as Kysely sees them.
import type { Bytes } from './columns.ts';

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
  /** True while a sign-off may stand on the text: then an edit takes the path that voids. */
  signed: boolean;
  /**
   * What the words were judged by (plan, class) and as, while the stage takes edits and nothing is signed: who judges
   * the next text the same may append it without a further look. Null: look again.
   */
  fits: string | null;
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
  /** The silent role a deputy signed for, and since when it had been silent. */
  stands_for: string | null;
  silent_since: string | null;
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
  /** JSON text of the fact sheet the sent words were checked against; null when there was none. */
  facts: string | null;
};
