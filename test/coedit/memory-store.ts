// A draft store in memory, for what must be tried a hundred thousand times: the loop's own code, without a database behind it.
import * as Y from 'yjs';
import { type DraftAuthors, type DraftKey, type DraftStore, keyOf } from '../../server/src/coedit/draft-store.ts';

type Kept = { rows: { n: number; update: Uint8Array }[]; n: number; text: string; owners: Map<number, string> };
export type MemoryStore = DraftStore & {
  /** The text as the last append said it, and as the fold of the log. */
  text: (key: DraftKey) => { said: string; folded: string };
  owners: (key: DraftKey) => ReadonlyMap<number, string>;
};

export function memoryStore(): MemoryStore {
  const drafts = new Map<string, Kept>();
  const of = (key: DraftKey): Kept => {
    const known = drafts.get(keyOf(key));
    if (known) return known;
    const made: Kept = { rows: [], n: 0, text: '', owners: new Map() };
    drafts.set(keyOf(key), made);
    return made;
  };
  return {
    async load(key) {
      const { rows, n, owners } = of(key);
      const authors: DraftAuthors = [...owners].map(([id, userId]) => ({ userId, clientIds: [id] }));
      return { updates: rows.map((row) => row.update), n, authors };
    },
    async append(key, { update, text, authors }) {
      const kept = of(key);
      kept.n += 1;
      kept.rows.push({ n: kept.n, update });
      kept.text = text;
      for (const { userId, clientIds } of authors)
        for (const id of clientIds) if (!kept.owners.has(id)) kept.owners.set(id, userId);
      return { n: kept.n };
    },
    async compact(key, upTo, snapshot) {
      const kept = of(key);
      kept.rows = [{ n: upTo, update: snapshot }, ...kept.rows.filter((row) => row.n > upTo)];
    },
    text(key) {
      const doc = new Y.Doc();
      for (const { update } of of(key).rows) Y.applyUpdate(doc, update);
      return { said: of(key).text, folded: doc.getText('text').toString() };
    },
    owners: (key) => of(key).owners,
  };
}
