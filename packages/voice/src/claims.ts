// What a reply claims that no approved fact covers: figures, promises and causes, as far as plain lists of words can tell.
import { figuresIn } from './figures.ts';
import { wordsOf } from './words.ts';

/** A claim outside the facts and its place in UTF-16 offsets. A figure is marked itself, a promise or cause with its sentence. */
export type Claim = { kind: 'figure' | 'promise' | 'cause'; from: number; to: number; match: string };

const CAUSE =
  /\b(?:because|due to|owing to|caused by|the cause|root cause|the reason (?:is|was|for)|as a result of|to blame|at fault|(?:my|our|his|her|its|their|whose) (?:own )?fault|negligen\w+|responsible for|failed to)\b/iu;
const PROMISE =
  /\b(?:guarantee\w*|(?:we|i) promise|you have (?:our|my) word|never happen again|refund\w*|reimburs\w*|compensat\w*|free of charge|at no (?:extra )?cost|(?:we|i)(?: will|['’]ll|shall)? (?:also )?(?:pay|cover|replace|credit) (?:for |you |your |the |every )|(?:we|i)(?: will|['’]ll) (?:send|give|bring) (?:you|everyone|everybody|every) )/iu;
const SENTENCE = /[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]*)*[.!?]*/gu;

/** Words that say nothing of what is claimed. */
const EMPTY = new Set(
  'a an and are as at be been but by can do for from had has have he her his i in is it its me my not of on or our shall she so that the their them they this to us was we were will with you your also very all'.split(
    ' ',
  ),
);
const DENIES = /\b(?:not|no|never|nobody|none|nothing|without|cannot|\w+n['’]t)\b/iu;
/** From this share of a sentence's telling words that stand in one fact, the fact covers it. */
const COVERED = 0.6;

type Told = { words: ReadonlySet<string>; denies: boolean };
type Known = { figures: Set<string>; facts: Told[] };
const known = new WeakMap<readonly string[], Known>();

/** Claims of the text that stand in none of the facts, in order. The same array of facts is taken apart once. */
export function claimsOutside(text: string, facts: readonly string[]): Claim[] {
  const covered = known.get(facts) ?? takeApart(facts);
  known.set(facts, covered);
  const found: Claim[] = [];
  for (const figure of figuresIn(text))
    if (!covered.figures.has(figure.key)) found.push({ kind: 'figure', ...placed(text, figure.from, figure.to) });
  for (const sentence of text.matchAll(SENTENCE)) {
    const said = sentence[0].trim();
    const kind = CAUSE.test(said) ? 'cause' : PROMISE.test(said) ? 'promise' : null;
    if (kind === null || covered.facts.some((fact) => covers(fact, said))) continue;
    const from = sentence.index + sentence[0].indexOf(said);
    found.push({ kind, ...placed(text, from, from + said.length) });
  }
  return found.sort((a, b) => a.from - b.from || a.to - b.to);
}

const placed = (text: string, from: number, to: number) => ({ from, to, match: text.slice(from, to) });

function takeApart(facts: readonly string[]): Known {
  return {
    figures: new Set(facts.flatMap((fact) => figuresIn(fact).map((figure) => figure.key))),
    facts: facts.map((fact) => ({ words: new Set(telling(fact)), denies: DENIES.test(fact) })),
  };
}

/** A sentence that denies is covered by no fact that affirms, nor the other way round. */
function covers({ words: fact, denies }: Told, sentence: string): boolean {
  if (DENIES.test(sentence) !== denies) return false;
  const words = telling(sentence);
  return words.length > 0 && words.filter((word) => fact.has(word)).length / words.length >= COVERED;
}

/** The words that tell something, without their commonest endings. */
const telling = (text: string): string[] =>
  wordsOf(text)
    .map((word) => word.text)
    .filter((word) => !EMPTY.has(word))
    .map((word) => (word.length > 4 ? word.replace(/(?:ing|ed|es|s|e)$/u, '') : word));
