import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Scored, scoreMention } from './score.ts';
import { suggester } from './suggest.ts';
import { PhraseList, wordsOf } from './words.ts';

const author = { handle: '@ana', name: 'Ana', followers: 240 };
const score = (text: string, over: Partial<Scored> = {}) => scoreMention({ text, author, ...over });
const said = (text: string, over: Partial<Scored> = {}) =>
  score(text, over)
    .reasons.map((r) => r.says)
    .join(' | ');

describe('words', () => {
  it('[TR-8] reads words past links, handles and apostrophes', () => {
    expect(wordsOf("@LateParcels DON'T use #LateAgain https://late.example/lost Ünïcode’s")).toEqual([
      'dont',
      'use',
      'lateagain',
      'ünïcodes',
    ]);
  });
  it('[TR-8] finds the longest phrase at each place, and every ending of an open one', () => {
    const list = new PhraseList([
      ['on hold', 1],
      ['on hold for hours', 2],
      ['delay*', 3],
      ['data leak*', 4],
    ]);
    const found = list.find(wordsOf('On hold for hours, on hold, delayed, data leaks, on'));
    expect(found.map((h) => [h.words, h.value])).toEqual([
      ['on hold for hours', 2],
      ['on hold', 1],
      ['delayed', 3],
      ['data leaks', 4],
    ]);
  });
});

describe('severity', () => {
  it('[TR-9] is the sum of its reasons within 0..100, for any text', () => {
    const words = fc.constantFrom(
      'late',
      'lost',
      'thanks',
      'police',
      'never again',
      'today',
      'please',
      '?',
      '!!',
      'not',
      'great',
      '🙄',
      'sorted',
    );
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(words, { maxLength: 30 }).map((w) => w.join(' ')),
    );
    fc.assert(
      fc.property(text, fc.nat(2_000_000), fc.nat(20), fc.nat(5000), (t, followers, postsBefore, storySize) => {
        const { severity, reasons } = score(t, { author: { ...author, followers }, postsBefore, storySize });
        const sum = reasons.reduce((all, r) => all + r.points, 0);
        expect(severity).toBe(Math.min(100, Math.max(0, sum)));
        expect(Number.isInteger(severity)).toBe(true);
      }),
    );
  });
  it('[TR-10] hears complaints that hold no word of feeling, and names the words', () => {
    expect(said('My parcel was due on Tuesday. No answer on the phone.')).toContain(
      'Something went wrong: “was due”, “no answer”',
    );
    for (const text of [
      'Flight cancelled',
      'on hold for 52 minutes',
      'they lost my bag',
      'where is my refund',
      'it never arrived',
    ])
      expect(score(text).severity, text).toBeGreaterThan(10);
  });
  it('[TR-11] puts harm and law above everything that only annoys', () => {
    const annoyed = score('worst service ever, useless, late again, no answer, never again').severity;
    expect(score('My daughter was injured by a falling parcel and is in hospital').severity).toBeGreaterThanOrEqual(60);
    expect(annoyed).toBeLessThan(score('Insulin for my son is late, no answer, please help today').severity);
  });
  it('[TR-12] rises with reach, with repetition and with the size of the story', () => {
    const text = 'My parcel is late';
    const base = score(text).severity;
    expect(score(text, { author: { ...author, followers: 90_000 } }).severity).toBe(base + 15);
    expect(score(text, { author: { ...author, followers: null } }).severity).toBe(base);
    expect(said(text, { postsBefore: 2 })).toContain('Has posted 2 times before');
    expect(score(text, { storySize: 15 }).severity).toBe(base + 12);
  });
  it('[TR-13] falls with thanks and courtesy, and by half with what is solved', () => {
    expect(score('Thank you, the driver was so kind').severity).toBe(0);
    const open = score('My parcel was lost').severity;
    expect(score('My parcel was lost but it turned up in the end, thanks').severity).toBeLessThan(open / 2);
  });
  it('[TR-14] takes mocking thanks and negated praise for what they are', () => {
    expect(said("Thanks for losing my mum's present. Great job.")).toContain(
      'Mocking rather than kind: “thanks for losing”',
    );
    expect(said('Great, another delay 🙄')).toContain('Mocking');
    expect(said('Not impressed with you')).toContain('Something went wrong: “not impressed”');
    expect(said('That was not very helpful')).toContain('“not very helpful”');
    expect(said('No charge. So kind.')).not.toContain('not so kind');
    expect(said('Thank you so much!')).not.toContain('Mocking');
  });
  it('[TR-15] a text of 20,000 characters full of signs scores within bounds', () => {
    const { severity, reasons } = score('late delayed no answer on hold '.repeat(645));
    expect(severity).toBeGreaterThan(0);
    expect(severity).toBeLessThanOrEqual(100);
    expect(reasons.length).toBeLessThan(20);
  });
});

describe('suggested class', () => {
  const suggest = suggester([
    { id: 'complaint', words: ['refund', 'lost'] },
    { id: 'question', words: ['how do i'] },
    { id: 'praise', words: ['shout out', 'thank you'] },
    { id: 'correction', words: ['cover up'] },
    { id: 'rant', words: ['worst'] },
    { id: 'troll', words: ['cry more'] },
  ]);
  it.each([
    ['My parcel was due Tuesday and the tracking has not moved, no reply', 'complaint'],
    ['How do I change the address?', 'question'],
    ['Shout out to the driver, so kind', 'praise'],
    ['Thank you for nothing. Lost again.', 'complaint'],
    ['The worst company. Shame on you.', 'rant'],
    ['They planned it, a cover up', 'correction'],
    ['cry more lol', 'troll'],
    ['Kudos, the parcel that was lost turned up in the end', 'praise'],
    ['One of their vans at the station', null],
  ])('[TR-16] %s → %s', (text, expected) => {
    expect(suggest(score(text))).toBe(expected);
  });
  it('[TR-16] suggests only classes of the plan', () => {
    expect(suggester([{ id: 'gripe', words: ['late'] }])(score('late'))).toBe('gripe');
    expect(suggester([])(score('late'))).toBeNull();
  });
});
