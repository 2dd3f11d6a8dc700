// Versions of a room's plan: which there were, who has confirmed reading them, and what taking another would do.
import { type Static, Type } from 'typebox';
import { Missing } from './problems.ts';
import { Id, Instant, Nullable, Strict } from './shapes.ts';

export const PlanNamed = Strict({ id: Type.String(), version: Type.Integer() });

/** Somebody said that they read this version; `roles` are those they held then. */
export const PlanReader = Strict({ userId: Id, name: Type.String(), roles: Type.Array(Type.String()), at: Instant });

export const PlanVersion = Strict({
  id: Type.String(),
  version: Type.Integer(),
  title: Type.String(),
  adoptedAt: Instant,
  adoptedBy: Type.String(),
  running: Type.Boolean(),
  /** Roles whose holders must confirm that they read it. */
  mustConfirm: Type.Array(Type.String()),
  readers: Type.Array(PlanReader),
});

/** A card that stands in a stage the new plan lacks, and where it goes. */
export const CardGoes = Strict({ cardId: Id, author: Type.String(), from: Type.String(), to: Type.String() });

/** A card that would not be let into its stage by the new plan, though the old one would. */
export const CardLacks = Strict({
  cardId: Id,
  author: Type.String(),
  stage: Type.String(),
  missing: Type.Array(Missing),
});

/** What taking a plan would do to the room as it stands. `diff` is rule by rule; see packages/playbook diff. */
export const PlanPreview = Strict({
  from: PlanNamed,
  to: PlanNamed,
  diff: Type.Unknown({ description: 'Rules and stages added, removed and changed; see docs/playbook.md.' }),
  goes: Type.Array(CardGoes),
  lacks: Type.Array(CardLacks),
  /** The room's level when the new plan has fewer. */
  level: Nullable(Strict({ from: Type.Integer(), to: Type.Integer() })),
  /** Members who hold none of the new plan's roles any more. */
  withoutRole: Type.Array(Strict({ userId: Id, name: Type.String() })),
});

export type PlanReader = Static<typeof PlanReader>;
export type PlanVersion = Static<typeof PlanVersion>;
export type CardGoes = Static<typeof CardGoes>;
export type CardLacks = Static<typeof CardLacks>;
export type PlanPreview = Static<typeof PlanPreview>;
