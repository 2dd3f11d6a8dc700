// The story: mentions and cards that are about the same thing; and its fact sheet, versioned and approved like words that are signed.
import { type Static, Type } from 'typebox';
import { Id, Instant, Nullable, Strict } from './shapes.ts';

/** How much one sheet and one fact hold. */
export const SHEET_LIMITS = { facts: 60, text: 400, source: 300 } as const;

/** One short statement, and where we have it from. */
export const Fact = Strict({
  text: Type.String({ minLength: 1, maxLength: SHEET_LIMITS.text }),
  source: Type.String({ maxLength: SHEET_LIMITS.source }),
});

/** One version of a story's fact sheet. Nobody changes a version: an edit makes the next one. */
export const FactSheet = Strict({
  storyId: Id,
  version: Type.Integer({ minimum: 1 }),
  facts: Type.Array(Fact),
  /** Over these exact facts; who approves names it. */
  fingerprint: Type.String(),
  written: Strict({ userId: Id, name: Type.String(), at: Instant }),
  approved: Nullable(Strict({ userId: Id, name: Type.String(), role: Type.String(), at: Instant })),
});

/** What a board knows of a story that people gave a name, merged, split or wrote facts for. Others are known by their cards alone. */
export const StoryView = Strict({
  id: Id,
  /** Null: the words of its first post stand for it. */
  title: Nullable(Type.String()),
  /** Its cards and later mentions belong to that story. */
  mergedInto: Nullable(Id),
  /** The newest version of its fact sheet, and the approved one. */
  sheet: Nullable(Strict({ newest: Type.Integer(), approved: Nullable(Type.Integer()) })),
});

/** A line of the list of stories. `words` are those of its first post. */
export const StoryLine = Strict({
  id: Id,
  words: Type.String(),
  mentions: Type.Integer({ minimum: 0 }),
  firstAt: Nullable(Instant),
  lastAt: Nullable(Instant),
});

/** A reply that stands in public and was checked against an older sheet than the approved one. */
export const SentReply = Strict({
  cardId: Id,
  author: Type.String(),
  text: Type.String(),
  publishedAt: Instant,
  url: Nullable(Type.String()),
  version: Type.Integer(),
  /** What it says that no approved fact covers now; what is not covered comes first in the list. */
  outside: Type.Array(Type.String()),
});

export const StoryPage = Strict({
  story: StoryView,
  line: StoryLine,
  /** Mentions over its life, in equal parts of the time from first to last. */
  volume: Type.Array(Type.Integer()),
  /** Stories that were merged into this one. */
  merged: Type.Array(Strict({ id: Id, title: Type.String() })),
  /** Versions of its fact sheet, newest first. */
  sheets: Type.Array(FactSheet),
  sent: Type.Array(SentReply),
});

export type Fact = Static<typeof Fact>;
export type FactSheet = Static<typeof FactSheet>;
export type StoryView = Static<typeof StoryView>;
export type StoryLine = Static<typeof StoryLine>;
export type SentReply = Static<typeof SentReply>;
export type StoryPage = Static<typeof StoryPage>;
