// Proves: the source of chance is repeatable and has the distributions it names.
import { describe, expect, it } from 'vitest';
import { randomFrom } from './random.ts';

describe('the source of chance', () => {
  it('[SC-20] repeats itself for a seed, forks apart, and has the means it promises', () => {
    const draw = (seed: string | number): number[] => {
      const random = randomFrom(seed);
      return Array.from({ length: 50 }, () => random.uniform());
    };
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
    expect(draw('1/x')).toEqual(
      Array.from(
        { length: 50 },
        (
          (fork) => () =>
            fork.uniform()
        )(randomFrom(1).fork('x')),
      ),
    );
    const random = randomFrom(5);
    const mean = (next: () => number): number =>
      Array.from({ length: 20_000 }, next).reduce((a, b) => a + b, 0) / 20_000;
    expect(mean(() => random.uniform())).toBeCloseTo(0.5, 1);
    expect(mean(() => random.normal(3, 2))).toBeCloseTo(3, 1);
    expect(mean(() => random.poisson(2.5))).toBeCloseTo(2.5, 1);
    expect(mean(() => random.poisson(80)) / 80).toBeCloseTo(1, 1);
    expect(mean(() => random.exponential(4)) / 4).toBeCloseTo(1, 1);
    expect(mean(() => Math.log(random.logNormal(440, 2)))).toBeCloseTo(Math.log(440), 0);
    expect(random.shuffle([1, 2, 3, 4]).sort()).toEqual([1, 2, 3, 4]);
  });
});
