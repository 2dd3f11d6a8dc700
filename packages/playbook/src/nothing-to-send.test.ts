import { describe, expect, it } from 'vitest';
import { speaksInPictures, whyNothingToSend } from './nothing-to-send.ts';

const items = [{ hash: 'a'.repeat(64), type: 'image/png' as const, width: 1, height: 1, bytes: 1, alt: 'A parcel.' }];
const can = (alone: boolean) => ({ pictures: { alone } });

describe('a reply without words', () => {
  it('[PI-11] is its pictures only where signatures are about them and the channel takes that', () => {
    expect(speaksInPictures({ covered: true, items }, can(true))).toBe(true);
    for (const [list, channel] of [
      [{ covered: false, items }, can(true)],
      [{ covered: true, items }, can(false)],
      [{ covered: true, items: [] }, can(true)],
      [null, can(true)],
    ] satisfies Parameters<typeof speaksInPictures>[])
      expect(speaksInPictures(list, channel)).toBe(false);
  });

  it('[PI-11] is refused with the reason: nothing there, a channel that needs words, or signatures that leave pictures out', () => {
    expect(whyNothingToSend({ empty: false })).toBeNull();
    expect(whyNothingToSend(null)).toBe('No reply is written yet.');
    expect(whyNothingToSend({ empty: true })).toBe('No reply is written yet.');
    expect(whyNothingToSend({ empty: true, pictures: { covered: true, items } })).toMatch(/no pictures without words/);
    expect(whyNothingToSend({ empty: true, pictures: { covered: false, items } })).toMatch(/would be unsigned/);
  });
});
