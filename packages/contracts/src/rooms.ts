// The room: one crisis or one standing desk, its accounts and its sources, and the snapshot a board starts from.
import { type Static, Type } from 'typebox';
import { CardView } from './cards.ts';
import { CrisisView } from './crisis.ts';
import { LadderView } from './ladders.ts';
import { MentionView } from './mentions.ts';
import { PersonView } from './people.ts';
import { Id, Instant, Nullable, Strict } from './shapes.ts';
import { StoryView } from './stories.ts';

/** An account replies go out from. The channel's secret never leaves the server. */
export const AccountView = Strict({
  id: Id,
  platform: Type.String(),
  name: Type.String(),
  channel: Type.Union([Type.Literal('webhook'), Type.Literal('rehearsal')]),
  /** The platform no longer lets us in: what it said and since when. Replies wait until somebody mends the account. */
  attention: Type.Optional(Strict({ says: Type.String(), since: Instant })),
  /** True when the receiver can be asked whether a reply was posted. */
  readsBack: Type.Optional(Type.Boolean()),
});

export const SourceKind = Type.Union([
  Type.Literal('webhook'),
  Type.Literal('feed'),
  Type.Literal('rehearsal'),
  Type.Literal('import'),
]);

/** A source of mentions with its state, its last item and what is wrong, if anything. */
export const SourceView = Strict({
  id: Id,
  kind: SourceKind,
  name: Type.String(),
  state: Type.Union([Type.Literal('running'), Type.Literal('paused'), Type.Literal('failing')]),
  /** The feed's address, or the address the sender posts to. */
  address: Nullable(Type.String()),
  lastItemAt: Nullable(Instant),
  lastCheckedAt: Nullable(Instant),
  received: Type.Integer(),
  says: Nullable(Type.String()),
});

/** Lowering takes several people: who has agreed so far, to what, and until when the others may. */
export const LevelAsk = Strict({
  to: Type.Integer({ minimum: 1 }),
  reason: Type.String(),
  by: Type.Array(Strict({ userId: Id, name: Type.String() })),
  takes: Type.Integer({ minimum: 2 }),
  until: Instant,
});

export const RoomView = Strict({
  id: Id,
  name: Type.String(),
  kind: Type.Union([Type.Literal('live'), Type.Literal('rehearsal')]),
  level: Type.Integer({ minimum: 1, maximum: 9 }),
  levelReason: Type.String(),
  levelSince: Instant,
  levelAsk: Nullable(LevelAsk),
  crisis: CrisisView,
  /** IANA zone in which the room reads its times. */
  zone: Type.String(),
  playbook: Strict({ id: Type.String(), version: Type.Integer(), title: Type.String() }),
  accounts: Type.Array(AccountView),
  openedAt: Instant,
  /** People wait for an answer and nobody who could give one has been on the board since then; left out while somebody is. */
  unattendedSince: Type.Optional(Instant),
});

/** How many mentions of the live stream a board holds. */
export const STREAM_LENGTH = 300;

/** The board: what a snapshot returns and what folding events keeps. Cards and people by id. */
export const BoardState = Strict({
  seq: Type.Integer({ minimum: 0 }),
  room: RoomView,
  people: Type.Record(Type.String(), PersonView),
  cards: Type.Record(Type.String(), CardView),
  /** Stories people had a hand in, by id. */
  stories: Type.Record(Type.String(), StoryView),
  /** The newest STREAM_LENGTH mentions, oldest first, in order of arrival. */
  mentions: Type.Array(MentionView),
  /** The ladders that run about the room itself; left out where none does. */
  ladders: Type.Optional(Type.Array(LadderView)),
  /** How many mentions the room has stored in all. */
  mentionCount: Type.Integer({ minimum: 0 }),
});

export const RoomSummary = Strict({
  id: Id,
  name: Type.String(),
  kind: Type.Union([Type.Literal('live'), Type.Literal('rehearsal')]),
  level: Type.Integer(),
  openCards: Type.Integer(),
  roles: Type.Array(Type.String()),
});

export type AccountView = Static<typeof AccountView>;
export type SourceKind = Static<typeof SourceKind>;
export type SourceView = Static<typeof SourceView>;
export type LevelAsk = Static<typeof LevelAsk>;
export type RoomView = Static<typeof RoomView>;
export type BoardState = Static<typeof BoardState>;
export type RoomSummary = Static<typeof RoomSummary>;
