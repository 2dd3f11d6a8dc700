// The 5-grams of a text, their exact similarity, and the MinHash bands under which alike texts meet.

const GRAM = 5;
const HASHES = 64;
const ROWS = 4;

/** Hashes of the distinct 5-grams (UTF-16 units), rising. A shorter text is one gram. */
export function gramsOf(text: string): Uint32Array {
  const n = Math.max(1, text.length - GRAM + 1);
  const all = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    let h = 0x811c9dc5;
    for (let j = i; j < i + GRAM && j < text.length; j++) h = Math.imul(h ^ text.charCodeAt(j), 0x01000193);
    all[i] = mix(h);
  }
  all.sort();
  let kept = 1;
  for (let i = 1; i < n; i++) if (all[i] !== all[i - 1]) all[kept++] = all[i] ?? 0;
  return all.slice(0, kept);
}

/** Shared grams over all grams, 0..1, of two rising lists. */
export function jaccard(a: Uint32Array, b: Uint32Array): number {
  let [i, j, shared] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const [x, y] = [a[i] ?? 0, b[j] ?? 0];
    if (x === y) shared++;
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return shared / (a.length + b.length - shared);
}

/** 16 band keys of 4 of 64 MinHashes each. Two texts of similarity s share a key with probability 1 - (1 - s^4)^16. */
export function bandsOf(grams: Uint32Array): Int32Array {
  const least = new Uint32Array(HASHES).fill(0xffffffff);
  for (let h = 0; h < HASHES; h++) {
    const factor = FACTORS[h] ?? 1;
    const offset = OFFSETS[h] ?? 0;
    let min = 0xffffffff;
    for (let g = 0; g < grams.length; g++) {
      const hash = (Math.imul(grams[g] ?? 0, factor) + offset) >>> 0;
      if (hash < min) min = hash;
    }
    least[h] = min;
  }
  const bands = new Int32Array(HASHES / ROWS);
  for (let b = 0; b < bands.length; b++) {
    let key = mix(b + 1);
    for (let r = 0; r < ROWS; r++) key = Math.imul(key ^ mix(least[b * ROWS + r] ?? 0), 0x9e3779b1);
    bands[b] = key;
  }
  return bands;
}

/** Spreads 32 bits over 32 bits, one to one. */
function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

// Fixed, so that the same text has the same bands everywhere. Odd factors keep each hash one to one.
const FACTORS = Uint32Array.from({ length: HASHES }, (_, i) => mix(2 * i + 1) | 1);
const OFFSETS = Uint32Array.from({ length: HASHES }, (_, i) => mix(2 * i + 0x5bd1));
