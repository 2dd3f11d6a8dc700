// A place in a live draft as the page names it, and the text a history tells: what tests of comments and history share.
import type { Anchor } from '@rejoinder/contracts/comments';
import { DRAFT_ROOT } from '@rejoinder/contracts/drafts';
import type { DraftHistory } from '@rejoinder/contracts/history';
import * as Y from 'yjs';

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** Where these words stand in the text. */
export function anchorOf(text: Y.Text, words: string): Anchor {
  const at = text.toString().indexOf(words);
  if (at < 0) throw new Error(`the text does not hold "${words}"`);
  const place = (index: number, side: number) =>
    base64(Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, index, side)));
  return { from: place(at, 0), to: place(at + words.length, -1) };
}

/** The text after step `n`, and who wrote which run of it, as a reader of the history finds out. */
export function textAt(history: DraftHistory, n = Number.MAX_SAFE_INTEGER): { text: string; runs: [string, string][] } {
  const doc = new Y.Doc();
  for (const step of history.steps) if (step.n <= n) Y.applyUpdate(doc, Buffer.from(step.update, 'base64'));
  const text = doc.getText(DRAFT_ROOT);
  const names = new Map(history.writers.map((writer) => [writer.clientId, writer.name]));
  const runs: [string, string][] = [];
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue;
    const name = names.get(item.id.client) ?? '?';
    const last = runs.at(-1);
    if (last?.[0] === name) last[1] += item.content.str;
    else runs.push([name, item.content.str]);
  }
  return { text: text.toString(), runs };
}
