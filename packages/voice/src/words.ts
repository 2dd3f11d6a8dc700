// A text as words with their places: case, quotes, dashes, spacing and hidden characters folded away, contractions spelt out.

/** One word of the folded text; `from`/`to` are UTF-16 offsets in the original. `opens` is true where a new sentence begins. */
export type Word = { text: string; from: number; to: number; opens: boolean };

const HIDDEN = /[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]|\u034F|\p{Variation_Selector}/gu;
const WORD =
  /[\p{L}\p{N}\p{M}\u00AD\u200B-\u200D\u2060\uFEFF]+(?:['’ʼ‘`´][\p{L}\p{M}\u00AD\u200B-\u200D\u2060\uFEFF]+)*/gu;
const SENTENCE_END = /[.!?…。！？]\s|\n\s*\n/u;

/** Endings that stand for a word of their own. */
const ENDINGS: [string, string][] = [
  ["'re", 'are'],
  ["'ve", 'have'],
  ["'ll", 'will'],
  ["'m", 'am'],
  ["'d", 'would'],
];
/** Words after which 's means is. */
const BEFORE_IS = new Set(['it', 'that', 'this', 'there', 'here', 'what', 'who', 'he', 'she', 'where', 'how']);
const WHOLE = new Map<string, string[]>([
  ["can't", ['can', 'not']],
  ["won't", ['will', 'not']],
  ["shan't", ['shall', 'not']],
  ['cannot', ['can', 'not']],
  ['youre', ['you', 'are']],
  ['theyre', ['they', 'are']],
  ['dont', ['do', 'not']],
  ['cant', ['can', 'not']],
  ['wont', ['will', 'not']],
  ['didnt', ['did', 'not']],
  ['havent', ['have', 'not']],
  ['hasnt', ['has', 'not']],
  ['isnt', ['is', 'not']],
  ['wasnt', ['was', 'not']],
]);

/** The words of a text in order. Linear in its length. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let last = 0;
  for (const found of text.matchAll(WORD)) {
    const from = found.index;
    const to = from + found[0].length;
    const folded = fold(found[0]);
    // Joiners alone are no word.
    if (folded === '') continue;
    const opens = words.length === 0 || SENTENCE_END.test(text.slice(last, from));
    spellOut(folded).forEach((word, i) => {
      words.push({ text: word, from, to, opens: opens && i === 0 });
    });
    last = to;
  }
  return words;
}

/** One word in its folded form: compatibility forms and case folded, straight quotes, nothing hidden. */
export function fold(word: string): string {
  return word
    .replace(HIDDEN, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’ʼ‘`´]/g, "'");
}

function spellOut(word: string): string[] {
  const whole = WHOLE.get(word);
  if (whole) return whole;
  if (!word.includes("'")) return [word];
  if (word.endsWith("n't")) return [word.slice(0, -3), 'not'];
  for (const [ending, meant] of ENDINGS) if (word.endsWith(ending)) return [word.slice(0, -ending.length), meant];
  const stem = word.slice(0, -2);
  return word.endsWith("'s") && BEFORE_IS.has(stem) ? [stem, 'is'] : [word];
}
