// How a written plan has the work done: how a post is assessed, the crisis types with their strategies, and the stages.
import { type Static, Type } from 'typebox';
import { Guard, PerLevel, Strength } from './guards.ts';
import { Nullable, OneOf, Strict } from './shapes.ts';

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

/** `required`: fields every card has before it leaves assessment. */
export const Triage = Strict({
  classes: Type.Array(TriageClass),
  fields: Type.Array(Field),
  required: Type.Array(Type.String()),
});

/** The response strategies a plan may allow or forbid, from denial to rebuilding. */
export const STRATEGIES = [
  'inform',
  'express_sympathy',
  'correct',
  'deny',
  'attack_accuser',
  'blame_others',
  'excuse',
  'justify',
  'remind',
  'thank_supporters',
  'point_out_harm_to_us',
  'compensate',
  'apologise',
] as const;
export type Strategy = (typeof STRATEGIES)[number];
export const Strategy = OneOf(STRATEGIES);

/** Who bears the fault: nobody here (victim), us without intent (accidental), us (preventable). */
export const CrisisType = Strict({
  id: Type.Union([Type.Literal('victim'), Type.Literal('accidental'), Type.Literal('preventable')]),
  name: Type.String(),
  /** How one tells it, in words. */
  signs: Type.Array(Type.String()),
  allowed: Type.Array(Strategy),
  forbidden: Type.Array(Strategy),
  clause: Type.String(),
});

export const StageText = Type.Union([
  Type.Literal('editable'),
  Type.Literal('edits-void-sign-offs'),
  Type.Literal('frozen'),
  Type.Literal('none'),
]);

/** Per level; null where the plan sets no such number. */
export const StageLimit = Strict({
  cards: Nullable(PerLevel(Type.Integer())),
  perPerson: Nullable(PerLevel(Type.Integer())),
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
  /** The ladder that starts when a card stays longer. */
  ladder: Nullable(Type.String()),
  /** What is to be ticked here, per level. An item is known by its words. */
  checklist: PerLevel(Type.Array(Type.String())),
  /** Cards here are closed. */
  final: Type.Boolean(),
  /** For a final stage: a card whose author comes back within so many seconds opens again in that stage. */
  reopens: Nullable(Strict({ within: Type.Integer(), to: Type.String() })),
});

export type TriageClass = Static<typeof TriageClass>;
export type Field = Static<typeof Field>;
export type Triage = Static<typeof Triage>;
export type CrisisType = Static<typeof CrisisType>;
export type StageText = Static<typeof StageText>;
export type StageLimit = Static<typeof StageLimit>;
export type Stage = Static<typeof Stage>;
