import { describe, expect, it } from 'vitest';
import { namedIn } from './naming.ts';

const members = [
  { userId: 'u1', name: 'Rosa Field' },
  { userId: 'u2', name: 'Sam Lind' },
  { userId: 'u3', name: 'Sam Lindqvist' },
  { userId: 'u4', name: 'Çelik' },
];
const names = (text: string): string[] => namedIn(text, members).map((told) => told.name);

describe('who is named', () => {
  it('[CM-4] names by @ and the whole name in any case, by the first name where one person has it, each once, in order', () => {
    expect(names('@sam lind and @Rosa, see @ROSA FIELD.')).toEqual(['Sam Lind', 'Rosa Field']);
    expect(names('@Sam Lindqvist')).toEqual(['Sam Lindqvist']);
    expect(names('(@çelik)')).toEqual(['Çelik']);
  });

  it('[CM-4] names nobody in an address, in a longer word, or by a first name that two people have', () => {
    expect(names('write to me@rosa.example, @Rosalind, @Sam, Rosa Field, @')).toEqual([]);
    expect(namedIn('@', [{ userId: 'u', name: '' }])).toEqual([]);
  });
});
