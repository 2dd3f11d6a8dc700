// What a mention is: as a source reports it, and as the room shows it.
import { type Static, Type } from 'typebox';
import { Id, Instant, Nullable, Strict } from './shapes.ts';

/** The person who posted, as far as the platform tells. `followers` is a count, null when unknown. */
export const Author = Strict({
  handle: Type.String({ minLength: 1, maxLength: 300 }),
  name: Type.String({ maxLength: 300 }),
  followers: Nullable(Type.Integer({ minimum: 0 })),
});

/** One public post as a connector hands it over. `nativeId` is the platform's own id; (platform, nativeId) is its identity (IN-1). */
export const SourceMention = Strict({
  platform: Type.String({ minLength: 1, maxLength: 40, pattern: '^[a-z0-9][a-z0-9-]*$' }),
  nativeId: Type.String({ minLength: 1, maxLength: 500 }),
  url: Nullable(Type.String({ maxLength: 2000 })),
  author: Author,
  text: Type.String({ maxLength: 20_000 }),
  postedAt: Instant,
  editedAt: Nullable(Instant),
  inReplyTo: Nullable(Type.String({ maxLength: 500 })),
  lang: Nullable(Type.String({ maxLength: 35 })),
  /** `private`: a direct message. It joins the private talk of its author's card and stands nowhere else (PV-4). */
  visibility: Type.Optional(Type.Union([Type.Literal('public'), Type.Literal('private')])),
});

export const SourceEvent = Type.Union([
  Strict({ type: Type.Literal('created'), mention: SourceMention }),
  Strict({ type: Type.Literal('edited'), mention: SourceMention }),
  Strict({
    type: Type.Literal('deleted'),
    platform: Type.String({ minLength: 1, maxLength: 40 }),
    nativeId: Type.String({ minLength: 1, maxLength: 500 }),
    at: Instant,
  }),
]);

/** Why a mention got its severity: one reason and the points (0..100) it added. */
export const Reason = Strict({ says: Type.String(), points: Type.Number() });

/** A mention as the room shows it. A deleted one keeps its place, its text emptied. */
export const MentionView = Strict({
  id: Id,
  sourceId: Id,
  platform: Type.String(),
  nativeId: Type.String(),
  url: Nullable(Type.String()),
  author: Author,
  text: Type.String(),
  postedAt: Instant,
  receivedAt: Instant,
  editedAt: Nullable(Instant),
  deletedAt: Nullable(Instant),
  inReplyTo: Nullable(Type.String()),
  lang: Nullable(Type.String()),
  /** 0..100, null until triaged. */
  severity: Nullable(Type.Number()),
  reasons: Type.Array(Reason),
  storyId: Nullable(Id),
  cardId: Nullable(Id),
});

/** What triage decided about one mention: a card is opened, one is joined, or it is left in the stream. */
export const Verdict = Strict({
  mentionId: Id,
  severity: Type.Number({ minimum: 0, maximum: 100 }),
  reasons: Type.Array(Reason),
  storyId: Nullable(Id),
  verdict: Type.Union([Type.Literal('open'), Type.Literal('attach'), Type.Literal('leave')]),
  /** A suggestion from the playbook's triage classes; staff decide. */
  suggestedClass: Nullable(Type.String()),
});

export type Author = Static<typeof Author>;
export type SourceMention = Static<typeof SourceMention>;
export type SourceEvent = Static<typeof SourceEvent>;
export type Reason = Static<typeof Reason>;
export type MentionView = Static<typeof MentionView>;
export type Verdict = Static<typeof Verdict>;
