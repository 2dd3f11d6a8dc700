// What a written plan promises: whose signatures, by when, after whose hours, and who is asked when time runs out.
import { type Static, Type } from 'typebox';
import { PerLevel } from './guards.ts';
import { ReachBy } from './plan-people.ts';
import { Nullable, Strict } from './shapes.ts';

/** Roles that must agree: `all`, `any` one, or `quorum` different roles of the list. Each role signs once. */
export const Agreement = Strict({
  need: Type.Union([Type.Literal('all'), Type.Literal('any'), Type.Literal('quorum')]),
  quorum: Type.Integer({ minimum: 1 }),
  roles: Type.Array(Type.String()),
  /** Needed as well when the words touch liability. */
  ifLiability: Type.Array(Type.String()),
});

export const SignOff = Strict({
  id: Type.String(),
  agree: PerLevel(Agreement),
  /** `in_order`: each is asked once the one before has signed. */
  order: PerLevel(Type.Union([Type.Literal('parallel'), Type.Literal('in_order')])),
  covers: Type.Array(Type.String()),
  /** Seconds a signature stays good. */
  lifetime: PerLevel(Type.Integer()),
  /** What makes a signature void. */
  voidedBy: Type.Array(Type.String()),
  /** Who may sign for a role that was silent for so many seconds. */
  deputies: Nullable(
    Strict({
      after: PerLevel(Type.Integer()),
      roles: Type.Array(Strict({ role: Type.String(), deputy: Type.String() })),
    }),
  ),
  clause: Type.String(),
});

export const PlanClock = Strict({
  id: Type.String(),
  name: Type.String(),
  starts: Type.String(),
  stops: Type.String(),
  /** While one of these holds, time does not run. */
  pauses: Type.Array(Type.String()),
  neverStoppedBy: Type.Array(Type.String()),
  calendar: Type.String(),
  /** The lowest level at which it runs. */
  fromLevel: Type.Integer({ minimum: 1 }),
  /** Seconds from start to due. */
  target: PerLevel(Type.Integer()),
  /** Warning points as shares of the target, rising: the first is amber, the second red. */
  warnAt: Type.Array(Type.Number()),
  /** Ladders that start at the last warning and at the breach. */
  onWarning: Nullable(Type.String()),
  onBreach: Nullable(Type.String()),
  clause: Type.String(),
});

/** One opening: ISO weekday (1 Monday to 7 Sunday), minutes of the day. */
export const OpenWindow = Strict({ day: Type.Integer(), from: Type.Integer(), to: Type.Integer() });

export const Calendar = Strict({
  id: Type.String(),
  zone: Type.String(),
  windows: Type.Array(OpenWindow),
  /** Dates on which it is closed. */
  holidays: Type.Array(Type.String()),
  /** Dates with windows of their own, instead of those of the weekday or holiday. */
  exceptions: Type.Array(
    Strict({ on: Type.String(), windows: Type.Array(Strict({ from: Type.Integer(), to: Type.Integer() })) }),
  ),
  clause: Type.String(),
});

/** `whom` is `owner`, `primary`, `deputy`, `out_of_hours`, `signers`, or a role. Seconds after the step before it. */
export const LadderStep = Strict({
  whom: Type.String(),
  after: PerLevel(Type.Integer()),
  channels: Type.Array(ReachBy),
  clause: Type.String(),
});

export const Ladder = Strict({
  id: Type.String(),
  name: Type.String(),
  steps: Type.Array(LadderStep),
  /** So many have to accept before it stops. */
  accepts: Type.Integer({ minimum: 1 }),
  /** A step with nobody in it is passed over at once, and shown. */
  onEmpty: Type.Literal('skip_and_show'),
  /** Seconds without progress after somebody accepted, until it begins again. */
  reopenAfter: Nullable(PerLevel(Type.Integer())),
  clause: Type.String(),
});

export type Agreement = Static<typeof Agreement>;
export type SignOff = Static<typeof SignOff>;
export type PlanClock = Static<typeof PlanClock>;
export type OpenWindow = Static<typeof OpenWindow>;
export type Calendar = Static<typeof Calendar>;
export type LadderStep = Static<typeof LadderStep>;
export type Ladder = Static<typeof Ladder>;
