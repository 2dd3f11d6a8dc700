// What colleagues say to each other about words of a reply, and what a person is told for it.
import { type Static, Type } from 'typebox';
import { Id, Instant, Nullable, Strict } from './shapes.ts';

export const COMMENT_LIMITS = { text: 2_000, quote: 300, threads: 200, replies: 100 } as const;

const Position = Type.String({ minLength: 2, maxLength: 200, pattern: '^[A-Za-z0-9+/]+={0,2}$' });

/** Where a comment stands: two Yjs relative positions in base64, before its first and after its last character. */
export const Anchor = Strict({ from: Position, to: Position });

/** A colleague whom a comment names. */
export const Told = Strict({ userId: Id, name: Type.String() });

export const CommentView = Strict({
  id: Id,
  by: Id,
  name: Type.String(),
  at: Instant,
  text: Type.String(),
  told: Type.Array(Told),
});

/** A comment on words with its answers, oldest first. `quote` is what the words were when it was made. */
export const ThreadView = Strict({
  id: Id,
  generation: Type.Integer({ minimum: 1 }),
  anchor: Anchor,
  quote: Type.String(),
  comments: Type.Array(CommentView, { minItems: 1 }),
  resolved: Nullable(Strict({ at: Instant, by: Type.String() })),
});

/** Something that waits for one person. */
export const NoticeView = Strict({
  id: Id,
  kind: Type.Union([Type.Literal('mentioned'), Type.Literal('answered')]),
  cardId: Id,
  threadId: Id,
  by: Type.String(),
  /** The comment, at most 200 characters. */
  says: Type.String(),
  at: Instant,
  readAt: Nullable(Instant),
});

export type Anchor = Static<typeof Anchor>;
export type Told = Static<typeof Told>;
export type CommentView = Static<typeof CommentView>;
export type ThreadView = Static<typeof ThreadView>;
export type NoticeView = Static<typeof NoticeView>;
