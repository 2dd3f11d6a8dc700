// What changed between the words somebody signed and the words there now.

/** A run of text that is in both, only in the older (`gone`) or only in the newer (`come`). */
export type Piece = { kind: 'same' | 'gone' | 'come'; text: string };

/** Beyond this many changed tokens a text counts as rewritten and is shown whole: a finer answer would help nobody and cost seconds. */
const MOST_CHANGES = 600;

/**
 * The pieces that lead from `before` to `after`, by words and marks, `gone` before `come`, neighbours of a kind joined.
 * `same` + `gone` pieces spell `before`, `same` + `come` pieces spell `after` (SG-8). Shortest edit by Myers' O(ND) walk.
 */
export function difference(before: string, after: string): Piece[] {
  const a = tokens(before);
  const b = tokens(after);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const pieces: Piece[] = [];
  add(pieces, 'same', a.slice(0, head));
  middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail), pieces);
  add(pieces, 'same', a.slice(a.length - tail));
  return pieces;
}

/** Words, runs of blanks, and every other character by itself, so that one comma is one change. */
const tokens = (text: string): string[] => text.match(/[\p{L}\p{N}\p{M}]+|[ \t]+|./gsu) ?? [];

function add(pieces: Piece[], kind: Piece['kind'], run: readonly string[]): void {
  if (run.length === 0) return;
  const last = pieces.at(-1);
  if (last?.kind === kind) last.text += run.join('');
  else pieces.push({ kind, text: run.join('') });
}

function middle(a: readonly string[], b: readonly string[], pieces: Piece[]): void {
  const steps = a.length > 0 && b.length > 0 ? shortestEdit(a, b) : null;
  if (steps === null) {
    add(pieces, 'gone', a);
    add(pieces, 'come', b);
    return;
  }
  let x = 0;
  let y = 0;
  for (const [toX, toY, same] of steps) {
    // Between two common runs everything of the older text goes first, then everything of the newer comes.
    add(pieces, 'gone', a.slice(x, toX));
    add(pieces, 'come', b.slice(y, toY));
    add(pieces, 'same', a.slice(toX, toX + same));
    x = toX + same;
    y = toY + same;
  }
  add(pieces, 'gone', a.slice(x));
  add(pieces, 'come', b.slice(y));
}

/** The common runs [start in a, start in b, length] of a shortest edit; null when it takes more than MOST_CHANGES. */
function shortestEdit(a: readonly string[], b: readonly string[]): [number, number, number][] | null {
  const most = Math.min(a.length + b.length, MOST_CHANGES);
  const reach = new Int32Array(2 * most + 3);
  const mid = most + 1;
  const trail: Int32Array[] = [];
  for (let d = 0; d <= most; d++) {
    trail.push(reach.slice(mid - d - 1, mid + d + 2));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (reach[mid + k - 1] ?? 0) < (reach[mid + k + 1] ?? 0));
      let x = down ? (reach[mid + k + 1] ?? 0) : (reach[mid + k - 1] ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      reach[mid + k] = x;
      if (x >= a.length && x - k >= b.length) return walkBack(trail, d, a.length, b.length);
    }
  }
  return null;
}

function walkBack(trail: readonly Int32Array[], d: number, endX: number, endY: number): [number, number, number][] {
  const runs: [number, number, number][] = [];
  let x = endX;
  let y = endY;
  for (let left = d; left >= 0; left--) {
    const reach = trail[left] ?? new Int32Array();
    const at = (k: number) => reach[k + left + 1] ?? 0;
    const k = x - y;
    const down = k === -left || (k !== left && at(k - 1) < at(k + 1));
    const fromX = left === 0 ? 0 : down ? at(k + 1) : at(k - 1);
    const fromY = left === 0 ? 0 : fromX - (down ? k + 1 : k - 1);
    const startX = left === 0 ? 0 : fromX + (down ? 0 : 1);
    if (x > startX) runs.push([startX, startX - k, x - startX]);
    x = fromX;
    y = fromY;
  }
  return runs.reverse();
}
