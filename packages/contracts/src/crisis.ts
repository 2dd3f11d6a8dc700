// The crisis as a state of the room: which state, who commands, what the room owes by when, what is frozen, what was said.
import { type Static, Type } from 'typebox';
import { CRISIS_STATES } from './crisis-states.ts';
import { Paused, StoodStill } from './pauses.ts';
import { Extended, Id, Instant, Nullable, OneOf, Strict } from './shapes.ts';

/** From the ordinary day to the lesson learned. */
export const CrisisState = OneOf(CRISIS_STATES);

/** What people do to get from one state to another; `declare` is a step of its own with more to say. */
export const CRISIS_STEPS = ['activate', 'stabilise', 'resume', 'stand_down', 'call_off', 'review'] as const;
export const CrisisStep = OneOf(CRISIS_STEPS);

export const CrisisPerson = Strict({ userId: Id, name: Type.String() });
const Done = Strict({ at: Instant, by: CrisisPerson });

/**
 * A time the room owes: the next update, the confirmation of the freeze, a clock of the plan that runs for the whole room.
 * `missedAt` once it passed; it stays until it is kept.
 */
export const RoomPromise = Strict({
  /** `update:internal`, `update:public`, `freeze`, or `clock:` and the id of the plan's clock. */
  id: Type.String(),
  name: Type.String(),
  clause: Type.String(),
  startedAt: Instant,
  warnAt: Type.Array(Instant),
  dueAt: Instant,
  warned: Type.Integer({ minimum: 0 }),
  missedAt: Nullable(Instant),
  /** Left out while its time runs, and where it never stood still. */
  paused: Type.Optional(Paused),
  stoodStill: Type.Optional(Type.Array(StoodStill)),
});

/** What is frozen since when, and who said that it is done. */
export const FreezeView = Strict({ since: Instant, confirmed: Nullable(Done) });

export const StatementKind = Type.Union([
  Type.Literal('holding'),
  Type.Literal('correction'),
  Type.Literal('retraction'),
  Type.Literal('closing'),
]);

/** The newest word of ours to everybody: a statement of the plan, or a public update. */
export const LastStatement = Strict({
  kind: Type.Union([StatementKind, Type.Literal('update')]),
  text: Type.String(),
  url: Nullable(Type.String()),
  at: Instant,
});

/** How many posts an hour are an ordinary day: measured over the days before (`by` null), or said by a person with a reason. */
export const Baseline = Strict({
  perHour: Type.Number({ minimum: 0 }),
  reason: Type.String(),
  at: Instant,
  by: Nullable(CrisisPerson),
});

/** What a room keeps of its crisis besides its promises. */
export const CrisisKept = Strict({
  state: CrisisState,
  since: Instant,
  by: Nullable(CrisisPerson),
  why: Type.String(),
  commander: Nullable(CrisisPerson),
  /** Crisis type of the plan: whose fault it is seen to be. */
  kind: Nullable(Type.String()),
  declaredAt: Nullable(Instant),
  freeze: Nullable(FreezeView),
  lastStatement: Nullable(LastStatement),
  retrospectiveAt: Nullable(Instant),
  baseline: Nullable(Baseline),
  /** Statements let out over missing signatures that nobody has reviewed; left out where there is none. */
  unreviewed: Type.Optional(Type.Array(Id)),
});
export const CrisisView = Extended(CrisisKept, { promises: Type.Array(RoomPromise) });

/** An update as it was posted. `nextAt`: when the next was promised. */
export const UpdateView = Strict({
  id: Id,
  audience: Type.Union([Type.Literal('internal'), Type.Literal('public')]),
  text: Type.String(),
  url: Nullable(Type.String()),
  statementId: Nullable(Id),
  nextAt: Nullable(Instant),
  at: Instant,
  by: CrisisPerson,
});

/** Something that would have gone out beside the fire. */
export const FrozenItem = Strict({
  id: Id,
  name: Type.String(),
  /** One of the plan's kinds, such as `scheduled_posts`. */
  what: Type.String(),
  plannedFor: Nullable(Instant),
  added: Done,
  released: Nullable(Extended(Done, { reason: Type.String() })),
});

/** A criterion of the stand-down: whether it holds, since when without a break, and for how long it has to. */
export const CriterionView = Strict({
  clause: Type.String(),
  sentence: Type.String(),
  metSince: Nullable(Instant),
  heldFor: Type.Integer({ minimum: 0 }),
  /** When it will have held long enough, if nothing breaks it. */
  holdsAt: Nullable(Instant),
  lacks: Type.Array(Type.String()),
});

/** How the volume stands: posts of the last hour, and since when every hour brought no more than the baseline. */
export const VolumeView = Strict({ lastHour: Type.Integer({ minimum: 0 }), belowSince: Nullable(Instant) });

/** A line of the crisis log that a person writes. A mistake is put right by another line. */
export const ScribeEntry = Strict({
  id: Id,
  text: Type.String(),
  /** When it happened, as the scribe knows it; the log knows when it was written. */
  happenedAt: Instant,
  corrects: Nullable(Id),
});

export type CrisisState = Static<typeof CrisisState>;
export type CrisisStep = Static<typeof CrisisStep>;
export type CrisisPerson = Static<typeof CrisisPerson>;
export type RoomPromise = Static<typeof RoomPromise>;
export type FreezeView = Static<typeof FreezeView>;
export type StatementKind = Static<typeof StatementKind>;
export type LastStatement = Static<typeof LastStatement>;
export type CrisisKept = Static<typeof CrisisKept>;
export type CrisisView = Static<typeof CrisisView>;
export type UpdateView = Static<typeof UpdateView>;
export type FrozenItem = Static<typeof FrozenItem>;
export type CriterionView = Static<typeof CriterionView>;
export type VolumeView = Static<typeof VolumeView>;
export type ScribeEntry = Static<typeof ScribeEntry>;
