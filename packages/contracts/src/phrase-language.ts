// The plan's small language for phrases: words, `word*` for any ending, `(a|b)` choices, `(a)?` optional, `...` for up to four words.

/** A word as it must stand; `open` means any ending may follow. */
export type PhraseWord = { text: string; open: boolean };
export type PhraseToken = { is: 'words'; options: PhraseWord[][]; optional: boolean } | { is: 'gap' };
export type PhraseReading = { tokens: PhraseToken[] } | { says: string };

const LONGEST = 240;
const MOST_TOKENS = 24;
const MOST_OPTIONS = 24;

/** Reads one pattern. Words come out lower case with straight quotes. Linear time; never throws. */
export function readPhrase(pattern: string): PhraseReading {
  const text = pattern.normalize('NFKC').toLowerCase().replace(/[‘’ʼ]/g, "'").trim();
  if (text === '') return { says: 'The pattern is empty.' };
  if (text.length > LONGEST) return { says: `The pattern has ${text.length} characters; at most ${LONGEST}.` };
  const tokens: PhraseToken[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at += 1;
    } else if (text.startsWith('...', at)) {
      tokens.push({ is: 'gap' });
      at += 3;
    } else if (text.charAt(at) === '(') {
      const end = text.indexOf(')', at);
      if (end < 0) return { says: 'A `(` has no `)`.' };
      const options = text
        .slice(at + 1, end)
        .split('|')
        .map(readWords);
      if (options.length > MOST_OPTIONS)
        return { says: `One choice has ${options.length} options; at most ${MOST_OPTIONS}.` };
      for (const option of options) if ('says' in option) return option;
      at = end + 1;
      const isOptional = text.charAt(at) === '?';
      if (isOptional) at += 1;
      tokens.push({
        is: 'words',
        options: options.flatMap((option) => ('says' in option ? [] : [option.words])),
        optional: isOptional,
      });
    } else {
      const end = text.slice(at).search(/[\s(]/);
      const words = readWords(end < 0 ? text.slice(at) : text.slice(at, at + end));
      if ('says' in words) return words;
      tokens.push({ is: 'words', options: [words.words], optional: false });
      at = end < 0 ? text.length : at + end;
    }
  }
  if (tokens.length > MOST_TOKENS) return { says: `The pattern has ${tokens.length} parts; at most ${MOST_TOKENS}.` };
  if (tokens.every((token) => token.is === 'gap' || token.optional))
    return { says: 'The pattern would match anything: every part may be absent.' };
  return { tokens };
}

function readWords(text: string): { words: PhraseWord[] } | { says: string } {
  const words = text.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return { says: 'A choice has an empty option; write `(a|b)?` for one that may be absent.' };
  const out: PhraseWord[] = [];
  for (const word of words) {
    const open = word.endsWith('*');
    const bare = (open ? word.slice(0, -1) : word).replace(/[.,;:!?]+$/, '');
    if (!/^[\p{L}\p{N}\p{M}'&-]+$/u.test(bare))
      return { says: `\`${word.slice(0, 40)}\` is not a word this language knows.` };
    if (open && [...bare].length < 3)
      return { says: `\`${word}\` is too short to take any ending; at least three letters.` };
    out.push({ text: bare, open });
  }
  return { words: out };
}
