import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { likeness, likestOf, runsOf } from './likeness.ts';

const SENT =
  'I am sorry, Mara, that should not have happened. Your parcel stood in our depot in Leeds since Monday. We will bring it tomorrow morning. Ria';
const names = ['Mara', 'Tom Weller', 'Ria', 'Sam'];
const like = (draft: string, sent = SENT) => likeness(runsOf(draft, names), runsOf(sent, names));

describe('how like a reply is to one that was sent', () => {
  it('[VO-11] a copy with the names swapped is wholly like, in any case, spacing and quotes', () => {
    expect(like(SENT)).toBe(1);
    expect(like(SENT.replace('Mara', 'Tom').replace('Ria', 'Sam'))).toBe(1);
    expect(like(`@tom.example ${SENT.toUpperCase().replaceAll(' ', '  ')} https://example.org/x`)).toBe(1);
  });
  it('[VO-11] look-alikes, hidden characters and other numbers make no other reply', () => {
    expect(like(SENT.replaceAll('o', 'о').replaceAll('a', 'а'))).toBe(1);
    expect(like(SENT.replaceAll(' ', ' \u200b'))).toBe(1);
    const told =
      'I am sorry that your parcel 4471 waited 3 days in our depot in Leeds since 12 March and nobody wrote.';
    expect(like(told.replace('4471', '9920').replace('12', '14'), told)).toBe(1);
  });
  it('[VO-11] the same facts in other words are not', () => {
    const other =
      'Tom, you waited far too long for this, and I apologise. We found it at the Leeds depot; a van leaves with it at eight in the morning. Sam';
    expect(like(other)).toBeLessThan(0.2);
  });
  it('[VO-11] text around a copy does not hide it, and short thanks are nobody’s copy', () => {
    expect(like(`${SENT} ${'Something quite different that nobody has said before stands here now. '.repeat(3)}`)).toBe(
      1,
    );
    expect(like('Thank you so much!', 'Thank you so much!')).toBe(0);
  });
  it('[VO-11] finds the likest of many, and nothing where nothing is shared', () => {
    const sent = ['Quite another answer to another person on another day.', SENT].map((text) => ({
      text,
      runs: runsOf(text, names),
    }));
    expect(likestOf(runsOf(SENT.slice(0, 80), names), sent)).toMatchObject({ sent: { text: SENT }, share: 1 });
    expect(likestOf(runsOf('Words of their own that stand in no other reply at all.', names), sent)).toBeNull();
  });
  it('[VO-11] is a share, whatever the texts', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        (a, b) => {
          const share = likeness(runsOf(a), runsOf(b));
          expect(share >= 0 && share <= 1).toBe(true);
        },
      ),
    );
  });
});
