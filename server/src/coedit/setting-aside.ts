// What somebody typed as the text was frozen: kept for its author on the server, never put into the text by itself.
import { DRAFT_ROOT } from '@rejoinder/contracts/drafts';
import * as Y from 'yjs';
import { UpdateFault } from './check-update.ts';
import type { Connection } from './connection.ts';
import type { Aside, DraftKey, DraftStore } from './draft-store.ts';
import { askFrame, setAsideFrame } from './wire.ts';

/** What a checked update would do to the document; null when it would do nothing. */
export function asideOf(doc: Y.Doc, update: Uint8Array, userId: string): Aside | null {
  const copy = new Y.Doc();
  try {
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    const text = copy.getText(DRAFT_ROOT);
    const before = text.length;
    Y.applyUpdate(copy, update);
    const runs: string[] = [];
    for (let item = text._start, beside = false; item !== null; item = item.right) {
      if (item.deleted || !(item.content instanceof Y.ContentString)) continue;
      // What one client typed in a row is one item: its end may be new and its beginning not.
      const known = Math.max(0, Y.getState(doc.store, item.id.client) - item.id.clock);
      const fresh = item.content.str.slice(known);
      if (fresh !== '') runs.push(beside && known === 0 ? (runs.pop() ?? '') + fresh : fresh);
      beside = fresh !== '';
    }
    const words = runs.join(' … ');
    const takes = before + runs.reduce((sum, run) => sum + run.length, 0) - text.length;
    return words === '' && takes === 0 ? null : { userId, update, words, takes };
  } finally {
    copy.destroy();
  }
}

/**
 * A frozen draft got a change (CO-19). A part of what its author has is answered by asking for all of it; all of it is
 * kept, and its page told that it may start from the server's text again. Nobody but its own socket can suffer.
 */
export function setAside(
  { store, log }: { store: DraftStore; log: (says: string, cause: unknown) => void },
  key: DraftKey,
  document: { vector: () => Uint8Array; aside: (update: Uint8Array, userId: string) => Aside | null },
  { connection, update, whole }: { connection: Connection; update: Uint8Array; whole: boolean },
): void {
  if (!store.setAside || connection.state.state !== 'frozen') return;
  if (!whole) {
    if (!connection.askedForAll) connection.send(askFrame(document.vector()));
    connection.askedForAll = true;
    return;
  }
  connection.askedForAll = false;
  try {
    const started = performance.now();
    const aside = document.aside(update, connection.visitor.actor.id);
    connection.charge(performance.now() - started);
    if (!aside) return;
    store
      .setAside(key, aside)
      .then((kept) => {
        if (kept) connection.send(setAsideFrame());
      })
      .catch((cause: unknown) => log('What was typed into a frozen draft could not be kept.', cause));
  } catch (cause) {
    connection.close(cause instanceof UpdateFault ? cause.code : 'not-valid');
  }
}
