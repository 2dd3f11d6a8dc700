// Letters that look like others, brought to one of them: whoever writes a Cyrillic а for an a is read as people read it.

/** Cyrillic and Greek letters (lower case) that look like a Latin one, and a few Latin ones of other alphabets. */
const ALIKE = new Map<string, string>(
  Object.entries({
    а: 'a',
    в: 'b',
    е: 'e',
    ё: 'e',
    к: 'k',
    м: 'm',
    н: 'h',
    о: 'o',
    р: 'p',
    с: 'c',
    т: 't',
    у: 'y',
    х: 'x',
    ѕ: 's',
    і: 'i',
    ї: 'i',
    ј: 'j',
    ԁ: 'd',
    ԛ: 'q',
    ԝ: 'w',
    һ: 'h',
    ո: 'n',
    ս: 'u',
    օ: 'o',
    ց: 'g',
    յ: 'j',
    α: 'a',
    β: 'b',
    γ: 'y',
    ε: 'e',
    ι: 'i',
    κ: 'k',
    ν: 'v',
    ο: 'o',
    ρ: 'p',
    τ: 't',
    υ: 'u',
    χ: 'x',
    ω: 'w',
    η: 'n',
    ı: 'i',
    ȷ: 'j',
    ɑ: 'a',
    ɡ: 'g',
    ɩ: 'i',
    ʀ: 'r',
    ɴ: 'n',
    ʏ: 'y',
    ᴀ: 'a',
    ᴄ: 'c',
    ᴅ: 'd',
    ᴇ: 'e',
    ᴏ: 'o',
    ᴛ: 't',
    ᴜ: 'u',
    ᴠ: 'v',
    ᴡ: 'w',
    ø: 'o',
    đ: 'd',
    ł: 'l',
    ħ: 'h',
    ŧ: 't',
    æ: 'ae',
    œ: 'oe',
    ß: 'ss',
    ſ: 's',
  }),
);
const LETTER_WITH_MARKS = /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{M}+/gu;
const PLAIN = /^[a-z']*$/;

/** A lower-case word in plain Latin letters as far as it looks like them; accents go, other scripts stay. */
export function plainLetters(word: string): string {
  if (PLAIN.test(word)) return word;
  const alike = replaced(word);
  if (PLAIN.test(alike)) return alike;
  return replaced(alike.normalize('NFKD').replace(LETTER_WITH_MARKS, '$1').normalize('NFC'));
}

function replaced(word: string): string {
  let out = '';
  for (const letter of word) out += ALIKE.get(letter) ?? letter;
  return out;
}

const DIGITS: Record<string, string> = { '0': 'o', '1': 'l', '3': 'e', '4': 'a', '5': 's', '7': 't' };

/** The shape of a word: i and l are one letter, and a digit among letters is the letter it stands for. */
export function shapeOf(word: string): string {
  const lettered = /\d/.test(word) && /[a-z]/.test(word) ? word.replace(/[013457]/g, (d) => DIGITS[d] ?? d) : word;
  return lettered.replaceAll('i', 'l');
}
