// What a written plan says about places and texts in public: accounts, the private policy, statements cleared beforehand.
import { type Static, Type } from 'typebox';
import { PerLevel } from './guards.ts';
import { Nullable, Strict } from './shapes.ts';

/** How we are on one platform. A post whose outcome is unknown is held for a person, never sent again by itself. */
export const PlanChannel = Strict({
  platform: Type.String(),
  accounts: Type.Array(Type.String()),
  publishedBy: PerLevel(Type.Array(Type.String())),
  /** Who says that a post stands: the platform's answer, its notice later, or a person who looked. */
  confirmedBy: Type.Union([Type.Literal('answer'), Type.Literal('notice'), Type.Literal('person')]),
  onUnknown: Type.Literal('hold_for_person'),
  clause: Type.String(),
});

export const PrivatePolicy = Type.Union([
  Type.Literal('personal_data_only'),
  Type.Literal('prefer_private'),
  Type.Literal('either'),
]);

export const PrivatePlan = Strict({
  policy: PrivatePolicy,
  /** What is said in public before the talk goes private. */
  pointer: Nullable(Type.String()),
  /** Seconds until we are back in public; `declined` counts when the person does not want it. */
  returns: Nullable(Strict({ within: PerLevel(Type.Integer()), declinedCounts: Type.Boolean() })),
  /** Seconds after the end until the private text is redacted. */
  redactAfter: Nullable(Type.Integer()),
  clause: Type.String(),
});

/** A text cleared beforehand. `{slot}` marks in it may be filled; anything else changed needs signatures again. */
export const Statement = Strict({
  id: Type.String(),
  kind: Type.Union([
    Type.Literal('holding'),
    Type.Literal('correction'),
    Type.Literal('retraction'),
    Type.Literal('closing'),
  ]),
  text: Type.String(),
  slots: Type.Array(Strict({ id: Type.String(), name: Type.String() })),
  levels: Type.Array(Type.Integer()),
  /** The last day on which it may be used. */
  validUntil: Nullable(Type.String()),
  clearedBy: Type.Array(Type.String()),
  clause: Type.String(),
});

export type PlanChannel = Static<typeof PlanChannel>;
export type PrivatePolicy = Static<typeof PrivatePolicy>;
export type PrivatePlan = Static<typeof PrivatePlan>;
export type Statement = Static<typeof Statement>;
