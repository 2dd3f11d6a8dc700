// Does a phrase of the plan stand in a text of the plan? A plain walk over words, for the few short texts a plan holds itself.
import { type PhraseToken, type PhraseWord, readPhrase } from '@rejoinder/contracts/phrase-language';

const GAP = 4;
const LONGEST = 4_000;

const SPELT_OUT: [RegExp, string][] = [
  [/\bcan't\b/g, 'can not'],
  [/\bwon't\b/g, 'will not'],
  [/n't\b/g, ' not'],
  [/'re\b/g, ' are'],
  [/'ve\b/g, ' have'],
  [/'ll\b/g, ' will'],
  [/\bi'm\b/g, 'i am'],
];

/** The words of each sentence, ready to be looked through. */
export function sentencesOf(text: string): string[][] {
  return text
    .slice(0, LONGEST)
    .split(/[.!?\n]+/)
    .map(wordsOf);
}

/** True when the pattern stands in one of the sentences. Work is bounded by their words times the parts of the pattern. */
export function phraseIn(pattern: string, sentences: readonly string[][]): boolean {
  const read = readPhrase(pattern);
  if ('says' in read) return false;
  const tokens = read.tokens.map(folded);
  return sentences.some((words) => words.some((_, from) => matches(tokens, words, from)));
}

/** The places the pattern may have reached, part by part. */
function matches(tokens: readonly PhraseToken[], words: readonly string[], from: number): boolean {
  let at = new Set([from]);
  for (const token of tokens) {
    const next = new Set<number>();
    for (const place of at) {
      if (token.is === 'gap') for (let i = 0; i <= GAP && place + i <= words.length; i += 1) next.add(place + i);
      else {
        if (token.optional) next.add(place);
        for (const option of token.options) if (stands(option, words, place)) next.add(place + option.length);
      }
    }
    at = next;
  }
  return at.size > 0;
}

function stands(option: readonly PhraseWord[], words: readonly string[], from: number): boolean {
  return option.every(({ text, open }, i) => {
    const word = words[from + i];
    return word !== undefined && (open ? word.startsWith(text) : word === text);
  });
}

function folded(token: PhraseToken): PhraseToken {
  if (token.is === 'gap') return token;
  const options = token.options.map((option) =>
    option.flatMap(({ text, open }) =>
      wordsOf(text).map((word, i, all) => ({ text: word, open: open && i === all.length - 1 })),
    ),
  );
  return { ...token, options };
}

function wordsOf(text: string): string[] {
  const plain = SPELT_OUT.reduce(
    (all, [from, to]) => all.replace(from, to),
    text.normalize('NFKC').toLowerCase().replace(/[‘’ʼ]/g, "'"),
  );
  return plain.split(/[^\p{L}\p{N}\p{M}]+/u).filter((word) => word !== '');
}
