import { VOICE } from '@rejoinder/contracts/voice-numbers';
import type { RequiredElement } from '@rejoinder/contracts/voice-rules';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleVoice } from './example-voice.ts';
import { findings, touchesLiability } from './voice.ts';

const matches = (patterns: string[], text: string, form: 'phrase' | 'family' | 'near' = 'family') =>
  findings(exampleVoice(patterns, form), text, 'mastodon')
    .filter((finding) => finding.rule === VOICE.phrase)
    .map((finding) => finding.match);

describe('banned phrases', () => {
  const onlyOne = 'you (are|were) the only (one|person)';
  const hits: [string, string, string][] = [
    [onlyOne, 'Well, you are the only one.', 'you are the only one'],
    [onlyOne, 'You’re  the only\n one!', 'You’re  the only\n one'],
    [onlyOne, "YOU'RE THE ONLY PERSON", "YOU'RE THE ONLY PERSON"],
    [onlyOne, 'youre the only one', 'youre the only one'],
    [onlyOne, 'you\u200b ar\u00ade the\u00a0only-one', 'you\u200b ar\u00ade the\u00a0only-one'],
    [onlyOne, 'ｙｏｕ are the *only* one', 'ｙｏｕ are the *only* one'],
    ['sorry if you (were|are)? offend*', 'Sorry if you were offended', 'Sorry if you were offended'],
    ['sorry if you (were|are)? offend*', 'sorry if you offended', 'sorry if you offended'],
    ['we ... regret', 'we all do very much regret it', 'we all do very much regret'],
    ['do not (shout|yell)', "don't yell", "don't yell"],
    ['entschuldig*', 'Wir ENTSCHULDIGEN uns', 'ENTSCHULDIGEN'],
  ];
  it.each(hits)('[VO-1] %s is found in %j', (pattern, text, match) => {
    expect(matches([pattern], text)).toEqual([match]);
  });

  const misses: [string, string][] = [
    [onlyOne, 'Are you? The only one I know is Tom.'],
    [onlyOne, 'are you the only one'],
    ['sorry if you offend*', 'sorry. If you offend'],
    ['we ... regret', 'we one two three four five regret'],
    ['cat', 'concatenate the category'],
  ];
  it.each(misses)('[VO-1] %s is not found in %j', (pattern, text) => {
    expect(matches([pattern], text)).toEqual([]);
  });

  it('[VO-1] near finds two words within a distance in either order, inside one sentence', () => {
    expect(matches(['unable', 'assist*'], 'we are unable to assist you', 'near')).toEqual(['unable to assist']);
    expect(matches(['unable', 'assist*'], 'assistance we are unable to give', 'near')).toEqual([
      'assistance we are unable',
    ]);
    expect(matches(['unable', 'assist*'], 'We are unable. To assist', 'near')).toEqual([]);
    expect(matches(['unable', 'assist*'], 'unable one two three four five assist', 'near')).toEqual([]);
  });

  it('[VO-1] carries place, clause, why and repair', () => {
    const text = 'Sorry 🙂 – you are the only one, Tom';
    const [found] = findings(exampleVoice([onlyOne]), text, 'mastodon');
    expect(found).toEqual({
      rule: 'VO-1',
      clause: 'How we speak §1',
      strength: 'block',
      from: 11,
      to: 31,
      match: 'you are the only one',
      says: 'It sounds wrong.',
      repair: 'Say it otherwise.',
    });
    expect(text.slice(11, 31)).toBe('you are the only one');
  });
});

