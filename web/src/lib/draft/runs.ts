// Who wrote which run of the text: read from the Yjs document itself, where every character carries its writer's client id.
import type { DraftWriter } from '@rejoinder/contracts/history';
import { ContentString, type Text } from 'yjs';

export type Run = { from: number; to: number; userId: string | null; name: string | null };
export type Writers = ReadonlyMap<number, Pick<DraftWriter, 'userId' | 'name'>>;

export const writersOf = (writers: readonly DraftWriter[]): Writers =>
  new Map(writers.map((writer) => [writer.clientId, writer]));

/** The visible text in runs of one person each, in order. A client id nobody is known for has no person yet. */
export function runsOf(text: Text, writers: Writers): Run[] {
  const runs: Run[] = [];
  let at = 0;
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof ContentString)) continue;
    const writer = writers.get(item.id.client);
    const to = at + item.length;
    const last = runs.at(-1);
    if (last !== undefined && last.userId === (writer?.userId ?? null)) last.to = to;
    else runs.push({ from: at, to, userId: writer?.userId ?? null, name: writer?.name ?? null });
    at = to;
  }
  return runs;
}

/** The people of the runs, who wrote most first. */
export function sharesOf(runs: readonly Run[]): { userId: string | null; name: string | null; length: number }[] {
  const shares = new Map<string | null, { userId: string | null; name: string | null; length: number }>();
  for (const { from, to, userId, name } of runs) {
    const share = shares.get(userId) ?? { userId, name, length: 0 };
    share.length += to - from;
    shares.set(userId, share);
  }
  return [...shares.values()].toSorted((a, b) => b.length - a.length);
}
