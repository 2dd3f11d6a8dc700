import { describe, expect, it } from 'vitest';
import { NARROW_WIDTH, narrowed, OPEN_WIDTH } from './column-widths.ts';

const lanes = ['new', 'watch', 'owned', 'closed'].map((stage) => ({
  stage,
  empty: stage === 'watch' || stage === 'owned',
  final: stage === 'closed',
}));

describe('column widths', () => {
  it('[BP-8] narrows only as many columns as needed: the last one, then empty ones from the right', () => {
    expect([...narrowed(lanes, 4 * OPEN_WIDTH)]).toEqual([]);
    expect([...narrowed(lanes, 4 * OPEN_WIDTH - 1)]).toEqual(['closed']);
    expect([...narrowed(lanes, 3 * OPEN_WIDTH + NARROW_WIDTH - 1)]).toEqual(['closed', 'owned']);
    expect([...narrowed(lanes, 100)]).toEqual(['closed', 'owned', 'watch']);
  });
});
