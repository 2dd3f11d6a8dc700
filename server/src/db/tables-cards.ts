// The tables of what people say and of the cards it became, as Kysely sees them.
import type { CardView, CheckView, FactView, GlassView, StandIn } from '@rejoinder/contracts/cards';
import type { LadderView } from '@rejoinder/contracts/ladders';
import type { PauseReason, StoodStill } from '@rejoinder/contracts/pauses';
import type { PrivateKind, PrivateView, RedactedWhy } from '@rejoinder/contracts/private-talk';
import type { Json } from './columns.ts';

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
  stand_ins: Json<StandIn[]> | null;
  /** The ladders that run about it, as the board shows them. */
  ladders: Json<LadderView[]> | null;
  /** Null while nobody has commented. */
  open_comments: number | null;
  /** Figures of the private talk; its words stand in `private_entries` alone. */
  private_talk: Json<Omit<PrivateView, 'redactAt'>> | null;
  redact_at: string | null;
  /** Since when we were the last to speak to this person; null while it is our turn. */
  waits_since: string | null;
  /** When the author's post reopened it, and when that was posted; null of a card that never reopened so. */
  round_at: string | null;
  round_posted_at: string | null;
  /** When it was last closed since, of one that somebody opened again by hand too. */
  was_closed_at: string | null;
  /** Promises that ran out in runs of its clocks that are gone; null for none. */
  breaches_before: number | null;
};
export type ClocksTable = {
  room_id: string;
  card_id: string;
  clock_id: string;
  clause: string;
  started_at: string;
  warn_at: string[];
  due_at: string;
  promised_until: string;
  stopped_at: string | null;
  warned: number;
  breached_at: string | null;
  /** The next instant at which clockwork must act; null when there is none. */
  next_at: string | null;
  /** Since when its time stands still, and why; its instants are those it would keep if it went on at once. */
  paused_at: string | null;
  paused_why: PauseReason[] | null;
  stood_still: Json<StoodStill[]> | null;
};
/** `card_id` is null until a message from a source found its card. Nothing of this table is in any event. */
export type PrivateEntriesTable = {
  room_id: string;
  entry_id: string;
  card_id: string | null;
  kind: PrivateKind;
  text: string;
  said_by: string;
  said_at: string;
  recorded_by: string | null;
  recorded_at: string;
  source_id: string | null;
  platform: string | null;
  author_handle: string | null;
  author_followers: number | null;
  redacted_at: string | null;
  redacted_by: string | null;
  redacted_why: RedactedWhy | null;
};
