// Which known word was probably meant. Bounded work: long words are not compared.
const LONGEST = 40;

/** The known word at most two letters away from `given`, or null. */
export function nearest(given: string, known: readonly string[]): string | null {
  if (given.length > LONGEST) return null;
  let best: string | null = null;
  let least = 3;
  for (const word of known) {
    if (word.length > LONGEST || Math.abs(word.length - given.length) > 2) continue;
    const far = distance(given.toLowerCase(), word.toLowerCase());
    if (far < least) {
      least = far;
      best = word;
    }
  }
  return best;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
