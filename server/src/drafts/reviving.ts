// A text of the past as the beginning of a new generation: the same words, each still its writer's, under new client ids (D2).
import { DRAFT_ROOT } from '@rejoinder/contracts/drafts';
import * as Y from 'yjs';
import type { Step } from './history-batches.ts';

export type Revived = {
  text: string;
  update: Uint8Array;
  /** Whose words are in it, in the order they stand, with the client id each was given. */
  authors: { userId: string; clientId: number }[];
};

/** @param fallback whose the words are that nobody is known to have written */
export function revive(steps: readonly Step[], owners: ReadonlyMap<number, string>, fallback: string): Revived {
  const past = new Y.Doc();
  past.transact(() => {
    for (const step of steps) Y.applyUpdate(past, step.bytes);
  });
  const next = new Y.Doc();
  const text = next.getText(DRAFT_ROOT);
  const ids = new Map<string, number>();
  for (const run of runsOf(past.getText(DRAFT_ROOT))) {
    const userId = owners.get(run.client) ?? fallback;
    const clientId = ids.get(userId) ?? freshId(new Set(ids.values()));
    ids.set(userId, clientId);
    next.clientID = clientId;
    text.insert(text.length, run.text);
  }
  const revived = {
    text: text.toString(),
    update: Y.encodeStateAsUpdate(next),
    authors: [...ids].map(([userId, clientId]) => ({ userId, clientId })),
  };
  past.destroy();
  next.destroy();
  return revived;
}

/** The visible text in runs of one client each, in order. */
function runsOf(text: Y.Text): { client: number; text: string }[] {
  const runs: { client: number; text: string }[] = [];
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue;
    const last = runs.at(-1);
    if (last?.client === item.id.client) last.text += item.content.str;
    else runs.push({ client: item.id.client, text: item.content.str });
  }
  return runs;
}

function freshId(taken: ReadonlySet<number>): number {
  for (;;) {
    const doc = new Y.Doc();
    const id = doc.clientID;
    doc.destroy();
    if (!taken.has(id)) return id;
  }
}
