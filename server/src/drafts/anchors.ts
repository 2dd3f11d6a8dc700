// Which words lie between two relative positions of a draft, as the server has them.
import type { Anchor } from '@rejoinder/contracts/comments';
import { DRAFT_ROOT } from '@rejoinder/contracts/drafts';
import * as Y from 'yjs';

/** The words at the anchor; empty when they are gone, null when the positions are none of this text. */
export function wordsAt(updates: readonly Uint8Array[], anchor: Anchor): string | null {
  const from = positionOf(anchor.from);
  const to = positionOf(anchor.to);
  if (!from || !to) return null;
  const doc = new Y.Doc();
  try {
    const text = doc.getText(DRAFT_ROOT);
    doc.transact(() => {
      for (const update of updates) Y.applyUpdate(doc, update);
    });
    const start = Y.createAbsolutePositionFromRelativePosition(from, doc, false);
    const end = Y.createAbsolutePositionFromRelativePosition(to, doc, false);
    if (!start || !end || start.type !== text || end.type !== text) return null;
    return text.toString().slice(start.index, Math.max(start.index, end.index));
  } finally {
    doc.destroy();
  }
}

/** Reads a position; one that is not sound is none. */
function positionOf(base64: string): Y.RelativePosition | null {
  try {
    const position = Y.decodeRelativePosition(new Uint8Array(Buffer.from(base64, 'base64')));
    const named = position.tname === null || position.tname === DRAFT_ROOT;
    return named && position.type === null ? position : null;
  } catch {
    return null;
  }
}
