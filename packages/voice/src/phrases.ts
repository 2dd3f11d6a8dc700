// Where phrases of the plan stand in a text. Patterns become small chains of words; a text is read once, so time is linear.
import { type PhraseWord, readPhrase } from '@rejoinder/contracts/phrase-language';
import { type Word, wordsOf } from './words.ts';

/** A pattern ready to be looked for; null when it cannot be read (the reader of plans refuses those). */
export type Pattern = { first: Step[]; needs: Need[][] };
/** The first words of a part that must be there: without one of them the pattern stands nowhere. */
type Need = { text: string; open: boolean };
/** A step takes one word and then allows any of `next`; `ends` says that the pattern may end here. */
type Step = { text: string; open: boolean; any: boolean; next: Step[]; ends: boolean };

/** Places as word numbers, `to` exclusive. */
export type Span = { from: number; to: number };

const GAP = 4;

/** Compiles one pattern of the phrase language. Words are folded as texts are. */
export function compilePhrase(pattern: string): Pattern | null {
  const read = readPhrase(pattern);
  if ('says' in read) return null;
  const needs: Need[][] = [];
  const first: Step[] = [];
  // The loose ends: what the next step may follow on. `null` is the very beginning.
  let loose: (Step | null)[] = [null];
  const add = (after: (Step | null)[], text: string, open: boolean, any: boolean): Step => {
    const step: Step = { text, open, any, next: [], ends: false };
    for (const each of after) (each === null ? first : each.next).push(step);
    return step;
  };
  for (const token of read.tokens) {
    if (token.is === 'gap') {
      for (let i = 0, after = loose; i < GAP; i += 1) {
        const step = add(after, '', false, true);
        after = [step];
        loose = [...loose, step];
      }
      continue;
    }
    if (!token.optional) needs.push(token.options.map(firstWord));
    const ends: (Step | null)[] = token.optional ? [...loose] : [];
    for (const option of token.options) {
      let after = loose;
      for (const { text, open } of option) {
        const words = wordsOf(text);
        words.forEach((word, i) => {
          after = [add(after, word.text, open && i === words.length - 1, false)];
        });
      }
      ends.push(...after);
    }
    loose = ends;
  }
  for (const each of loose) if (each !== null) each.ends = true;
  return first.length === 0 ? null : { first, needs };
}

/** Every place where the pattern stands, longest first at each place, without overlaps. A match never runs over the end of a sentence. */
export function findPhrase(pattern: Pattern, words: readonly Word[]): Span[] {
  const found: Span[] = [];
  if (!canStand(pattern, words)) return found;
  let from = 0;
  while (from < words.length) {
    const to = matchAt(pattern, words, from);
    if (to > from) found.push({ from, to });
    from = Math.max(to, from + 1);
  }
  return found;
}

/** Places where the first words of both patterns stand at most `within` words apart, in either order. */
export function findNear(one: Pattern, two: Pattern, within: number, words: readonly Word[]): Span[] {
  const spans = [
    ...findPhrase(one, words).map((span) => ({ span, is: 1 })),
    ...findPhrase(two, words).map((span) => ({ span, is: 2 })),
  ];
  spans.sort((a, b) => a.span.from - b.span.from);
  return spans.flatMap((each, i) => {
    const next = spans[i + 1];
    if (!next || next.is === each.is || next.span.from - each.span.to >= within) return [];
    const runsOver = words.slice(each.span.from + 1, next.span.to).some((word) => word.opens);
    return runsOver ? [] : [{ from: each.span.from, to: next.span.to }];
  });
}

function firstWord([first]: PhraseWord[]): Need {
  const words = wordsOf(first?.text ?? '');
  return { text: words[0]?.text ?? '', open: (first?.open ?? false) && words.length === 1 };
}

const vocabularies = new WeakMap<readonly Word[], Set<string>>();

/** A quick no: most rules' words are nowhere in a text, and looking a word up is cheaper than looking for a phrase. */
function canStand(pattern: Pattern, words: readonly Word[]): boolean {
  let known = vocabularies.get(words);
  if (!known) {
    known = new Set(words.map((word) => word.text));
    vocabularies.set(words, known);
  }
  const all = known;
  const isThere = ({ text, open }: Need) => all.has(text) || (open && [...all].some((word) => word.startsWith(text)));
  return pattern.needs.every((need) => need.some(isThere));
}

/** The word after the longest match that begins here, or -1. Bounded by the length of the pattern: no step loops. */
function matchAt(pattern: Pattern, words: readonly Word[], from: number): number {
  const start = words[from]?.text ?? '';
  if (!pattern.first.some((step) => fits(step, start))) return -1;
  let longest = -1;
  let active = new Set(pattern.first);
  for (let at = from; at < words.length && active.size > 0; at += 1) {
    const word = words[at];
    if (!word || (at > from && word.opens)) break;
    const following = new Set<Step>();
    for (const step of active) {
      if (!fits(step, word.text)) continue;
      if (step.ends) longest = at + 1;
      for (const next of step.next) following.add(next);
    }
    active = following;
  }
  return longest;
}

function fits(step: Step, word: string): boolean {
  return step.any || (step.open ? word.startsWith(step.text) : word === step.text);
}
