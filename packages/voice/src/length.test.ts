import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lengthOn, overflowsAt } from './length.ts';

describe('length as the platform counts', () => {
  const rows: [string, string, number, number][] = [
    ['bluesky', 'abc', 3, 300],
    ['bluesky', '👩‍👩‍👧e\u0301', 2, 300],
    ['mastodon', `see https://example.org/${'x'.repeat(200)} now`, 31, 500],
    ['mastodon', '@ida@social.example hi', 7, 500],
    ['mastodon', 'mail a@b.example', 16, 500],
    ['x', 'abc', 3, 280],
    ['x', '日本', 4, 280],
    ['x', '👩‍👩‍👧 a', 4, 280],
    ['x', 'https://example.org/very/long', 23, 280],
    ['x', 'see example.org/a now', 31, 280],
    ['x', 'It went out.De we know', 22, 280],
    ['x', 'mail me@example.org', 19, 280],
    ['bluesky', '👩‍👩‍👧'.repeat(10), 10, 300],
    ['bluesky', '👩‍👩‍👧'.repeat(200), 360, 300],
    ['bluesky', 'é'.repeat(290), 290, 300],
    ['elsewhere', 'abc', 3, 5_000],
  ];
  it.each(rows)('[VO-9] on %s %j counts %i of %i', (platform, text, count, limit) => {
    expect(lengthOn(platform, text)).toEqual({ count, limit });
  });

  it('[VO-9] a text overflows exactly when its count is over the limit, at a place within it', () => {
    const texts = fc
      .array(fc.constantFrom('abc ', '👩‍👩‍👧', 'e\u0301', '日', 'https://example.org/a '), { maxLength: 200 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(fc.constantFrom('bluesky', 'mastodon', 'x'), texts, (platform, text) => {
        const { count, limit } = lengthOn(platform, text);
        const at = overflowsAt(platform, text);
        expect(at === null).toBe(count <= limit);
        if (at !== null) expect(lengthOn(platform, text.slice(0, at)).count).toBeLessThanOrEqual(limit);
      }),
      { numRuns: 60 },
    );
  });
});
