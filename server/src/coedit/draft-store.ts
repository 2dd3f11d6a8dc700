// What the draft loop needs from whoever keeps the drafts: load, append, compact. The drafts services provide it.
import { PLAN_DRAFT } from '@rejoinder/contracts/drafts';

/** One generation of one draft. A generation never merges with another (D2). */
export type DraftKey = { roomId: string; draftId: string; generation: number };

/** Whose Yjs client ids are whose. A client id belongs to the first user who wrote with it (T9). */
export type DraftAuthors = { userId: string; clientIds: number[] }[];

/** How much one document may hold: UTF-16 units of text, bytes of state. */
export type DraftLimits = { textLength: number; stateBytes: number };

/** A change that was not taken: the words it would have brought, and how many characters it would have taken out. */
export type Aside = { userId: string; update: Uint8Array; words: string; takes: number };

export type DraftStore = {
  /**
   * The committed updates of this generation in order of `n`, and the client ids known to belong to people; with `after` only rows
   * past that number need come.
   * Throws Problem('not-found' | 'stale-generation').
   */
  load(
    key: DraftKey,
    after?: number,
  ): Promise<{ updates: Uint8Array[]; n: number; authors?: DraftAuthors; limits?: DraftLimits }>;
  /**
   * Appends one merged update, commits, and returns; `text` is the whole text after it. Voids differing sign-offs
   * in the same transaction. Throws a Problem when the draft may no longer change; then nothing was written. So too `resync` when
   * row `after` is not the newest any more: `text` would lack what was written since.
   */
  append(
    key: DraftKey,
    entry: { update: Uint8Array; text: string; authors: DraftAuthors; after?: number },
  ): Promise<{ n: number }>;
  /** Keeps what somebody typed as the text was frozen, for that person alone; false when it was not kept. */
  setAside?(key: DraftKey, aside: Aside): Promise<boolean>;
  /** Replaces rows 1..upTo by one snapshot row, in one transaction, under an advisory lock. */
  compact(key: DraftKey, upTo: number, snapshot: Uint8Array): Promise<void>;
};

/** Replies are kept by one store, the next plan of a room by another. */
export function eachByItsOwn(replies: DraftStore, plans: DraftStore): DraftStore {
  const of = (key: DraftKey): DraftStore => (key.draftId === PLAN_DRAFT ? plans : replies);
  return {
    load: (key, after) => of(key).load(key, after),
    append: (key, entry) => of(key).append(key, entry),
    compact: (key, upTo, snapshot) => of(key).compact(key, upTo, snapshot),
    setAside: async (key, aside) => (await of(key).setAside?.(key, aside)) ?? false,
  };
}

export const keyOf = (key: DraftKey): string => `${key.roomId}/${key.draftId}.${key.generation}`;
