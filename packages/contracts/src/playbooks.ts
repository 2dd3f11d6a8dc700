// The written plan once it has been read: its head, its rules as people read them, and every block, each with its clause.
import { type Static, Type } from 'typebox';
import { Contact, Level, Role } from './plan-people.ts';
import { Calendar, Ladder, PlanClock, SignOff } from './plan-promises.ts';
import { PlanChannel, PrivatePlan, PrivatePolicy, Statement } from './plan-publics.ts';
import {
  BreakGlass,
  Freeze,
  LevelUpdates,
  PlanMeasure,
  RehearsalPlan,
  Retrospective,
  StandDown,
  WallPlan,
} from './plan-storm.ts';
import { CrisisType, Stage, Triage } from './plan-work.ts';
import { Nullable, Strict } from './shapes.ts';
import { Voice } from './voice-rules.ts';

/** Something wrong in a document, at its place (both count from 1): what is there, and what would be right. */
export const Fault = Strict({
  line: Type.Integer({ minimum: 1 }),
  column: Type.Integer({ minimum: 1 }),
  says: Type.String(),
  wants: Type.String(),
  clause: Type.Optional(Type.String()),
});

/** One numbered rule of the document as people read it. */
export const PlanRule = Strict({ clause: Type.String(), sentence: Type.String(), line: Type.Integer() });

export const Playbook = Strict({
  id: Type.String(),
  version: Type.Integer({ minimum: 1 }),
  title: Type.String(),
  owner: Type.String(),
  approvedBy: Nullable(Strict({ role: Type.String(), on: Type.String() })),
  reviewBy: Nullable(Type.String()),
  mustConfirmReading: Type.Array(Type.String()),
  /** ISO 4217; the money of every authority is in it. */
  currency: Type.String(),
  roles: Type.Array(Role),
  /** Pairs of parts that may not be one person; `author` and `only_signer` is the one that is enforced. */
  notOnePerson: Type.Array(Type.Array(Type.String())),
  contacts: Type.Array(Contact),
  /** Those of the plan; `always`, day and night, is built in and not listed. */
  calendars: Type.Array(Calendar),
  levels: Type.Array(Level),
  crisis: Type.Array(CrisisType),
  triage: Triage,
  /** In column order. */
  stages: Type.Array(Stage),
  signOffs: Type.Array(SignOff),
  clocks: Type.Array(PlanClock),
  ladders: Type.Array(Ladder),
  voice: Voice,
  channels: Type.Array(PlanChannel),
  privatePolicy: Nullable(PrivatePolicy),
  private: Nullable(PrivatePlan),
  statements: Type.Array(Statement),
  freeze: Nullable(Freeze),
  updates: Type.Array(LevelUpdates),
  standDown: Nullable(StandDown),
  retrospective: Nullable(Retrospective),
  breakGlass: Nullable(BreakGlass),
  wall: Nullable(WallPlan),
  rehearsal: Nullable(RehearsalPlan),
  measures: Type.Array(PlanMeasure),
  /** Every numbered rule in document order. */
  rules: Type.Array(PlanRule),
});

export type { Condition, Guard, GuardName, PerLevel, Strength } from './guards.ts';
export type { Ability, Authority, Contact, ContactPerson, Level, ReachBy, Role, Trigger } from './plan-people.ts';
export type { Agreement, Calendar, Ladder, LadderStep, PlanClock, SignOff } from './plan-promises.ts';
export type { PlanChannel, PrivatePlan, PrivatePolicy, Statement } from './plan-publics.ts';
export type {
  BreakGlass,
  Cadence,
  Freeze,
  LevelUpdates,
  PlanMeasure,
  RehearsalPlan,
  Retrospective,
  StandDown,
  WallPlan,
} from './plan-storm.ts';
export type { CrisisType, Field, Stage, StageLimit, StageText, Strategy, Triage, TriageClass } from './plan-work.ts';
export type { BannedPhrase, RequiredElement, Voice } from './voice-rules.ts';
export type Fault = Static<typeof Fault>;
export type PlanRule = Static<typeof PlanRule>;
export type Playbook = Static<typeof Playbook>;
