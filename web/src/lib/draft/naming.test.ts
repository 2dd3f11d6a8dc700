import { describe, expect, it } from 'vitest';
import { askedName, fitting, piecesOf, putName } from './naming.ts';

const people = ['Rosa Field', 'Sam Lind', 'Ross O’Hara', 'Ada Adminson'].map((name, i) => ({ userId: `u${i}`, name }));

describe('naming a colleague', () => {
  it('[CM-8] an @ at the caret asks for a name, an address does not', () => {
    expect(['@', 'Ask @ro', 'Ask @Rosa Fi'].map((text) => askedName(text, text.length))).toEqual(['', 'ro', 'Rosa Fi']);
    expect(['me@ro', 'Ask Rosa', '@Rosa Field now'].map((text) => askedName(text, text.length))).toEqual([
      null,
      null,
      null,
    ]);
    expect(askedName('@ro and more', 3)).toBe('ro');
  });

  it('[CM-8] offers who fits by any part of the name, and puts the whole name in', () => {
    expect(fitting(people, 'ro').map((person) => person.name)).toEqual(['Rosa Field', 'Ross O’Hara']);
    expect(fitting(people, 'lind').map((person) => person.name)).toEqual(['Sam Lind']);
    expect(putName('Ask @ro please', 7, 'Rosa Field')).toEqual({ text: 'Ask @Rosa Field please', caret: 16 });
    expect(putName('@', 1, 'Sam Lind')).toEqual({ text: '@Sam Lind ', caret: 10 });
  });

  it('[CM-8] a name stands out in the text it tells, by the whole name or the first', () => {
    const told = [{ userId: 'u0', name: 'Rosa Field' }];
    expect(piecesOf('Well, @rosa field and @Rosa: @Rosalind', told)).toEqual([
      { says: 'Well, ', name: false },
      { says: '@rosa field', name: true },
      { says: ' and ', name: false },
      { says: '@Rosa', name: true },
      { says: ': @Rosalind', name: false },
    ]);
    expect(piecesOf('plain', [])).toEqual([{ says: 'plain', name: false }]);
  });
});
