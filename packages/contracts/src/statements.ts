// Words to everybody that the plan cleared beforehand, as they are filled, signed where more than the slots changed, and posted.
import { type Static, Type } from 'typebox';
import { CrisisPerson, StatementKind } from './crisis.ts';
import { Id, Instant, Nullable, Strict } from './shapes.ts';

/** A signature over exactly these words; `standsFor` the role that was silent too long. */
export const StatementSignature = Strict({
  by: CrisisPerson,
  role: Type.String(),
  standsFor: Nullable(Type.String()),
  at: Instant,
  expiresAt: Nullable(Instant),
});

/** Two people let it out over missing signatures; the first asks, the second agrees in time. */
export const StatementGlass = Strict({
  reason: Type.String(),
  asked: Strict({ by: CrisisPerson, role: Type.String(), at: Instant }),
  until: Instant,
  agreed: Nullable(Strict({ by: CrisisPerson, role: Type.String(), at: Instant })),
});

/** `changed`: more than the slots differ from what was cleared, so that it has to be signed. The words of one id never change. */
export const StatementView = Strict({
  id: Id,
  planId: Type.String(),
  kind: StatementKind,
  text: Type.String(),
  changed: Type.Boolean(),
  fingerprint: Type.String(),
  prepared: Strict({ by: CrisisPerson, at: Instant }),
  signatures: Type.Array(StatementSignature),
  glass: Nullable(StatementGlass),
  posted: Nullable(Strict({ by: CrisisPerson, at: Instant, url: Type.String() })),
});

/** A statement with who still has to sign it: one entry a signature, the roles of which one must. Empty when it may go out. */
export const StatementLine = Strict({ statement: StatementView, missing: Type.Array(Type.Array(Type.String())) });

export type StatementView = Static<typeof StatementView>;
export type StatementLine = Static<typeof StatementLine>;
export type StatementGlass = Static<typeof StatementGlass>;
export type StatementSignature = Static<typeof StatementSignature>;
