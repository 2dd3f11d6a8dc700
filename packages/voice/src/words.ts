// A text as words with their places: case, quotes, dashes, spacing, hidden characters and look-alikes folded away, contractions spelt out.
import { plainLetters, shapeOf } from './look-alikes.ts';

/** One word of the folded text, by its shape (look-alikes.ts); `from`/`to` are UTF-16 offsets in the original. `opens` is true where a new sentence begins. */
export type Word = { text: string; from: number; to: number; opens: boolean };

/** Characters that nobody sees: joiners, soft hyphens, marks of direction, variation selectors, fillers, tags. */
const HIDDEN = /\p{Default_Ignorable_Code_Point}|[\u061C\u180E]/gu;
/** Letters in circles and boxes are letters to people too. */
const WORD =
  /[\p{L}\p{N}\p{M}\p{Default_Ignorable_Code_Point}\u24B6-\u24E9\u{1F130}-\u{1F149}]+(?:['’ʼ‘`´＇][\p{L}\p{M}\p{Default_Ignorable_Code_Point}]+)*/gu;
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
    const shapes = shapesOf(found[0]);
    // Joiners alone are no word.
    if (shapes.length === 0) continue;
    let opens = words.length === 0 || SENTENCE_END.test(text.slice(last, from));
    for (const shape of shapes) {
      words.push({ text: shape, from, to, opens });
      opens = false;
    }
    last = to;
  }
  return words;
}

/** Texts repeat their words, and looking one up is cheaper than folding it. */
const shapes = new Map<string, readonly string[]>();
const MOST_SHAPES = 10_000;
const LONGEST_KEPT = 40;

/** The words that one written word stands for, by their shapes; none for what nobody sees. */
function shapesOf(written: string): readonly string[] {
  const known = shapes.get(written);
  if (known) return known;
  const folded = fold(written);
  const made = folded === '' ? [] : spellOut(folded).map(shapeOf);
  if (written.length > LONGEST_KEPT) return made;
  if (shapes.size >= MOST_SHAPES) shapes.clear();
  shapes.set(written, made);
  return made;
}

const ASCII = /^[A-Za-z']*$/;

/** One word in its folded form: compatibility forms, case and look-alikes folded, straight quotes, nothing hidden. */
export function fold(word: string): string {
  if (ASCII.test(word)) return word.toLowerCase();
  const seen = word
    .replace(HIDDEN, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’ʼ‘`´]/g, "'");
  return plainLetters(seen);
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
