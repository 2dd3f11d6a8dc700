import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Pictured, picturesDifference } from './pictures-difference.ts';

const a = { hash: 'a', alt: 'A parcel.' };
const b = { hash: 'b', alt: 'A label.' };
const c = { hash: 'c', alt: 'A letter.' };
const told = (before: Pictured[], after: Pictured[]) =>
  picturesDifference(before, after).map(({ kind, at, picture }) => `${kind} ${at} ${picture.hash}`);

describe('the pictures a signer saw and those there now', () => {
  it('[PI-9] tells which one was added, removed, replaced, described anew or put elsewhere', () => {
    expect(told([a], [a, b])).toEqual(['added 2 b']);
    expect(told([a, b], [b])).toEqual(['removed 1 a']);
    expect(told([a, b], [a, c])).toEqual(['replaced 2 c']);
    expect(told([a, b], [b, a])).toEqual(['moved 1 b', 'moved 2 a']);
    expect(picturesDifference([a], [{ ...a, alt: 'A wet parcel.' }])).toEqual([
      { kind: 'described', at: 1, picture: { ...a, alt: 'A wet parcel.' }, was: a },
    ]);
    expect(told([a, b], [c, { ...a, alt: '' }, b])).toEqual(['added 1 c', 'described 2 a']);
    expect(told([], [])).toEqual([]);
  });

  it('[PI-9] tells nothing exactly when nothing differs, and of every picture that came or went', () => {
    const list = fc.uniqueArray(
      fc.record({ hash: fc.constantFrom('a', 'b', 'c', 'd', 'e'), alt: fc.constantFrom('x', 'y') }),
      { selector: ({ hash }) => hash, maxLength: 5 },
    );
    fc.assert(
      fc.property(list, list, (before, after) => {
        const changes = picturesDifference(before, after);
        expect(changes.length === 0).toBe(JSON.stringify(before) === JSON.stringify(after));
        const [came, went]: [string[], string[]] = [[], []];
        for (const change of changes) {
          if (change.kind === 'added' || change.kind === 'replaced') came.push(change.picture.hash);
          if (change.kind === 'removed') went.push(change.picture.hash);
          if (change.kind === 'replaced') went.push(change.was.hash);
        }
        const without = (list: Pictured[], other: Pictured[]) =>
          list.map(({ hash }) => hash).filter((hash) => !other.some((one) => one.hash === hash));
        expect(came.sort()).toEqual(without(after, before).sort());
        expect(went.sort()).toEqual(without(before, after).sort());
      }),
    );
  });
});
