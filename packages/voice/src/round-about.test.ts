import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleVoice } from './example-voice.ts';
import { findings } from './voice.ts';

const ONLY = 'you (are|were) the only (one|person) to report this';
const SORRY = '(sorry|apologi*) if (you|anyone) (were|was|feel|felt)? offend*';
const found = (patterns: string[], text: string) =>
  findings(exampleVoice(patterns), text, 'mastodon')
    .filter((each) => each.rule === 'VO-1')
    .map((each) => each.match);

describe('getting round a phrase', () => {
  const hidden = [
    '\u200B',
    '\u200D',
    '\u2060',
    '\uFEFF',
    '\u00AD',
    '\u200E',
    '\u202E',
    '\u2066',
    '\u034F',
    '\u180E',
    '\u3164',
    '\uFE0F',
    '\u{E0061}',
  ];
  it.each([
    ['case', 'YoU aRe ThE oNlY oNe To RePoRt ThIs'],
    ['a contraction', 'you’re the only one to report this'],
    ['a bare contraction', 'youre the only one to report this'],
    ['a curly backquote', 'you`re the only one to report this'],
    ['blanks', 'you\u00a0are \t the\u2003only\n one to  report this'],
    ['a soft hyphen', 'you are the on\u00adly one to re\u00adport this'],
    ['Cyrillic letters', 'уоu аre thе оnly оne tо rероrt this'],
    ['Greek letters', 'yοu αre the οnly one tο repοrt this'],
    ['small capitals', 'yᴏᴜ ᴀre the only one to report this'],
    ['mathematical letters', '𝐲𝐨𝐮 𝕒𝕣𝕖 𝘵𝘩𝘦 𝚘𝚗𝚕𝚢 one to report this'],
    ['circled letters', 'ⓨⓞⓤ are the only one to report this'],
    ['full width', 'ｙｏｕ are the only one to report this'],
    ['accents', 'yóu àre thé ônly ōne to repört this'],
    ['stacked marks', 'y\u0336o\u0336u\u0336 are the only one to report this'],
    ['digits', 'y0u are the 0n1y 0ne t0 rep0rt th1s'],
    ['a capital I for an l', 'you are the onIy one to report this'],
    ['a bar of letters apart', 'y o u  a r e  t h e  o n l y  o n e  t o  r e p o r t  t h i s'],
    ['letters with dots', 'y.o.u are the o.n.l.y one to report this'],
    ['a hyphen in a word', 'you are the on-ly one to re-port this'],
    ['words run together', 'you arethe onlyone to report this'],
    ['stars and underlines', 'you are the *only* _one_ to **report** this'],
    ['emoji between', 'you 🙂 are the 🚨 only one to report this'],
    ['a comma', 'you, are the only, one to report this'],
    ['other hyphens', 'you‐are‑the–only—one to report this'],
  ])('[VO-12] is found behind %s', (_, text) => {
    expect(found([ONLY], text)).toHaveLength(1);
  });

  it('[VO-12] is found behind any hidden character in any place, with its place in the text as it stands', () => {
    const phrase = 'sorry if you were offended';
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(phrase.length), fc.constantFrom(...hidden)), { maxLength: 12 }), (marks) => {
        const at = (i: number) => marks.flatMap(([place, mark]) => (place === i ? [mark] : [])).join('');
        const text = [...phrase].map((letter, i) => at(i) + letter).join('');
        const [only, ...others] = found([SORRY], `We are ${text} now.`);
        expect(others).toEqual([]);
        expect(only?.replace(/\p{Default_Ignorable_Code_Point}/gu, '')).toBe(phrase);
      }),
    );
  });

  it.each([
    'apologies if anyone felt offended',
    'We apologise if you were offended',
    'Apologizing if you feel offended',
    'sorry if you’ve been — no: sorry if you offended',
    'SORRY IF YOU WERE OFFENSIVELY treated? sorry if anyone was offending',
  ])('[VO-1] every inflection the rule states is found in %j', (text) => {
    expect(found([SORRY], text).length).toBeGreaterThan(0);
  });

  it.each([
    [ONLY, 'You wrote to the only one to report this'],
    [ONLY, 'you are the only one. To report this, ring us'],
    ['injur*', 'we sit in jury rooms'],
    ['legal*', 'the alle galley'],
    ['fine', 'if I need it'],
    ['our fault', 'four faults'],
    ['in court', 'begin courting'],
    ['cat', 'c at'],
    [SORRY, 'I am sorry. If you were offended by our driver, tell us.'],
    ['schade', 'Die Schädel sind alt'],
  ])('[VO-12] %s is not found in %j', (pattern, text) => {
    expect(found([pattern], text)).toEqual([]);
  });

  it('[VO-12] a phrase of another script is found in its own', () => {
    expect(found(['вы единственн*'], 'Вы — единственный, кто жалуется')).toHaveLength(1);
    expect(found(['είστε ο μόνος'], 'Είστε ο μόνος')).toHaveLength(1);
    expect(found(['あなただけ'], 'あなただけ です')).toHaveLength(1);
  });

  it('[VO-8] [VO-12] texts made to be slow cost little more than plain ones', () => {
    const patterns = Array.from({ length: 100 }, (_, i) => `(a|aa|aaa|a a) (a|aa)? ... a (aa|a)? b${i}*`);
    const voice = exampleVoice(patterns);
    for (const text of ['a '.repeat(1_000), 'a'.repeat(2_000), 'aa a '.repeat(400), `${'a '.repeat(990)}b1`]) {
      const began = performance.now();
      findings(voice, text, 'mastodon');
      expect(performance.now() - began, text.slice(0, 8)).toBeLessThan(2_000);
    }
  });
});
