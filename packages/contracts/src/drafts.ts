// The draft socket's words: names, frame types, limits. Shared by the editor and the server's draft loop.
import { type Static, Type } from 'typebox';
import { PictureView } from './pictures.ts';
import { Id, Instant, Nullable, Strict } from './shapes.ts';

/** Name of the one shared text in a draft's Yjs document. Every other root is refused (D8). */
export const DRAFT_ROOT = 'text';

/** y-websocket's own frame types. */
export const FRAME_SYNC = 0;
export const FRAME_AWARENESS = 1;
export const FRAME_QUERY_AWARENESS = 3;
/** Server → client: varuint count of this socket's update frames (sync step 2 and update) that are committed. */
export const FRAME_SAVED = 4;
/** Server → client: a string of JSON, `DraftState`. Sent on connect and on every change. */
export const FRAME_STATE = 5;

/** Server → client: what this person typed into the frozen text is kept on the server; the page starts from its text again. */
export const FRAME_SET_ASIDE = 6;

/** Caps of the draft loop: bytes a frame, bytes a document, UTF-16 units of text, author ids an update, bytes an awareness state. */
export const DRAFT_LIMITS = {
  frameBytes: 64 * 1024,
  stateBytes: 256 * 1024,
  textLength: 10_000,
  authorsPerUpdate: 16,
  awarenessBytes: 1024,
  queueSoftBytes: 256 * 1024,
  queueHardBytes: 1024 * 1024,
} as const;

/** The draft of a room's next plan is a draft like the others, under this name and with room for a whole plan. */
export const PLAN_DRAFT = 'plan';
export const PLAN_LIMITS = { stateBytes: 1024 * 1024, textLength: 262_144 } as const;

/** What this person may do with the draft now, and why. */
export const DraftState = Strict({
  state: Type.Union([Type.Literal('editable'), Type.Literal('read-only'), Type.Literal('frozen')]),
  says: Type.String(),
});
export type DraftState = Static<typeof DraftState>;

/** Path of the draft socket below the origin; a stale generation is answered 409 (D2). */
export const draftPath = (roomId: string, draftId: string, generation: number): string =>
  `/yjs/${roomId}/${draftId}.${generation}`;

/** The next plan as it is being written: its text as the server has it. */
export const PlanDraft = Strict({
  generation: Type.Integer({ minimum: 1 }),
  text: Type.String(),
  startedBy: Type.String(),
  startedAt: Instant,
  changedAt: Instant,
});
export type PlanDraft = Static<typeof PlanDraft>;

/** The exact words as they stand on the server, with the fingerprint a signer agrees to. */
export const DraftText = Strict({
  draftId: Id,
  generation: Type.Integer(),
  text: Type.String(),
  fingerprint: Type.String(),
  changedAt: Instant,
  /** In the order they are posted; left out for a reply without pictures. */
  pictures: Type.Optional(Type.Array(PictureView)),
  /** The words the asking person signed last on this card, whatever became of that signature; null when none. */
  mine: Type.Optional(
    Nullable(
      Strict({ text: Type.String(), role: Type.String(), signedAt: Instant, pictures: Type.Array(PictureView) }),
    ),
  ),
});
export type DraftText = Static<typeof DraftText>;
