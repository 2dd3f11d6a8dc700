// The written plan once it has been read: stages in column order, roles, levels, sign-offs, clocks, voice, each with its clause.
import { type Static, Type } from 'typebox';
import { Guard, PerLevel, Strength } from './guards.ts';
import { Nullable, Strict } from './shapes.ts';
import { Voice } from './voice-rules.ts';

/** The closed list of things a role may be given. */
export const Ability = Type.Union([
  Type.Literal('view'),
  Type.Literal('triage'),
  Type.Literal('own'),
  Type.Literal('draft'),
  Type.Literal('move'),
  Type.Literal('sign'),
  Type.Literal('publish'),
  Type.Literal('settle'),
  Type.Literal('raise_level'),
  Type.Literal('lower_level'),
  Type.Literal('manage_sources'),
  Type.Literal('manage_people'),
  Type.Literal('adopt_playbook'),
  Type.Literal('break_glass'),
]);

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

export const Role = Strict({ id: Type.String(), name: Type.String(), may: Type.Array(Ability), clause: Type.String() });

export const Level = Strict({
  level: Type.Integer({ minimum: 1 }),
  name: Type.String(),
  /** What should make people raise to it, in words. Read; a person raises. */
  raisedBy: Type.Array(Type.String()),
  mayRaise: Type.Array(Type.String()),
  mayLower: Type.Array(Type.String()),
  /** Seconds at this level before it may be lowered. */
  lowerAfter: Type.Integer({ minimum: 0 }),
  clause: Type.String(),
});

/** `reply: false` means the class needs no answer. `firstStage` and `department` are suggestions of the plan. */
export const TriageClass = Strict({
  id: Type.String(),
  name: Type.String(),
  firstStage: Nullable(Type.String()),
  department: Nullable(Type.String()),
  reply: Type.Boolean(),
  /** Words that suggest this class to triage; plain words, any case. */
  words: Type.Array(Type.String()),
  clause: Type.String(),
});

/** An assessment field. `choices` null means free text. `class` and `department` are made from the lists above them. */
export const Field = Strict({
  id: Type.String(),
  name: Type.String(),
  choices: Nullable(Type.Array(Strict({ id: Type.String(), name: Type.String() }))),
});

export const Triage = Strict({ classes: Type.Array(TriageClass), fields: Type.Array(Field) });

export const StageText = Type.Union([
  Type.Literal('editable'),
  Type.Literal('edits-void-sign-offs'),
  Type.Literal('frozen'),
  Type.Literal('none'),
]);

export const StageLimit = Strict({
  cards: Nullable(Type.Integer()),
  perPerson: Nullable(Type.Integer()),
  strength: Strength,
  clause: Type.String(),
});

export const Stage = Strict({
  id: Type.String(),
  /** The column's name: the heading above the block. */
  title: Type.String(),
  /** The paragraph between heading and block. */
  purpose: Type.String(),
  /** The stage's door in one plain sentence. */
  sentence: Type.String(),
  clause: Type.String(),
  workedBy: Type.Array(Type.String()),
  text: StageText,
  limit: Nullable(StageLimit),
  enter: Type.Array(Guard),
  leave: Type.Array(Guard),
  /** Forward moves allowed from here. */
  next: Type.Union([Type.Literal('all'), Type.Array(Type.String())]),
  clocks: Type.Array(Type.String()),
  onWall: Type.Boolean(),
  /** Seconds a card should at most stay, per level; null when the plan sets none. */
  timeLimit: Nullable(PerLevel(Type.Integer())),
  checklist: Type.Array(Type.String()),
  /** Cards here are closed. */
  final: Type.Boolean(),
});

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
  covers: Type.Array(Type.String()),
  /** Seconds a signature stays good. */
  lifetime: PerLevel(Type.Integer()),
  clause: Type.String(),
});

export const PlanClock = Strict({
  id: Type.String(),
  name: Type.String(),
  starts: Type.String(),
  stops: Type.String(),
  neverStoppedBy: Type.Array(Type.String()),
  calendar: Type.String(),
  /** Seconds from start to due. */
  target: PerLevel(Type.Integer()),
  /** Warning points as shares of the target, rising: the first is amber, the second red. */
  warnAt: Type.Array(Type.Number()),
  clause: Type.String(),
});

export const PrivatePolicy = Type.Union([
  Type.Literal('personal_data_only'),
  Type.Literal('prefer_private'),
  Type.Literal('either'),
]);

/** A block of a kind this version reads and keeps but does not enforce. */
export const KeptBlock = Strict({
  kind: Type.String(),
  id: Nullable(Type.String()),
  data: Type.Unknown(),
  clause: Type.String(),
  line: Type.Integer(),
});

export const Playbook = Strict({
  id: Type.String(),
  version: Type.Integer({ minimum: 1 }),
  title: Type.String(),
  owner: Type.String(),
  approvedBy: Nullable(Strict({ role: Type.String(), on: Type.String() })),
  reviewBy: Nullable(Type.String()),
  mustConfirmReading: Type.Array(Type.String()),
  roles: Type.Array(Role),
  /** Pairs of parts that may not be one person; `author` and `only_signer` is the one that is enforced. */
  notOnePerson: Type.Array(Type.Array(Type.String())),
  levels: Type.Array(Level),
  triage: Triage,
  /** In column order. */
  stages: Type.Array(Stage),
  signOffs: Type.Array(SignOff),
  clocks: Type.Array(PlanClock),
  voice: Voice,
  privatePolicy: Nullable(PrivatePolicy),
  kept: Type.Array(KeptBlock),
  /** Every numbered rule in document order. */
  rules: Type.Array(PlanRule),
});

export type { Condition, Guard, GuardName, PerLevel, Strength } from './guards.ts';
export type { BannedPhrase, RequiredElement, Voice } from './voice-rules.ts';
export type Ability = Static<typeof Ability>;
export type Fault = Static<typeof Fault>;
export type PlanRule = Static<typeof PlanRule>;
export type Role = Static<typeof Role>;
export type Level = Static<typeof Level>;
export type TriageClass = Static<typeof TriageClass>;
export type Field = Static<typeof Field>;
export type Triage = Static<typeof Triage>;
export type StageText = Static<typeof StageText>;
export type StageLimit = Static<typeof StageLimit>;
export type Stage = Static<typeof Stage>;
export type Agreement = Static<typeof Agreement>;
export type SignOff = Static<typeof SignOff>;
export type PlanClock = Static<typeof PlanClock>;
export type PrivatePolicy = Static<typeof PrivatePolicy>;
export type KeptBlock = Static<typeof KeptBlock>;
export type Playbook = Static<typeof Playbook>;
