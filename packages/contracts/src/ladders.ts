// A ladder that runs: who was asked at which step, who was passed over and why, what each answered, and when it goes on.
import { type Static, Type } from 'typebox';
import { ReachBy } from './plan-people.ts';
import { Id, Instant, Nullable, Strict } from './shapes.ts';

/** One person who was asked. `userId` is null for somebody the plan names who is no member of the room. */
export const AskView = Strict({
  id: Id,
  userId: Nullable(Id),
  name: Type.String(),
  /** The ways by which they were asked, in order; empty for somebody who accepted without being asked. */
  ways: Type.Array(ReachBy),
  state: Type.Union([
    Type.Literal('waiting'),
    Type.Literal('accepted'),
    Type.Literal('passedOn'),
    Type.Literal('unreachable'),
  ]),
  at: Instant,
  answeredAt: Nullable(Instant),
  /** Why it was passed on, or why nobody was reached; empty where there is nothing to say. */
  says: Type.String(),
});

/** A step that was taken in this round; `skipped` says why nobody was asked. */
export const LadderStepView = Strict({
  step: Type.Integer({ minimum: 0 }),
  whom: Type.String(),
  at: Instant,
  asks: Type.Array(AskView),
  skipped: Nullable(Type.String()),
});

export const LadderState = Type.Union([
  Type.Literal('asking'),
  Type.Literal('accepted'),
  /** Everybody was asked and nobody accepted; it begins anew at `nextAt`. */
  Type.Literal('exhausted'),
]);

/** A running ladder of a card or of the room; one that is only armed, or ended, is not shown. */
export const LadderView = Strict({
  id: Id,
  /** Id and name of the ladder in the plan, and its clause. */
  ladder: Type.String(),
  name: Type.String(),
  clause: Type.String(),
  /** What started it: `stage:new`, `clock:public-reply:warning`, `room:…`. One cause runs once at a time. */
  cause: Type.String(),
  /** The same in a sentence without personal data. */
  says: Type.String(),
  state: LadderState,
  round: Type.Integer({ minimum: 1 }),
  startedAt: Instant,
  /** When it goes on by itself: the next step or the next round; null once accepted. */
  nextAt: Nullable(Instant),
  /** So many have to accept. */
  accepts: Type.Integer({ minimum: 1 }),
  /** The steps taken in this round, in order. */
  steps: Type.Array(LadderStepView),
});

/** What somebody sees who comes by the short-lived link of one ask. Nothing of a person who wrote, and no words. */
export const AskPage = Strict({
  state: Type.Union([
    Type.Literal('waiting'),
    /** This ask was answered by whoever holds the link. */
    Type.Literal('answered'),
    /** Somebody else accepted. */
    Type.Literal('taken'),
    Type.Literal('expired'),
  ]),
  room: Type.String(),
  ladder: Type.String(),
  says: Type.String(),
  /** To whom the link was sent. */
  name: Type.String(),
  /** Who accepted, and when; null while nobody has. */
  by: Nullable(Type.String()),
  answeredAt: Nullable(Instant),
  /** What this person answered, once they did. */
  answer: Nullable(Type.Union([Type.Literal('accepted'), Type.Literal('passedOn')])),
  since: Instant,
  /** When the promise runs out that this is about. */
  dueAt: Nullable(Instant),
  zone: Type.String(),
});

export type AskView = Static<typeof AskView>;
export type LadderStepView = Static<typeof LadderStepView>;
export type LadderState = Static<typeof LadderState>;
export type LadderView = Static<typeof LadderView>;
export type AskPage = Static<typeof AskPage>;
