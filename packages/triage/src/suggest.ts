// Which class of the plan a post seems to be. A suggestion: staff decide.
import type { TriageClass } from '@rejoinder/contracts/playbooks';
import type { Score } from './score.ts';
import { PhraseList } from './words.ts';

/** What suggesting needs of a plan's triage class. */
export type SuggestibleClass = Pick<TriageClass, 'id' | 'words'>;

/**
 * The id of the likeliest class, null when nothing points to one. Each of a class's own words in the text weighs as much as
 * a clear sign; classes called complaint, question, praise and rant also gain by what the score found. Between equals the one
 * that costs more work wins, then the one the plan lists first.
 */
export function suggester(classes: readonly SuggestibleClass[]): (score: Score) => string | null {
  const lists = classes.map((c) => ({ id: c.id, list: new PhraseList(c.words.map((w) => [w, c.id] as const)) }));
  /** The lists of which a phrase could begin at a word; posts use the same few thousand words again and again. */
  const startersOf = new Map<string, readonly number[]>();
  const listsAt = (word: string): readonly number[] => {
    const known = startersOf.get(word);
    if (known) return known;
    const found = lists.flatMap(({ list }, i) => (list.startsAt(word) ? [i] : []));
    if (startersOf.size >= MOST_REMEMBERED) startersOf.clear();
    startersOf.set(word, found);
    return found;
  };
  return (score) => {
    const worthLooking = new Set(score.words.flatMap(listsAt));
    const mocked = score.signs.mock > 0;
    let best: { id: string; points: number } | null = null;
    for (const [i, { id, list }] of lists.entries()) {
      const found = worthLooking.has(i) ? list.find(score.words).length : 0;
      const own = id === 'praise' && mocked ? 0 : 12 * found;
      const points = own + pointsFor(id, score);
      const wins = best === null || points > best.points || (points === best.points && workOf(id) > workOf(best.id));
      if (points > 0 && wins) best = { id, points };
    }
    return best?.id ?? null;
  };
}

const MOST_REMEMBERED = 10_000;

function pointsFor(id: string, { signs, asks }: Score): number {
  const wrong = signs.failure + signs.harm + signs.mock;
  switch (id) {
    case 'complaint':
      return wrong > 0 || signs.again >= 7 ? wrong + signs.again : 0;
    case 'question':
      return asks && wrong === 0 && signs.anger === 0 ? 12 : asks ? 4 : 0;
    case 'praise':
      // One weak kind word is a manner of speaking; plain thanks outweigh a small mishap told along with them.
      if (signs.praise < 8 || signs.anger > 0 || signs.harm > 0) return 0;
      if (wrong === 0) return signs.praise * 1.5;
      if (signs.solved > 0 || (signs.praise >= 15 && wrong <= 22 && !asks)) return 2 * (wrong + signs.praise);
      return signs.praise / 2;
    case 'rant':
      return wrong === 0 ? signs.anger : signs.anger / 2;
    default:
      return 0;
  }
}

const WORK = ['troll', 'praise', 'rant', 'question', 'correction', 'complaint'];
const workOf = (id: string): number => WORK.indexOf(id);
