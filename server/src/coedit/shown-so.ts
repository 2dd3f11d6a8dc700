// Can a page have shown the two neighbours of a run side by side? Asked of every run once it is placed, and exactly (CO-18).
import * as Y from 'yjs';

type Id = { client: number; clock: number };
/** Where a run went, and what else stands between its neighbours now. */
type Doubt = { item: Y.Item; between: Id[] };

/**
 * Whoever writes a run knows its neighbours, all that these were written upon, and all they wrote before; in what they know at
 * least, the neighbours must stand side by side. Then some page can have shown it so, and Yjs places it alike for everybody, in
 * whatever order things are read; else it may not. `before` is how far each author of the update was known.
 */
export function wasShownSo(doc: Y.Doc, text: Y.Text, before: ReadonlyMap<number, number>): boolean {
  for (const [client, clock] of before) {
    const doubts = doubtsOf(doc, text, client, clock);
    if (doubts === null) return false;
    const past = new Past(doc);
    for (const { item, between } of doubts.reverse()) {
      past.include(client, item.id.clock);
      for (const neighbour of [item.origin, item.rightOrigin])
        if (neighbour) past.include(neighbour.client, neighbour.clock + 1);
      if (between.some((id) => past.holds(id))) return false;
    }
  }
  return true;
}

/**
 * The newest run of an author first, each taken out of sight once it was looked at: what stands between the neighbours of an earlier
 * one then is others' alone, and typing costs a look to either side. Null when neighbours stand the other way round.
 */
function doubtsOf(doc: Y.Doc, text: Y.Text, client: number, from: number): Doubt[] | null {
  const next = new Map<Y.Item | null, Y.Item | null>();
  const previous = new Map<Y.Item | null, Y.Item | null>();
  const rightOf = (item: Y.Item | null): Y.Item | null =>
    next.has(item) ? (next.get(item) ?? null) : item === null ? text._start : item.right;
  const leftOf = (item: Y.Item): Y.Item | null => (previous.has(item) ? (previous.get(item) ?? null) : item.left);
  const doubts: Doubt[] = [];
  const structs = doc.store.clients.get(client) ?? [];
  for (let nth = structs.length - 1; nth >= 0; nth--) {
    const item = structs[nth];
    if (!item || item.id.clock + item.length <= from) break;
    if (!(item instanceof Y.Item)) continue;
    const [left, right] = [leftOf(item), rightOf(item)];
    next.set(left, right);
    if (right) previous.set(right, left);
    if (isEndOf(left, item.origin) && isStartOf(right, item.rightOrigin)) continue;
    const start = item.origin && Y.getItem(doc.store, Y.createID(item.origin.client, item.origin.clock));
    if (start !== null && !(start instanceof Y.Item && isEndOf(start, item.origin))) return null;
    const between: Id[] = [];
    let at = rightOf(start);
    for (; at !== null && !isStartOf(at, item.rightOrigin); at = rightOf(at)) between.push(at.id);
    if (at === null && item.rightOrigin !== null) return null;
    doubts.push({ item, between });
  }
  return doubts;
}

const isEndOf = (item: Y.Item | null, id: Id | null): boolean =>
  item === null || id === null
    ? item === id
    : item.id.client === id.client && item.id.clock + item.length - 1 === id.clock;

const isStartOf = (item: Y.Item | null, id: Id | null): boolean =>
  item === null || id === null ? item === id : item.id.client === id.client && item.id.clock === id.clock;

/** The least somebody knew who had read some runs: those, all before them by the same authors, and what each was written between. */
class Past {
  readonly #doc: Y.Doc;
  readonly #known = new Map<number, number>();

  constructor(doc: Y.Doc) {
    this.#doc = doc;
  }

  holds({ client, clock }: Id): boolean {
    return clock < (this.#known.get(client) ?? 0);
  }

  /** Everything by this author up to `end`. */
  include(client: number, end: number): void {
    const open: [number, number][] = [[client, end]];
    for (let each = open.pop(); each; each = open.pop()) {
      const [author, upTo] = each;
      const from = this.#known.get(author) ?? 0;
      if (upTo <= from) continue;
      this.#known.set(author, upTo);
      const structs = this.#doc.store.clients.get(author) ?? [];
      for (let nth = Y.findIndexSS(structs, from); nth < structs.length; nth++) {
        const item = structs[nth];
        if (!item || item.id.clock >= upTo) break;
        if (!(item instanceof Y.Item)) continue;
        if (item.origin) open.push([item.origin.client, item.origin.clock + 1]);
        if (item.rightOrigin) open.push([item.rightOrigin.client, item.rightOrigin.clock + 1]);
      }
    }
  }
}
