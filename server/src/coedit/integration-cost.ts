// How much work Yjs would have to put an update in its place: it looks at everything others wrote in the same gaps, once for each new run (D8).
import * as Y from 'yjs';
import { UpdateFault, type UpdateReading } from './check-update.ts';

/** Steps Yjs takes in about 30 ms. Two people who both wrote 500 runs into one gap, apart from each other, come to the same. */
export const MOST_STEPS = 250_000;

/** Where an item goes: after `left` and before `right`, both in the document; null is its beginning and its end. */
type Gap = { left: Y.Item | null; right: Y.Item | null };
type Id = { client: number; clock: number };

/**
 * An upper bound of the steps, counted no further than `most`. Honest typing costs next to nothing: its neighbours stand side by
 * side on the page it comes from, so only what others put between them meanwhile counts.
 */
export function stepsToPlace({ runs }: UpdateReading, doc: Y.Doc, root: string, most = MOST_STEPS): number {
  const fresh = runs.flatMap(({ client, clock, end, item }) =>
    item && end > Y.getState(doc.store, client) ? [{ client, clock, end, item }] : [],
  );
  const places = new Places(doc, root, fresh, most);
  const byAuthor = new Map<number, number>();
  for (const { client } of fresh) byAuthor.set(client, (byAuthor.get(client) ?? 0) + 1);
  /** The newest run after each neighbour: whoever goes there next stands right before it. */
  const newestAfter = new Map<string, Id>();
  const done = new Map<number, number>();
  let steps = 0;
  for (const { client, clock, item } of fresh) {
    const own = done.get(client) ?? 0;
    done.set(client, own + 1);
    const after = item.origin ? `${item.origin.client} ${item.origin.clock}` : 'the beginning';
    const sibling = newestAfter.get(after);
    newestAfter.set(after, { client, clock });
    const isBeside = sibling === undefined || isSame(item.rightOrigin, sibling);
    steps +=
      places.between(places.gapOf(item), { client, clock }) +
      fresh.length -
      (byAuthor.get(client) ?? 0) +
      (isBeside ? 0 : own);
    if (steps > most) return steps;
  }
  return steps;
}

/** Whether a newcomer, who reads everything at once, reads what those read who saw it grow. Yjs promises it for all that was made on pages (I2). */
export function isReadAlike(doc: Y.Doc, root: string): boolean {
  const newcomer = new Y.Doc();
  Y.applyUpdate(newcomer, Y.encodeStateAsUpdate(doc));
  const alike = newcomer.getText(root).toString() === doc.getText(root).toString();
  newcomer.destroy();
  return alike;
}

const forged = (): UpdateFault => new UpdateFault('not-valid', 'No page has shown the text in this order.');
const isSame = (a: Id | null, b: Id): boolean => a !== null && a.client === b.client && a.clock === b.clock;

type Fresh = { client: number; clock: number; end: number; item: Y.Item };

class Places {
  readonly #doc: Y.Doc;
  readonly #text: Y.Text;
  readonly #most: number;
  readonly #fresh = new Map<number, Fresh[]>();
  readonly #gaps = new Map<Y.Item, Gap>();
  readonly #distances = new Map<Y.Item | null, Map<Y.Item | null, { count: number; of: number }>>();

  constructor(doc: Y.Doc, root: string, fresh: Fresh[], most: number) {
    this.#doc = doc;
    this.#text = doc.getText(root);
    this.#most = most;
    for (const each of fresh) {
      const known = this.#fresh.get(each.client);
      if (known) known.push(each);
      else this.#fresh.set(each.client, [each]);
    }
  }

  /** The neighbours in the document; a neighbour that is new itself stands in a gap of the document, which then counts. */
  gapOf(item: Y.Item): Gap {
    const left = this.#towards(item.origin, 'origin');
    const right = this.#towards(item.rightOrigin, 'rightOrigin');
    const gap = { left, right };
    this.#gaps.set(item, gap);
    return gap;
  }

  /**
   * How many runs of the document stand in the gap. @throws UpdateFault when no page can have shown these two side by side:
   * they stand the other way round, or between them is what whoever knew one of them knew too
   */
  between({ left, right }: Gap, by: Id): number {
    // In the middle of one run.
    if (left !== null && left === right) return 0;
    const known = this.#distances.get(left)?.get(right);
    if (known?.of === by.client) return known.count;
    let count = 0;
    let at = left === null ? this.#text._start : left.right;
    for (; at !== null && at !== right && count <= this.#most; at = at.right) {
      count += 1;
      const { client, clock } = at.id;
      for (const one of [left?.id, right?.id, by])
        if (one && client === one.client && clock < one.clock) throw forged();
    }
    if (at === null && right !== null) throw forged();
    const from = this.#distances.get(left) ?? new Map<Y.Item | null, { count: number; of: number }>();
    this.#distances.set(left, from.set(right, { count, of: by.client }));
    return count;
  }

  #towards(start: Id | null, way: 'origin' | 'rightOrigin'): Y.Item | null {
    let id = start;
    // A chain of new neighbours is as long as the update at most, and remembered from its end on.
    while (id !== null) {
      if (id.clock < Y.getState(this.#doc.store, id.client)) {
        const found = Y.getItem(this.#doc.store, Y.createID(id.client, id.clock));
        return found instanceof Y.Item ? found : null;
      }
      const next = this.#newAt(id);
      if (next === null) return null;
      const gap = this.#gaps.get(next);
      if (gap) return way === 'origin' ? gap.left : gap.right;
      id = next[way];
    }
    return null;
  }

  #newAt({ client, clock }: Id): Y.Item | null {
    const list = this.#fresh.get(client) ?? [];
    let [low, high] = [0, list.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const each = list[middle];
      if (!each) return null;
      if (clock < each.clock) high = middle - 1;
      else if (clock >= each.end) low = middle + 1;
      else return each.item;
    }
    return null;
  }
}
