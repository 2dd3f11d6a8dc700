// What a written plan says about the crisis as a whole: freeze, updates, stand-down, retrospective, break-glass, wall, rehearsal, measures.
import { type Static, Type } from 'typebox';
import { Guard, PerLevel } from './guards.ts';
import { Nullable, Strict } from './shapes.ts';

export const Freeze = Strict({
  fromLevel: Type.Integer({ minimum: 1 }),
  what: Type.Array(Type.String()),
  /** Who confirms that it is done, within so many seconds. */
  confirmedBy: Type.Array(Type.String()),
  within: PerLevel(Type.Integer()),
  releasedBy: Type.Array(Type.String()),
  clause: Type.String(),
});

/** Every so many seconds; after `for` seconds every `afterwards`. */
export const Cadence = Strict({
  every: Type.Integer(),
  for: Nullable(Type.Integer()),
  afterwards: Nullable(Type.Integer()),
});

export const LevelUpdates = Strict({
  level: Type.Integer({ minimum: 1 }),
  internal: Nullable(Cadence),
  public: Nullable(Cadence),
  by: Type.Array(Type.String()),
  to: Type.Array(Type.String()),
  /** Every update names the time of the next. */
  namesNext: Type.Boolean(),
  clause: Type.String(),
});

/** All criteria must hold without a break for so long; a criterion may have a time of its own. */
export const StandDown = Strict({
  criteria: Type.Array(Strict({ guard: Guard, heldFor: Nullable(PerLevel(Type.Integer())) })),
  heldFor: PerLevel(Type.Integer()),
  decidedBy: Type.Array(Type.String()),
  clause: Type.String(),
});

export const Retrospective = Strict({
  within: Type.Integer(),
  ledBy: Nullable(Type.String()),
  attendedBy: Type.Array(Type.String()),
  asks: Type.Array(Type.String()),
  /** Whether “you said, we did” goes out in public. */
  publishes: Type.Boolean(),
  clause: Type.String(),
});

export const BreakGlass = Strict({
  /** Two roles, held by two people. */
  who: Type.Array(Type.String()),
  /** Names of guards that may be passed over. */
  over: Type.Array(Type.String()),
  fromLevel: Type.Integer({ minimum: 1 }),
  /** Seconds of silence before it is offered. */
  after: Nullable(PerLevel(Type.Integer())),
  marks: Type.Array(Type.String()),
  tells: Type.Array(Type.String()),
  /** Seconds until it has been reviewed. */
  reviewWithin: Type.Integer(),
  reviewedBy: Type.Array(Type.String()),
  clause: Type.String(),
});

export const WallPlan = Strict({
  shows: Type.Array(Type.String()),
  /** Seconds after which the wall says that its data is old, and after which it is unmistakable. */
  oldAfter: Type.Integer(),
  staleAfter: Type.Integer(),
  linkLifetime: Nullable(Type.Integer()),
  clause: Type.String(),
});

export const RehearsalPlan = Strict({
  every: Type.Integer(),
  takenBy: Type.Array(Type.String()),
  lasts: Nullable(Type.Integer()),
  /** How many posts a minute. */
  pace: PerLevel(Type.Integer()),
  /** Passed when the measures named here reach their targets. */
  passedWhen: Type.Array(Type.String()),
  clause: Type.String(),
});

/** A figure the report gives, with what we hold ourselves to: seconds, a share from 0 to 1, or a count. */
export const PlanMeasure = Strict({
  id: Type.String(),
  target: Nullable(PerLevel(Type.Number())),
  public: Type.Boolean(),
  clause: Type.String(),
});

export type Freeze = Static<typeof Freeze>;
export type Cadence = Static<typeof Cadence>;
export type LevelUpdates = Static<typeof LevelUpdates>;
export type StandDown = Static<typeof StandDown>;
export type Retrospective = Static<typeof Retrospective>;
export type BreakGlass = Static<typeof BreakGlass>;
export type WallPlan = Static<typeof WallPlan>;
export type RehearsalPlan = Static<typeof RehearsalPlan>;
export type PlanMeasure = Static<typeof PlanMeasure>;
