// Where phrases of the plan stand in a text. Patterns become small chains of words; a text is read once, so time is linear.
import { type PhraseWord, readPhrase } from '@rejoinder/contracts/phrase-language';
import { type Word, wordsOf } from './words.ts';

/** A pattern ready to be looked for. `needs`: for each part that must be there the first words it may begin with; without one it stands nowhere. */
export type Pattern = { first: Step[]; needs: string[][] };
/** A step takes one word and then allows any of `next`; `ends` says that the pattern may end here. */
type Step = { text: string; open: boolean; any: boolean; next: Step[]; ends: boolean };

/** Places as word numbers, `to` exclusive. */
export type Span = { from: number; to: number };

const GAP = 4;

/** Compiles one pattern of the phrase language. Words are folded as texts are. */
export function compilePhrase(pattern: string): Pattern | null {
  const read = readPhrase(pattern);
  if ('says' in read) return null;
  const needs: string[][] = [];
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

const firstWord = ([first]: PhraseWord[]): string => wordsOf(first?.text ?? '')[0]?.text ?? '';

/** A text's words written as one: where each begins, and which word stands at a place (`wordAt`). */
type Joined = { text: string; starts: number[]; at: Int32Array };
const joinedOf = new WeakMap<readonly Word[], Joined>();

function joined(words: readonly Word[]): Joined {
  const known = joinedOf.get(words);
  if (known) return known;
  const text = words.map((word) => word.text).join('');
  const made: Joined = { text, starts: [], at: new Int32Array(text.length + 1).fill(-1) };
  let start = 0;
  for (const [i, word] of words.entries()) {
    made.starts.push(start);
    made.at[start] = i;
    start += word.text.length;
  }
  made.at[start] = words.length;
  joinedOf.set(words, made);
  return made;
}

/** The word that begins at a place; the number of words where the last one ends; -1 elsewhere. */
const wordAt = (line: Joined, at: number): number => line.at[at] ?? -1;

/** A quick no: most rules' words are nowhere in a text, and looking for a word is cheaper than looking for a phrase. */
function canStand(pattern: Pattern, words: readonly Word[]): boolean {
  const { text } = joined(words);
  return pattern.needs.every((need) => need.some((word) => text.includes(word)));
}

/** Where a way through the pattern stands: after this step, at this place, and whether all of its words stood as words so far. */
type Way = { step: Step; to: number; whole: boolean; parts: number };

/**
 * The word after the longest match that begins at this word, or -1. Words count however they are spaced: "on ly", "o n l y" and "theonly" are
 * read as people read them, but a phrase begins and ends where a word does. Each step at each place is gone through once, and no step loops.
 */
function matchAt(pattern: Pattern, words: readonly Word[], from: number): number {
  const line = joined(words);
  const start = line.starts[from] ?? 0;
  if (!pattern.first.some((step) => step.any || line.text.startsWith(step.text, start))) return -1;
  let ways: Way[] = [];
  const add = (into: Way[], step: Step, at: number, whole: boolean, parts: number): void => {
    const to = endOf(step, line, words, at, from);
    if (to < 0 || into.some((way) => way.step === step && way.to === to && way.whole === whole)) return;
    const isWhole = whole && isOneWord(line, at, to);
    into.push({ step, to, whole: isWhole, parts: parts + 1 });
  };
  for (const step of pattern.first) add(ways, step, start, true, 0);
  let longest = -1;
  while (ways.length > 0) {
    const next: Way[] = [];
    for (const { step, to, whole, parts } of ways) {
      const word = wordAt(line, to);
      if (step.ends && word > longest && (whole || isSpacedOut(words, from, word, parts))) longest = word;
      for (const each of step.next) add(next, each, to, whole, parts);
    }
    ways = next;
  }
  return longest;
}

/** Where a step that begins here ends; -1 when it does not stand here or a sentence ends within it. */
function endOf(step: Step, line: Joined, words: readonly Word[], at: number, from: number): number {
  const begins = wordAt(line, at);
  if (begins > from && words[begins]?.opens) return -1;
  if (step.any) {
    if (begins < 0 || begins >= words.length) return -1;
    return line.starts[begins + 1] ?? line.text.length;
  }
  if (!line.text.startsWith(step.text, at)) return -1;
  let to = at + step.text.length;
  if (step.open) while (wordAt(line, to) < 0) to += 1;
  // A sentence that ends within the step's own letters ends the match too.
  for (let i = at + 1; i < to; i += 1) if (words[wordAt(line, i)]?.opens) return -1;
  return to;
}

const isOneWord = (line: Joined, at: number, to: number): boolean => {
  const word = wordAt(line, at);
  return word >= 0 && wordAt(line, to) === word + 1;
};

/** Letters put apart or words run together: believed of several words, and of single letters in a row; "in jury" is no injury. */
function isSpacedOut(words: readonly Word[], from: number, to: number, parts: number): boolean {
  const pieces = words.slice(from, to);
  const letters = pieces.reduce((sum, word) => sum + word.text.length, 0);
  return (parts > 1 && letters >= 8) || (letters >= 4 && pieces.every((word) => word.text.length === 1));
}
