// What was said privately with a person: the entries only those who work the private stage read, and the counts everybody sees.
import { type Static, Type } from 'typebox';
import { Id, Instant, Nullable, Strict } from './shapes.ts';

/** What they said, what we said, or a note among ourselves. */
export const PrivateKind = Type.Union([Type.Literal('from_them'), Type.Literal('from_us'), Type.Literal('note')]);

/** Why words were replaced: their time was over, a person did it, or their author took them back. */
export const RedactedWhy = Type.Union([Type.Literal('time'), Type.Literal('asked'), Type.Literal('deleted')]);

/** One entry. Who and when stay when its words are redacted; the text is then empty. */
export const PrivateEntry = Strict({
  id: Id,
  kind: PrivateKind,
  text: Type.String(),
  /** Who said or noted it, as people call them. */
  by: Type.String(),
  /** Where it came from by itself; null when somebody wrote it down. */
  platform: Nullable(Type.String()),
  saidAt: Instant,
  recordedAt: Instant,
  redacted: Nullable(Strict({ at: Instant, why: RedactedWhy, by: Type.String() })),
});

/** What the board shows of a private talk: counts and instants, never a word. */
export const PrivateView = Strict({
  entries: Type.Integer({ minimum: 0 }),
  redacted: Type.Integer({ minimum: 0 }),
  lastAt: Nullable(Instant),
  /** When the card went private in this round; null when it did not. */
  since: Nullable(Instant),
  /** When it came out of there. */
  backAt: Nullable(Instant),
  /** When the words are redacted by themselves; null while that is not known or nothing is left to redact. */
  redactAt: Nullable(Instant),
});

export type PrivateKind = Static<typeof PrivateKind>;
export type RedactedWhy = Static<typeof RedactedWhy>;
export type PrivateEntry = Static<typeof PrivateEntry>;
export type PrivateView = Static<typeof PrivateView>;
