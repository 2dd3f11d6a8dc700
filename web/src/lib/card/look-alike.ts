// Which words of a text are spelt with letters of another alphabet that look like ours, so that a signer sees what is really there?

/**
 * Letters of other alphabets that a reader takes for a Latin one: the prototypes of Unicode's confusables for Cyrillic, Greek, Armenian
 * and Cherokee as far as they are alike in common typefaces. Key: the letter; value: what it is taken for.
 */
const TAKEN_FOR: Readonly<Record<string, string>> = {
  // Cyrillic, small and capital
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  ѕ: 's',
  і: 'i',
  ј: 'j',
  һ: 'h',
  ԁ: 'd',
  ԛ: 'q',
  ԝ: 'w',
  ӏ: 'l',
  ѵ: 'v',
  г: 'r',
  п: 'n',
  А: 'A',
  В: 'B',
  Е: 'E',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: 'O',
  Р: 'P',
  С: 'C',
  Т: 'T',
  У: 'Y',
  Х: 'X',
  Ѕ: 'S',
  І: 'I',
  Ј: 'J',
  Ԛ: 'Q',
  Ԝ: 'W',
  Ӏ: 'I',
  Ѵ: 'V',
  // Greek, small and capital
  α: 'a',
  ο: 'o',
  ν: 'v',
  ρ: 'p',
  ι: 'i',
  κ: 'k',
  υ: 'u',
  χ: 'x',
  γ: 'y',
  τ: 't',
  ϲ: 'c',
  ϳ: 'j',
  Α: 'A',
  Β: 'B',
  Ε: 'E',
  Ζ: 'Z',
  Η: 'H',
  Ι: 'I',
  Κ: 'K',
  Μ: 'M',
  Ν: 'N',
  Ο: 'O',
  Ρ: 'P',
  Τ: 'T',
  Υ: 'Y',
  Χ: 'X',
  Ϲ: 'C',
  Ϳ: 'J',
  // Armenian
  օ: 'o',
  ս: 'u',
  ո: 'n',
  հ: 'h',
  ց: 'g',
  զ: 'q',
  Տ: 'S',
  Օ: 'O',
  Լ: 'L',
  // Cherokee
  Ꭺ: 'A',
  Ᏼ: 'B',
  Ꮯ: 'C',
  Ꭰ: 'D',
  Ꭼ: 'E',
  Ꮋ: 'H',
  Ꭻ: 'J',
  Ꮶ: 'K',
  Ꮮ: 'L',
  Ꮇ: 'M',
  Ꮲ: 'P',
  Ꭱ: 'R',
  Ꮪ: 'S',
  Ꭲ: 'T',
  Ꮩ: 'V',
  Ꮃ: 'W',
  Ꮓ: 'Z',
};

const SCRIPTS = ['Latin', 'Cyrillic', 'Greek', 'Armenian', 'Cherokee'] as const;
type Script = (typeof SCRIPTS)[number];
const IS: Readonly<Record<Script, RegExp>> = {
  Latin: /\p{Script=Latin}/u,
  Cyrillic: /\p{Script=Cyrillic}/u,
  Greek: /\p{Script=Greek}/u,
  Armenian: /\p{Script=Armenian}/u,
  Cherokee: /\p{Script=Cherokee}/u,
};
/** Latin letters made for mathematics or full width, which look like plain ones in bold or wide: `𝐚`, `ａ`. */
const DRESSED = /[\u{1d400}-\u{1d7ff}\u{ff21}-\u{ff3a}\u{ff41}-\u{ff5a}]/u;
const WORD = /[\p{L}\p{N}\p{M}\u{1d400}-\u{1d7ff}]+/gu;

/** One letter that is taken for another: where (UTF-16 offset), what it is, and what it looks like. */
export type LookAlike = { at: number; char: string; script: Script | 'Styled'; like: string };

/**
 * The look-alike letters of a text, in order. A word is looked at that mixes alphabets, or that stands in one foreign alphabet but could be
 * spelt whole with ours while the text around it is Latin (“раураl”, “раура”). Russian or Greek by itself is no look-alike.
 */
export function lookAlikes(text: string): LookAlike[] {
  const words = [...text.matchAll(WORD)];
  const latinWords = words.filter(([word]) => IS.Latin.test(word) && scriptsOf(word).length === 1).length;
  const foreign = words.filter(([word]) => !IS.Latin.test(word) && scriptsOf(word).length > 0);
  // Where whole words of the foreign alphabet cannot be ours, the text is written in it, and its short words mean what they say.
  const written = new Set(foreign.filter(([word]) => !couldBeLatin(word)).flatMap(([word]) => scriptsOf(word)));
  return words.flatMap((match) => {
    const [word] = match;
    const scripts = scriptsOf(word);
    const dressed = DRESSED.test(word);
    const mixed = scripts.length > 1;
    const [only] = scripts;
    const posing =
      scripts.length === 1 &&
      only !== undefined &&
      only !== 'Latin' &&
      !written.has(only) &&
      latinWords > 0 &&
      couldBeLatin(word);
    return dressed || mixed || posing ? lettersOf(word, match.index, mixed ? majority(word) : 'Latin') : [];
  });
}

/** How the text reads to the eye: every look-alike as the letter it is taken for. Two texts that look the same have the same. */
export const skeleton = (text: string): string =>
  [...text].map((char) => TAKEN_FOR[char] ?? (DRESSED.test(char) ? char.normalize('NFKC') : char)).join('');

function lettersOf(word: string, start: number, own: Script): LookAlike[] {
  const found: LookAlike[] = [];
  let at = start;
  for (const char of word) {
    const like = skeleton(char);
    const script = scriptOf(char);
    if (DRESSED.test(char)) found.push({ at, char, script: 'Styled', like });
    else if (script !== null && script !== own) found.push({ at, char, script, like });
    at += char.length;
  }
  return found;
}

/** A mixed word is foreign in its Latin letters only when most of it could not be Latin at all. */
function majority(word: string): Script {
  const foreign = [...word].filter((char) => scriptOf(char) !== null && scriptOf(char) !== 'Latin');
  const [first] = foreign;
  const certain = foreign.some((char) => TAKEN_FOR[char] === undefined);
  return certain && first !== undefined ? (scriptOf(first) ?? 'Latin') : 'Latin';
}

const scriptOf = (char: string): Script | null => SCRIPTS.find((script) => IS[script].test(char)) ?? null;
const scriptsOf = (word: string): Script[] => SCRIPTS.filter((script) => IS[script].test(word));
const couldBeLatin = (word: string): boolean =>
  [...word].every((char) => TAKEN_FOR[char] !== undefined || scriptOf(char) === null);
