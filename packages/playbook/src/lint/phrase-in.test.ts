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
});
