// What the draft loop needs from whoever keeps the drafts: load, append, compact. The drafts service provides it.

/** One generation of one draft. A generation never merges with another (D2). */
export type DraftKey = { roomId: string; draftId: string; generation: number };

/** Whose Yjs client ids are whose. A client id belongs to the first user who wrote with it (T9). */
export type DraftAuthors = { userId: string; clientIds: number[] }[];

export type DraftStore = {
  /**
   * The committed updates of this generation in order of `n`, and the client ids known to belong to people.
   * Throws Problem('not-found' | 'stale-generation').
   */
  load(key: DraftKey): Promise<{ updates: Uint8Array[]; n: number; authors?: DraftAuthors }>;
  /**
   * Appends one merged update, commits, and returns; `text` is the whole text after it. Voids differing sign-offs
   * in the same transaction. Throws a Problem when the draft may no longer change; then nothing was written.
   */
  append(key: DraftKey, entry: { update: Uint8Array; text: string; authors: DraftAuthors }): Promise<{ n: number }>;
  /** Replaces rows 1..upTo by one snapshot row, in one transaction, under an advisory lock. */
  compact(key: DraftKey, upTo: number, snapshot: Uint8Array): Promise<void>;
};

export const keyOf = (key: DraftKey): string => `${key.roomId}/${key.draftId}.${key.generation}`;
