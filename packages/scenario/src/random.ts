// Answers: which "random" number comes next for this seed. The only source of chance in the scenario.

/** A seeded source of chance. The same seed gives the same numbers on every machine. */
export type Random = {
  /** Uniform in [low, high), by default [0, 1). */
  uniform(low?: number, high?: number): number;
  /** Whole number from low to high, both included. */
  int(low: number, high: number): number;
  /** True with probability p. */
  chance(p: number): boolean;
  normal(mean?: number, deviation?: number): number;
  /** Log-normal by its median and the deviation of its logarithm. */
  logNormal(median: number, sigma: number): number;
  exponential(mean: number): number;
  poisson(mean: number): number;
  pick<T>(list: readonly T[]): T;
  /** One of the pairs' first members, with odds given by the second. */
  weighted<T>(pairs: readonly (readonly [T, number])[]): T;
  shuffle<T>(list: readonly T[]): T[];
  /** An independent stream for one purpose, so that a change there leaves the others as they were. */
  fork(label: string): Random;
};

/** @param seed any text or number; equal seeds give equal streams */
export function randomFrom(seed: string | number): Random {
  const next = sfc32(hashOf(String(seed)));
  let spare: number | null = null;

  const normal = (mean = 0, deviation = 1): number => {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return mean + deviation * kept;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - next()));
    const angle = 2 * Math.PI * next();
    spare = radius * Math.sin(angle);
    return mean + deviation * radius * Math.cos(angle);
  };

  const random: Random = {
    uniform: (low = 0, high = 1) => low + (high - low) * next(),
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (p) => next() < p,
    normal,
    logNormal: (median, sigma) => median * Math.exp(sigma * normal()),
    exponential: (mean) => -mean * Math.log(1 - next()),
    poisson(mean) {
      if (mean <= 0) return 0;
      // Above 30 the normal approximation is closer than anyone can see, and the product below would underflow.
      if (mean > 30) return Math.max(0, Math.round(normal(mean, Math.sqrt(mean))));
      const floor = Math.exp(-mean);
      let count = 0;
      for (let product = next(); product > floor; product *= next()) count += 1;
      return count;
    },
    pick: (list) => chosen(list, Math.floor(next() * list.length)),
    weighted(pairs) {
      let total = 0;
      for (const [, weight] of pairs) total += weight;
      let left = next() * total;
      for (const [item, weight] of pairs) {
        left -= weight;
        if (left < 0) return item;
      }
      return chosen(pairs, pairs.length - 1)[0];
    },
    shuffle(list) {
      const copy = [...list];
      for (let last = copy.length - 1; last > 0; last -= 1) {
        const other = Math.floor(next() * (last + 1));
        const held = chosen(copy, last);
        copy[last] = chosen(copy, other);
        copy[other] = held;
      }
      return copy;
    },
    fork: (label) => randomFrom(`${seed}/${label}`),
  };
  return random;
}

function chosen<T>(list: readonly T[], index: number): T {
  if (index < 0 || index >= list.length) throw new Error('nothing to choose from');
  return list[index] as T;
}

/** Four 32-bit words from a text (FNV-style mixing, one multiplier per word). */
function hashOf(text: string): [number, number, number, number] {
  let [a, b, c, d] = [1779033703, 3144134277, 1013904242, 2773480762];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    a = b ^ Math.imul(a ^ code, 597399067);
    b = c ^ Math.imul(b ^ code, 2869860233);
    c = d ^ Math.imul(c ^ code, 951274213);
    d = a ^ Math.imul(d ^ code, 2716044179);
  }
  return [a >>> 0, b >>> 0, c >>> 0, d >>> 0];
}

/** Small fast counting generator: 128 bits of state, passes the usual batteries, far more than a story needs. */
function sfc32([s1, s2, s3, s4]: [number, number, number, number]): () => number {
  let [a, b, c, d] = [s1, s2, s3, s4];
  const step = (): number => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
  for (let warm = 0; warm < 15; warm += 1) step();
  return step;
}
