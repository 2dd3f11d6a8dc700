// The 5-grams of a text, their exact similarity, and the MinHash bands under which alike texts meet.

const GRAM = 5;
const BINS = 64;
const BIN_SHIFT = 26;
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

/** Shared grams over all grams, 0..1, of two rising lists; 0 as soon as it is sure to stay below `least`. */
export function jaccard(a: Uint32Array, b: Uint32Array, least = 0): number {
  // The share of shared grams that the similarity asks for, solved for their number.
  const needed = (least * (a.length + b.length)) / (1 + least) - 1e-9;
  let [i, j, shared] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const x = a[i] as number;
    const y = b[j] as number;
    if (x === y) shared++;
    else if (shared + Math.min(a.length - i, b.length - j) < needed) return 0;
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return shared / (a.length + b.length - shared);
}

/**
 * 16 band keys of 4 of 64 minima each. Two texts of similarity s share a key with probability of about 1 - (1 - s^4)^16.
 * One-permutation MinHash: a gram's hash names one of 64 bins, whose minimum is kept; a bin nobody fell into takes that of another,
 * tried in an order of its own that is the same for every text (Shrivastava, Optimal Densification, 2017).
 */
export function bandsOf(grams: Uint32Array): Int32Array {
  const least = new Uint32Array(BINS);
  const taken = new Uint8Array(BINS);
  // Rising, so the first of a bin is its least.
  for (let i = grams.length - 1; i >= 0; i--) {
    const gram = grams[i] as number;
    least[gram >>> BIN_SHIFT] = gram;
    taken[gram >>> BIN_SHIFT] = 1;
  }
  const filled = new Uint32Array(BINS);
  for (let bin = 0; bin < BINS; bin++) {
    let from = bin;
    for (let tries = 1; taken[from] === 0; tries++) from = mix(bin * 0x9e37 + tries) & (BINS - 1);
    filled[bin] = least[from] as number;
  }
  const bands = new Int32Array(BINS / ROWS);
  for (let b = 0; b < bands.length; b++) {
    let key = mix(b + 1);
    for (let r = 0; r < ROWS; r++) key = Math.imul(key ^ mix(filled[b * ROWS + r] as number), 0x9e3779b1);
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
