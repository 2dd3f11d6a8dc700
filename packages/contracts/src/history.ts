// The life of a reply: its steps, who wrote which of them, its named versions, and the texts it replaced.
import { type Static, Type } from 'typebox';
import { PictureView } from './pictures.ts';
import { Id, Instant, Nullable, Strict } from './shapes.ts';

/** What is kept of one generation: beyond it the oldest part is told in larger steps, and at last as the text it led to. */
export const HISTORY_LIMITS = { steps: 4_000, bytes: 1024 * 1024 } as const;

/** One committed change: its number, when it was stored, and the Yjs update in base64. */
export const DraftStep = Strict({ n: Type.Integer({ minimum: 0 }), at: Instant, update: Type.String() });

/** Whose Yjs client id is whose. */
export const DraftWriter = Strict({ clientId: Type.Integer({ minimum: 0 }), userId: Id, name: Type.String() });

/** One text of the reply from its start to what replaced it. `from` is the version it was restored from. */
export const DraftGeneration = Strict({
  generation: Type.Integer({ minimum: 1 }),
  how: Type.Union([Type.Literal('started'), Type.Literal('anew'), Type.Literal('restored')]),
  at: Nullable(Instant),
  by: Nullable(Type.String()),
  reason: Type.String(),
  from: Nullable(Strict({ generation: Type.Integer(), n: Type.Integer() })),
});

/** A named version: somebody signed these words, or they went out. `voided` says why a signature no longer counts. */
export const DraftMark = Strict({
  kind: Type.Union([Type.Literal('signed'), Type.Literal('published')]),
  n: Type.Integer({ minimum: 0 }),
  at: Instant,
  by: Type.String(),
  role: Nullable(Type.String()),
  voided: Nullable(Type.String()),
  /** Those that belonged to this version; left out where there were none. */
  pictures: Type.Optional(Type.Array(PictureView)),
});

/** One generation step by step, with the list of all of them. */
export const DraftHistory = Strict({
  draftId: Id,
  /** The generation that is written in now. */
  current: Type.Integer({ minimum: 1 }),
  shown: Type.Integer({ minimum: 1 }),
  generations: Type.Array(DraftGeneration),
  steps: Type.Array(DraftStep),
  writers: Type.Array(DraftWriter),
  /** Those of the shown generation. */
  marks: Type.Array(DraftMark),
});

/** Something typed as the text was frozen: its words, how many characters it takes out, and the change in base64. */
export const SetAside = Strict({
  id: Id,
  generation: Type.Integer({ minimum: 1 }),
  at: Instant,
  words: Type.String(),
  takes: Type.Integer({ minimum: 0 }),
  update: Type.String(),
});

export type SetAside = Static<typeof SetAside>;
export type DraftStep = Static<typeof DraftStep>;
export type DraftWriter = Static<typeof DraftWriter>;
export type DraftGeneration = Static<typeof DraftGeneration>;
export type DraftMark = Static<typeof DraftMark>;
export type DraftHistory = Static<typeof DraftHistory>;
