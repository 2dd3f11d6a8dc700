// How urgent a mention is, 0..100, and why, in words that staff can check against the post.
import type { Author, Reason } from '@rejoinder/contracts/mentions';
import { FAR_NEGATIONS, LEXICON, MARKS, NEGATIONS, SIGNS, type Sign } from './lexicon.ts';
import { wordsOf } from './words.ts';

/**
 * What is scored. `postsBefore`: earlier posts of this author in the room (within whatever span the caller keeps).
 * `storySize`: how many mentions of the same story came before this one.
 */
export type Scored = { text: string; author: Author; postsBefore?: number; storySize?: number };

/**
 * `severity` is the sum of the reasons' points within 0..100. `signs` holds the points each sign gave, for the verdict;
 * `words` are the words it was read from, for the suggestion of a class.
 */
export type Score = {
  severity: number;
  reasons: Reason[];
  signs: Record<Sign, number>;
  asks: boolean;
  words: readonly string[];
};

export function scoreMention({ text, author, postsBefore = 0, storySize = 0 }: Scored): Score {
  const words = wordsOf(text);
  const found = readSigns(text, words);
  const mocking = isMocking(found);
  const signs = {} as Record<Sign, number>;
  const reasons: Reason[] = [];
  const say = (says: string, points: number) => points !== 0 && reasons.push({ says, points });

  for (const sign of ALL) signs[sign] = pointsOf(found[sign], SIGNS[sign].most);
  if (mocking) signs.praise = 0;
  else signs.mock = 0;
  const bad = signs.harm + signs.failure + signs.anger + signs.mock;
  const asks = text.includes('?') || signs.request > 0;
  // A day or a wedding in a post of thanks is no hurry.
  if (bad === 0 && !asks) signs.urgency = 0;
  // What is solved weighs half of what it was.
  if (signs.solved > 0) signs.solved = mocking ? 0 : Math.max(signs.solved, Math.round(signs.failure / 2));
  if (mocking) signs.mock = Math.max(10, signs.mock);

  for (const sign of RAISING) say(`${SIGNS[sign].says}${quote(found[sign])}`, signs[sign]);
  if (mocking) say(`Mocking rather than kind${quote(found.mock.length ? found.mock : found.praise)}`, signs.mock);
  if (asks)
    say(
      signs.request > 0 ? `Asks for something${quote(found.request)}` : 'Asks a question',
      Math.max(4, signs.request),
    );
  const loud = loudness(text);
  if (loud > 0) say('Shouts: capitals or exclamation marks', loud);
  say(`${count(author.followers ?? 0)} people follow the author`, reachPoints(author.followers));
  say(
    postsBefore === 1 ? 'Has posted before' : `Has posted ${postsBefore} times before`,
    Math.min(24, 8 * postsBefore),
  );
  say(
    `The same story came ${storySize === 1 ? 'once' : `${storySize} times`} before`,
    Math.min(12, Math.round(3 * Math.log2(1 + storySize))),
  );
  // Thanks beside a complaint weigh half: the complaint still stands.
  say(`${SIGNS.praise.says}${quote(found.praise)}`, -Math.round(bad > 0 ? signs.praise / 2 : signs.praise));
  say(`${SIGNS.solved.says}${quote(found.solved)}`, -signs.solved);
  say(`${SIGNS.polite.says}${quote(found.polite)}`, -signs.polite);

  const sum = reasons.reduce((all, r) => all + r.points, 0);
  return { severity: Math.min(100, Math.max(0, sum)), reasons, signs, asks, words };
}

type Found = { words: string; points: number };
type FoundSigns = Record<Sign, Found[]>;

const ALL = Object.keys(SIGNS) as Sign[];
const RAISING = ['harm', 'failure', 'anger', 'urgency', 'again', 'press'] as const;

function readSigns(text: string, words: readonly string[]): FoundSigns {
  const found = Object.fromEntries(ALL.map((s) => [s, [] as Found[]])) as FoundSigns;
  for (const hit of LEXICON.find(words)) {
    const { sign, points } = hit.value;
    const negated = (sign === 'praise' || sign === 'solved') && isNegated(words, hit.at);
    if (negated) found.failure.push({ words: `not ${hit.words}`, points: 8 });
    else if (!found[sign].some((f) => f.words === hit.words)) found[sign].push({ words: hit.words, points });
  }
  for (const [mark, sign, points] of MARKS) {
    const match = mark.exec(text)?.[0].trim();
    if (match) found[sign].push({ words: match, points });
  }
  return found;
}

const isNegated = (words: readonly string[], at: number): boolean =>
  NEGATIONS.has(words[at - 1] ?? '') || FAR_NEGATIONS.has(words[at - 2] ?? '');

/** The strongest counts whole, each further one half as much as it would alone, so that ten mild words are not a catastrophe. */
function pointsOf(found: readonly Found[], most: number): number {
  const [first = 0, ...rest] = found.map((f) => f.points).sort((a, b) => b - a);
  return Math.min(most, Math.round(first + rest.reduce((all, p) => all + p / 2, 0)));
}

/** Kind words are mocking when a mocking phrase says so or when they stand beside anger with nothing solved. */
function isMocking({ mock, praise, anger, failure, solved }: FoundSigns): boolean {
  if (mock.length > 0)
    return failure.length + anger.length > 0 || mock.some((m) => m.points >= 8 && m.words !== 'apparently');
  return praise.length > 0 && anger.length > 0 && failure.length > 0 && solved.length === 0;
}

const quote = (found: readonly Found[]): string =>
  found.length === 0
    ? ''
    : `: ${found
        .slice(0, 4)
        .map((f) => `“${f.words}”`)
        .join(', ')}`;

/** 5 points per power of ten above a hundred followers, from a thousand on, at most 20. */
const reachPoints = (followers: number | null): number =>
  followers === null || followers < 1000 ? 0 : Math.min(20, Math.round(5 * (Math.log10(followers) - 2)));

const count = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ' ');

function loudness(text: string): number {
  const capitals = (text.match(/\b\p{Lu}{3,}\b/gu) ?? []).length;
  return (capitals >= 3 ? 5 : 0) + (/!{2,}|\?!|!\?/.test(text) ? 3 : 0);
}
