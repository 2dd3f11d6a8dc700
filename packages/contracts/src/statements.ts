// Words to everybody that the plan cleared beforehand, as they are filled, signed where more than the slots changed, and posted.
import { type Static, Type } from 'typebox';
import { ReplyState } from './cards.ts';
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

/** Two people let it out over missing signatures; the first asks, the second agrees in time, somebody else looks at it after. */
export const StatementGlass = Strict({
  reason: Type.String(),
  asked: Strict({ by: CrisisPerson, role: Type.String(), at: Instant }),
  until: Instant,
  agreed: Nullable(Strict({ by: CrisisPerson, role: Type.String(), at: Instant })),
  /** Left out while nobody reviewed it. */
  reviewed: Type.Optional(Strict({ by: CrisisPerson, at: Instant, note: Type.String() })),
});

/** The way out from one of our accounts: where it stands, as of a reply. There is one for each account it was ever queued for. */
export const PostingView = Strict({
  jobId: Id,
  accountId: Id,
  state: ReplyState,
  attempt: Type.Integer({ minimum: 0 }),
  queuedAt: Instant,
  publishedAt: Nullable(Instant),
  url: Nullable(Type.String()),
  says: Nullable(Type.String()),
  /** True when the receiver confirmed the very words. */
  matches: Type.Boolean(),
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
  /**
   * The first time it stood in public: who posted it, or queued it for the account. `url` null where the receiver gave none;
   * `accountId` left out where a person recorded it by hand.
   */
  posted: Nullable(
    Strict({ by: CrisisPerson, at: Instant, url: Nullable(Type.String()), accountId: Type.Optional(Id) }),
  ),
  /** Left out while it was queued for no account. */
  postings: Type.Optional(Type.Array(PostingView)),
});

/** A statement with who still has to sign it: one entry a signature, the roles of which one must. Empty when it may go out. */
export const StatementLine = Strict({ statement: StatementView, missing: Type.Array(Type.Array(Type.String())) });

export type StatementView = Static<typeof StatementView>;
export type StatementLine = Static<typeof StatementLine>;
export type StatementGlass = Static<typeof StatementGlass>;
export type PostingView = Static<typeof PostingView>;
export type StatementSignature = Static<typeof StatementSignature>;
