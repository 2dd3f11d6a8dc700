import { readPhrase } from '@rejoinder/contracts/phrase-language';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePhrase, findPhrase } from './phrases.ts';
import { wordsOf } from './words.ts';

describe('the phrase language', () => {
  it('[VO-10] refuses what it cannot mean, with a sentence', () => {
    for (const pattern of [
      '',
      '   ',
      '(a',
      '(a|)',
      '()',
      '...',
      '(a)?',
      'a*',
      'x$y',
      `${'word '.repeat(60)}`,
      '(a)? ...',
    ]) {
      expect(readPhrase(pattern), pattern).toHaveProperty('says');
    }
    for (const pattern of ['a', 'offend*', '(a|b c)? d', 'we ... you', "don't", 'no-one', 'entschuldig*']) {
      expect(readPhrase(pattern), pattern).toHaveProperty('tokens');
    }
  });

  it('[VO-10] any pattern is read or refused, and what is read finds itself', () => {
    const word = fc.constantFrom('you', 'are', 'late', 'sorry', "don't", 'no-one');
    const plain = fc.array(word, { minLength: 1, maxLength: 8 }).map((all) => all.join(' '));
    fc.assert(
      fc.property(plain, (text) => {
        const pattern = compilePhrase(text);
        expect(pattern).not.toBeNull();
        if (pattern) expect(findPhrase(pattern, wordsOf(text))).toEqual([{ from: 0, to: wordsOf(text).length }]);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const read = readPhrase(text);
        expect(compilePhrase(text) === null || 'tokens' in read).toBe(true);
      }),
    );
  });
});