describe('what a reply must and must not hold', () => {
  const element: RequiredElement = {
    id: 'a',
    name: 'an apology',
    any: ['sorry', 'apologi*'],
    signature: false,
    classes: ['complaint'],
    clause: 'X §1',
    strength: 'block',
    why: 'First things first.',
    repair: null,
  };
  const lacks = (text: string, cardClass: string | null, changes: Partial<RequiredElement> = {}) =>
    findings(exampleVoice([], 'family', { required: [{ ...element, ...changes }] }), text, 'mastodon', {
      cardClass,
    }).map((finding) => finding.rule);

  it('[VO-2] a required element is asked of the classes it is for', () => {
    expect(lacks('We apologised, Tom.', 'complaint')).toEqual([]);
    expect(lacks('We sent it, Tom.', 'complaint')).toEqual(['VO-2']);
    expect(lacks('We sent it, Tom.', null)).toEqual(['VO-2']);
    expect(lacks('We sent it, Tom.', 'praise')).toEqual([]);
    expect(lacks('', 'complaint')).toEqual([]);
  });

  it('[VO-2] a signature is a name alone at the end', () => {
    const signed = (text: string) => lacks(text, null, { classes: null, signature: true, any: [] }).length === 0;
    for (const text of [
      'It is on its way. Maya',
      'It is on its way – Maya K.',
      'On its way\nJosé Peña',
      'Done ^Ann',
      'It goes out now. Best, Maya',
      'Liebe Grüße Jörg',
      'On its way. 田中',
    ])
      expect(signed(text), text).toBe(true);
    for (const text of [
      'It is on its way.',
      'We wrote to Maya',
      'It is on its way. maya',
      'YOU ARE THE ONLY-ONE',
      'On its way. Thanks',
      'Sorry. The Drovewell Team',
      'It comes. Customer Service',
      'It comes on Monday. See you',
      'We come. Tomorrow',
    ])
      expect(signed(text), text).toBe(false);
  });

  it('[VO-4] a text too long for its platform shows where it passes the limit', () => {
    const long = `sorry ${'é'.repeat(300)}`;
    expect(findings(exampleVoice(), long, 'bluesky')).toMatchObject([{ rule: 'VO-4', from: 300, to: 306 }]);
    expect(findings(exampleVoice(), long, 'mastodon')).toEqual([]);
  });

  it('[VO-5] slots, notes and calls to colleagues are leftovers', () => {
    for (const text of [
      'Dear [name], sorry',
      'Hi {{first_name}}',
      'It was {what}, sorry',
      'TODO sorry',
      'ok @legal please',
      'Ask Legal first',
      'Dear <name>',
      'until ____',
    ]) {
      expect(
        findings(exampleVoice(), text, 'mastodon').map((finding) => finding.rule),
        text,
      ).toContain('VO-5');
    }
    for (const text of ['todo list', 'mail legal@x', '@legally_blonde hi', '3 < 4 and 5 > 4']) {
      expect(
        findings(exampleVoice(), text, 'mastodon').map((finding) => finding.rule),
        text,
      ).not.toContain('VO-5');
    }
  });

  it('[VO-6] words that touch liability are told apart, so that legal can be asked', () => {
    const found = findings(exampleVoice(), 'It was our fault and we are liable.', 'mastodon');
    expect(found.map((finding) => finding.match)).toEqual(['our fault', 'liable']);
    expect(touchesLiability(found)).toBe(true);
    expect(touchesLiability(findings(exampleVoice(), 'It was late.', 'mastodon'))).toBe(false);
  });
});

describe('any text', () => {
  const voice = exampleVoice([
    'you (are|were) the only (one|person)',
    '(a|b)? c* ... d',
    'sorry if (you|anyone) (were|was)? offend*',
    'e',
  ]);
  const pieces = fc.constantFrom(
    'you',
    'are',
    'the',
    'only',
    'one',
    ' ',
    '\n',
    '.',
    '’',
    '\u200d',
    '@',
    '4111 1111 1111 1111',
    '[a]',
    '👩‍👩‍👧',
    'e\u0301',
    '\ud800',
    'https://a.b ',
    'RF-12345678',
  );
  const texts = fc
    .array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 60 })
    .map((all) => all.join(''));

  it('[VO-7] gives findings whose places lie in the text, in order, never an exception', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom('bluesky', 'mastodon', 'x', 'elsewhere'), (text, platform) => {
        const found = findings(voice, text, platform);
        found.forEach((finding, i) => {
          expect(finding.from).toBeGreaterThanOrEqual(0);
          expect(finding.to).toBeGreaterThanOrEqual(finding.from);
          expect(finding.to).toBeLessThanOrEqual(text.length);
          expect(finding.match).toBe(text.slice(finding.from, finding.to));
          expect(finding.from).toBeGreaterThanOrEqual(found[i - 1]?.from ?? 0);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('[VO-8] 2,000 characters are held against 100 rules, the worst text too', () => {
    const patterns = Array.from(
      { length: 100 },
      (_, i) => `(we|you|a) (are|were)? ... word${i} (very|so)? ${i % 2 === 0 ? 'late*' : 'sorry'}`,
    );
    const rules = exampleVoice(patterns);
    const usual = 'You wrote that the parcel came late and nobody answered, and we are sorry for that. '
      .repeat(24)
      .slice(0, 2_000);
    const worst = [
      'a '.repeat(1_000),
      '1'.repeat(2_000),
      '@'.repeat(2_000),
      'https://'.repeat(250),
      '[('.repeat(1_000),
      `${'a'.repeat(1_999)}@`,
      'account number 1'.repeat(125),
      '\n '.repeat(1_000),
    ];
    expect(findings(rules, usual, 'mastodon').every((found) => found.to <= usual.length)).toBe(true);
    for (const text of worst) {
      const found = findings(rules, text, 'mastodon');
      expect(
        found.every(({ from, to }) => from >= 0 && to <= text.length),
        text.slice(0, 20),
      ).toBe(true);
    }
  });
});
