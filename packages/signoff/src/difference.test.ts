import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { difference, type Piece } from './difference.ts';

const spell = (pieces: Piece[], left: 'gone' | 'come') =>
  pieces
    .filter((p) => p.kind !== left)
    .map((p) => p.text)
    .join('');

describe('difference', () => {
  it('[SG-8] spells both texts and says nothing when they are equal', () => {
    const words = fc.array(fc.constantFrom('we', ' ', ',', 'sorry', '\n', 'are', '\uD83D\uDE00', 'é'), {
      maxLength: 40,
    });
    const text = fc.oneof(
      words.map((w) => w.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(text, text, (a, b) => {
        const pieces = difference(a, b);
        expect(spell(pieces, 'come')).toBe(a);
        expect(spell(pieces, 'gone')).toBe(b);
        expect(pieces.every((p, i) => p.text !== '' && p.kind !== pieces[i - 1]?.kind)).toBe(true);
        expect(pieces.some((p) => p.kind !== 'same')).toBe(a !== b);
      }),
      { numRuns: 300 },
    );
  });
  it('[SG-8] shows one comma as one change', () => {
    expect(difference('We are sorry Ana', 'We are sorry, Ana')).toEqual([
      { kind: 'same', text: 'We are sorry' },
      { kind: 'come', text: ',' },
      { kind: 'same', text: ' Ana' },
    ]);
  });
  it('[SG-8] shows a changed word as gone and come, in that order', () => {
    expect(difference('by noon today', 'by ten today').filter((p) => p.kind !== 'same')).toEqual([
      { kind: 'gone', text: 'noon' },
      { kind: 'come', text: 'ten' },
    ]);
  });
  it('[SG-9] 10,000 characters are told whole, however much differs', () => {
    const a = Array.from({ length: 1700 }, (_, i) => `word${i % 97}`)
      .join(' ')
      .slice(0, 10_000);
    const b = a.replaceAll('word3 ', 'nothing ');
    const other = Array.from({ length: 1700 }, (_, i) => `else${i % 89}`)
      .join(' ')
      .slice(0, 10_000);
    for (const [x, y] of [
      [a, b],
      [a, other],
      [a, a],
    ] as const) {
      const pieces = difference(x, y);
      const side = (kind: 'gone' | 'come') =>
        pieces.flatMap((piece) => (piece.kind === 'same' || piece.kind === kind ? [piece.text] : [])).join('');
      expect([side('gone'), side('come')]).toEqual([x, y]);
    }
  });
});
