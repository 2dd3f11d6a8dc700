// How the room reaches its own people: what a message is about, what became of it, and what a person chose.
import { type Static, Type } from 'typebox';
import { ReachBy } from './plan-people.ts';
import { Id, Instant, Nullable, Strict } from './shapes.ts';

/** What a message is about: an ask somebody answers, a notice, an alarm, or a promised update; `id` is of that kind. */
export const ReachAbout = Strict({
  kind: Type.Union([Type.Literal('ask'), Type.Literal('notice'), Type.Literal('alarm'), Type.Literal('update')]),
  id: Id,
  cardId: Nullable(Id),
});

/**
 * `waiting` for its turn, `gathering` for the person's digest, `sending`, `delivered` (a channel took it), `failed` (every way did),
 * `board` (it stands on the board and nowhere else), `withheld` (a rehearsal sends nothing), `read` (before it was sent), `withdrawn` (what it
 * asked for was answered before it was sent).
 */
export const MessageState = Type.Union([
  Type.Literal('waiting'),
  Type.Literal('gathering'),
  Type.Literal('sending'),
  Type.Literal('delivered'),
  Type.Literal('failed'),
  Type.Literal('board'),
  Type.Literal('withheld'),
  Type.Literal('read'),
  Type.Literal('withdrawn'),
]);

/** One attempt and what the other side answered, in words. */
export const ReachAnswer = Strict({
  way: ReachBy,
  at: Instant,
  delivered: Type.Boolean(),
  says: Type.String(),
});

/** A message as those who may look after the room see it. Its words are not in it: the link leads to them. */
export const MessageView = Strict({
  id: Id,
  about: ReachAbout,
  to: Type.String(),
  title: Type.String(),
  urgent: Type.Boolean(),
  state: MessageState,
  /** The ways meant to be tried, in order. */
  ways: Type.Array(ReachBy),
  /** The way that delivered it. */
  way: Nullable(ReachBy),
  answers: Type.Array(ReachAnswer),
  at: Instant,
  /** When it is tried next; null where nothing more happens. */
  nextAt: Nullable(Instant),
});

export const RoomChannelKind = Type.Union([Type.Literal('chat'), Type.Literal('webhook')]);

/** What a test of a channel, or the last one, came to. */
export const ReachTest = Strict({ at: Instant, ok: Type.Boolean(), says: Type.String() });

/** A channel of the room. Its address is a secret: only the host is shown. */
export const RoomChannelView = Strict({
  channel: RoomChannelKind,
  host: Type.String(),
  /** When it was last seen to work. */
  verifiedAt: Nullable(Instant),
  lastTest: Nullable(ReachTest),
});

/** `at-once`, gathered into a `digest` sent every so often while unread, or `never`: only on the board. */
export const Unimportant = Type.Union([Type.Literal('digest'), Type.Literal('at-once'), Type.Literal('never')]);
const TimeOfDay = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' });

/** Hours of the day, in this zone, in which nothing unimportant is sent. */
export const QuietHours = Strict({
  from: TimeOfDay,
  to: TimeOfDay,
  zone: Type.String({ minLength: 1, maxLength: 60 }),
});

/** What a person chose for themselves, in all rooms. */
export const ReachChoice = Strict({
  email: Type.Boolean(),
  push: Type.Boolean(),
  unimportant: Unimportant,
  /** How often a digest may come. */
  digestMinutes: Type.Integer({ minimum: 15, maximum: 1440 }),
  quiet: Nullable(QuietHours),
});

/** A browser that gets push messages. */
export const PushDevice = Strict({
  id: Id,
  label: Type.String(),
  /** Last part of the address it is pushed at, so that a browser knows itself again. */
  mark: Type.String(),
  addedAt: Instant,
  deliveredAt: Nullable(Instant),
});

export const OwnReach = Strict({
  choice: ReachChoice,
  email: Type.String(),
  mail: Strict({ configured: Type.Boolean(), verifiedAt: Nullable(Instant), lastTest: Nullable(ReachTest) }),
  push: Strict({ publicKey: Type.String(), devices: Type.Array(PushDevice) }),
});

export const REACH_DEFAULT: ReachChoice = {
  email: true,
  push: true,
  unimportant: 'digest',
  digestMinutes: 240,
  quiet: null,
};

export type ReachAbout = Static<typeof ReachAbout>;
export type MessageState = Static<typeof MessageState>;
export type ReachAnswer = Static<typeof ReachAnswer>;
export type MessageView = Static<typeof MessageView>;
export type RoomChannelKind = Static<typeof RoomChannelKind>;
export type ReachTest = Static<typeof ReachTest>;
export type RoomChannelView = Static<typeof RoomChannelView>;
export type QuietHours = Static<typeof QuietHours>;
export type ReachChoice = Static<typeof ReachChoice>;
export type PushDevice = Static<typeof PushDevice>;
export type OwnReach = Static<typeof OwnReach>;
