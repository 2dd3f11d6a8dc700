// A text as people see its numbers and addresses: nothing hidden, every kind of digit, dash and blank as one, with its places in the original.

/** `places[i]` is where the i-th unit of `text` stands in the original. */
export type Seen = { text: string; places: readonly number[] };

const PLAIN = /^[\n\r\t\x20-\x7e]*$/;
const HIDDEN = /\p{Default_Ignorable_Code_Point}|[\u061C\u180E]/u;
/** Letters that pass for digits' neighbours: a dash or a blank of any kind. */
const DASH = /[\p{Dash_Punctuation}\u2212\u00B7\u2022\u2219\u30FB]/u;
const BLANK = /[\p{Space_Separator}\t\n\r\u2028\u2029]/u;
const DIGIT = /\p{Decimal_Number}/u;

export function asSeen(original: string): Seen {
  if (PLAIN.test(original)) return { text: original.replace(/[\n\r\t]/g, ' '), places: itself(original.length) };
  const places: number[] = [];
  let text = '';
  let at = 0;
  for (const char of original) {
    const units = char <= '\x7e' ? (char < ' ' ? ' ' : char) : known(char);
    text += units;
    for (let i = 0; i < units.length; i += 1) places.push(at);
    at += char.length;
  }
  return { text, places };
}

/** 0, 1, 2, …: the places of a text in which nothing is seen otherwise; at least so many. */
const numbers: number[] = [];
function itself(length: number): readonly number[] {
  for (let i = numbers.length; i < length; i += 1) numbers.push(i);
  return numbers;
}

/** Where the character that begins at this place of the original ends. */
export function endIn(original: string, from: number): number {
  return from + ((original.codePointAt(from) ?? 0) > 0xffff ? 2 : 1);
}

/** Texts repeat their letters, and looking one up is cheaper than asking what it is. */
const looks = new Map<string, string>();
function known(char: string): string {
  let look = looks.get(char);
  if (look === undefined) {
    look = seen(char);
    if (looks.size > 2_000) looks.clear();
    looks.set(char, look);
  }
  return look;
}

function seen(char: string): string {
  if (HIDDEN.test(char)) return '';
  if (BLANK.test(char)) return ' ';
  if (DASH.test(char)) return '-';
  if (DIGIT.test(char)) return digitOf(char);
  // Compatibility forms such as full-width letters; what becomes longer stays as it is.
  const folded = char.normalize('NFKC');
  return folded.length === 1 ? folded : char;
}

/** Decimal digits of every script stand ten in a row, the zero first. */
function digitOf(char: string): string {
  const folded = char.normalize('NFKC');
  if (/^\d$/.test(folded)) return folded;
  const code = char.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && DIGIT.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((code - zero) % 10);
}
