import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countUnseen, showExact, showUnseen } from './unseen-characters.ts';

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

  it('[SG-10] marks blanks and joiners that no alphabet needs', () => {
    expect(countUnseen('a\u2800b\u034fc\u17b4d\u180be\u3000f')).toBe(5);
  });

  it('[SG-12] look-alike letters stand by themselves, and the pieces spell the text', () => {
    expect(showExact('To p\u0430ypal\u200b!')).toEqual([
      { kind: 'plain', text: 'To p' },
      { kind: 'like', char: '\u0430', script: 'Cyrillic', like: 'a' },
      { kind: 'plain', text: 'ypal' },
      { kind: 'mark', char: '\u200b', code: 'U+200B' },
      { kind: 'plain', text: '!' },
    ]);
    const letters = fc.constantFrom('a', 'p', '\u0430', '\u0440', '\u03bf', ' ', '\u200b', '\u{1d41a}', '.', '\u0301');
    fc.assert(
      fc.property(
        fc.string({ unit: letters }),
        (text) =>
          showExact(text)
            .map((part) => (part.kind === 'plain' ? part.text : part.char))
            .join('') === text,
      ),
    );
  });
});
