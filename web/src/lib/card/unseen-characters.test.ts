import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countUnseen, showUnseen } from './unseen-characters.ts';

const spell = (text: string): string =>
  showUnseen(text)
    .map((part) => (part.kind === 'plain' ? part.text : part.char))
    .join('');

describe('characters nobody sees', () => {
  it('[SG-10] marks zero-width, bidi, odd blanks and control characters with their code', () => {
    const text = 'a\u200bb\u202ec\u00a0d\u2066e\tf\u00ad';
    expect(showUnseen(text).flatMap((part) => (part.kind === 'mark' ? [part.code] : []))).toEqual([
      'U+200B',
      'U+202E',
      'U+00A0',
      'U+2066',
      'U+0009',
      'U+00AD',
    ]);
  });

  it('[SG-10] leaves plain text, line ends, letters with marks and whole emoji alone', () => {
    expect(countUnseen('Grüße,\nMaría 👩‍👩‍👧 ❤️ 🇩🇪 1️⃣ नमस्ते')).toBe(0);
  });

  it('[SG-10] the pieces spell the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => spell(text) === text));
  });
});
