import { describe, expect, it } from 'vitest';
import { phraseIn, sentencesOf } from './phrase-in.ts';

const stands = (pattern: string, text: string) => phraseIn(pattern, sentencesOf(text));

describe('a phrase of the plan in a text of the plan', () => {
  it('[LI-23] is found in any case, spelling and choice, inside one sentence', () => {
    expect(stands('any inconvenience caused', 'We regret ANY  inconvenience, caused by us.')).toBe(true);
    expect(stands('(sorry|apologi*) if (you|anyone) (were|felt)? offend*', 'We apologise if you’re offended')).toBe(
      false,
    );
    expect(stands('(sorry|apologi*) if (you|anyone) (are|were)? offend*', 'We apologise if you’re offended')).toBe(
      true,
    );
    expect(stands('sorry ... delay', 'Sorry for this very long delay')).toBe(true);
    expect(stands('sorry ... delay', 'Sorry for this very very very long delay')).toBe(false);
    expect(stands('sorry ... delay', 'Sorry. The delay')).toBe(false);
    expect(stands('we cannot', "We can't")).toBe(false);
    expect(stands('we can not', "We can't")).toBe(true);
    expect(stands('(broken', 'broken')).toBe(false);
  });

  it('[LI-23] parts may be left out, gaps may be empty, and a word that is cut short ends with the sentence', () => {
    expect(stands('(very)? sorry', 'Sorry')).toBe(true);
    expect(stands('(very)? sorry', 'We are very sorry')).toBe(true);
    expect(stands('so (very)? sorry', 'So much sorry')).toBe(false);
    expect(stands('sorry ... delay', 'Sorry delay')).toBe(true);
    expect(stands('late delivery', 'The late delivery')).toBe(true);
    expect(stands('late delivery', 'The delivery is late')).toBe(false);
    expect(stands('we offend* you*', 'Did we offend')).toBe(false);
    expect(stands('well-mean*', 'It was well meant')).toBe(true);
    expect(stands('well-mean*', 'Wellness means much')).toBe(false);
    expect(stands('sorry', 'Sorrys')).toBe(false);
    expect(stands('so sorry', 'So - (truly) sorry')).toBe(false);
    expect(stands('so sorry', 'So -- sorry')).toBe(true);
    expect(stands('sorry friend', 'Sorry?! Friend')).toBe(false);
  });
});
