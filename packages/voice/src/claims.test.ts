import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimsOutside } from './claims.ts';
import { figuresIn } from './figures.ts';

const keys = (text: string) => figuresIn(text).map((each) => each.key);
const said = (text: string, ...facts: string[]) => claimsOutside(text, facts).map((each) => each.match);

describe('figures', () => {
  it.each([
    [
      '12,000 parcels, 12.000 parcels, 12 000 parcels, 12k parcels, twelve thousand parcels',
      ['12000', '12000', '12000', '12000', '12000'],
    ],
    ['12.5 or 12,5', ['12.5', '12.5']],
    ['20 € and €20 and EUR 20 and 20 euros and $20', ['20 eur', '20 eur', '20 eur', '20 eur', '20 usd']],
    ['1,250.50 €', ['1250.5 eur']],
    ['3 %, 3%, three per cent, 3 percent', ['3 %', '3 %', '3 %', '3 %']],
    ['3 days, three working days, a 3-day wait, 3 hours', ['3 day', '3 day', '3 day', '3 hour']],
    ['2026-03-02, 2 March, March 2nd, the 2nd of March', ['on 3/2', 'on 3/2', 'on 3/2', 'on 3/2']],
    ['14:30, 2:30 pm, 2 pm, 12 am', ['at 14:30', 'at 14:30', 'at 14:00', 'at 0:00']],
    ['see https://x.example/9/2026 and @user7 #7', []],
    ['No one is the only one, and a B12 or 3rd is none', []],
  ])('[VO-20] %s', (text, expected) => {
    expect(keys(text)).toEqual(expected);
  });
});

describe('claims', () => {
  it('[VO-21] a figure that stands in a fact in whatever form is covered, another is marked in its place', () => {
    const facts = ['About 12,000 parcels got wet on 2 March.', 'We refund each of them within five days.'];
    expect(said('It hit twelve thousand parcels on March 2nd.', ...facts)).toEqual([]);
    const text = 'It hit 15,000 parcels on 2 March.';
    expect(claimsOutside(text, facts)).toEqual([{ kind: 'figure', from: 7, to: 13, match: '15,000' }]);
    expect(said('We answer within 5 hours.', ...facts)).toEqual(['5 hours']);
  });
  it('[VO-22] a sentence that promises or names a cause needs a fact that says so', () => {
    const facts = ['A roof in Leeds gave way because of the storm.', 'Everybody affected gets a full refund.'];
    expect(said('The roof gave way because of the storm. I am sorry.', ...facts)).toEqual([]);
    expect(said('Sorry! The driver was to blame. We are looking into it.', ...facts)).toEqual([
      'The driver was to blame.',
    ]);
    expect(said('Everyone affected gets a refund in full.', ...facts)).toEqual([]);
    expect(said('Nobody affected gets a full refund.', ...facts)).toHaveLength(1);
    expect(said('Everybody who is affected gets a full refund!', ...facts)).toEqual([]);
    expect(said('We guarantee it, you have our word.')).toHaveLength(1);
    expect(said('I am sorry, Ana. That is not how it should be, and I am asking the depot now.')).toEqual([]);
  });
  it('[VO-21] places are where the words are, in any text, and the same facts give the same answer', () => {
    const part = fc.constantFrom(
      '12,000',
      ' ',
      '. ',
      '5 %',
      'because',
      'refund',
      '\n',
      'é',
      '2 March',
      '!',
      '7pm',
      '😀',
      'five days',
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 30 }).map((parts) => parts.join('')),
        (text) => {
          const facts = ['5 % of them'];
          const claims = claimsOutside(text, facts);
          for (const claim of claims) expect(text.slice(claim.from, claim.to)).toBe(claim.match);
          expect(claimsOutside(text, facts)).toEqual(claims);
          expect(claims.filter((each) => each.match === '5 %')).toEqual([]);
        },
      ),
    );
  });
  it('[VO-23] a long text costs its length', () => {
    const started = performance.now();
    claimsOutside('1 '.repeat(5000), []);
    claimsOutside('1'.repeat(10_000), []);
    claimsOutside('because '.repeat(1200), ['x']);
    claimsOutside(`${'twelve '.repeat(1400)}.`, ['twelve']);
    expect(performance.now() - started).toBeLessThan(1500);
  });
});
