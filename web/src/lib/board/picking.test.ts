import { describe, expect, it } from 'vitest';
import { found } from './picking.ts';

const entries = [
  { id: 'a', label: 'Zoë Müller', more: 'mastodon @zoe' },
  { id: 'b', label: 'Follow-up' },
];

describe('finding an entry', () => {
  it('matches the beginnings of words, whatever the accents', () => {
    expect(found(entries, 'zoe mul').map((entry) => entry.id)).toEqual(['a']);
    expect(found(entries, 'up').map((entry) => entry.id)).toEqual(['b']);
    expect(found(entries, 'mast').map((entry) => entry.id)).toEqual(['a']);
    expect(found(entries, 'ller')).toEqual([]);
    expect(found(entries, ' ')).toHaveLength(2);
  });
});
