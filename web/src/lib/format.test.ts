// Counts are written as the language's own writer writes them, without having to make one.
import { describe, expect, it } from 'vitest';
import { writeCount } from './format.ts';

describe('a count', () => {
  it('is written with its thousands apart, like the writer of the language does it', () => {
    const writer = new Intl.NumberFormat('en-GB');
    for (const n of [
      0, 7, 12.5, 999, 1_000, 1_013, 10_000, 123_456, 1_234_567, 12_345_678_901, 1_000.5, -3, -1_234, 0.25,
    ])
      expect(writeCount(n)).toBe(writer.format(n));
  });
});
