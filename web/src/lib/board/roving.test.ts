import { describe, expect, it } from 'vitest';
import { between, nextCard } from './roving.ts';

const lanes = [
  { stage: 'new', ids: ['a', 'b', 'c'] },
  { stage: 'watch', ids: [] },
  { stage: 'owned', ids: ['d'] },
];

describe('roving focus', () => {
  it('[BP-1] the arrow keys reach every card, skipping empty columns', () => {
    expect(nextCard(lanes, null, 'ArrowDown')).toBe('a');
    expect(nextCard(lanes, 'a', 'ArrowDown')).toBe('b');
    expect(nextCard(lanes, 'c', 'ArrowDown')).toBe('c');
    expect(nextCard(lanes, 'c', 'ArrowRight')).toBe('d');
    expect(nextCard(lanes, 'd', 'ArrowLeft')).toBe('a');
    expect(nextCard(lanes, 'd', 'ArrowRight')).toBe('d');
    expect(nextCard(lanes, 'a', 'End')).toBe('c');
    expect(nextCard(lanes, 'gone', 'ArrowUp')).toBe('a');
    expect(nextCard([], null, 'ArrowUp')).toBeNull();
  });

  it('a range with shift stays in one column', () => {
    expect(between(lanes, 'c', 'a')).toEqual(['a', 'b', 'c']);
    expect(between(lanes, 'a', 'd')).toEqual(['d']);
  });
});
