// Which characters of a text a reader cannot see or that turn the reading direction, so that a signer sees the exact words.
import { type LookAlike, lookAlikes } from './look-alike.ts';

export type Shown = { kind: 'plain'; text: string } | { kind: 'mark'; char: string; code: string };
/** What a signer sees: also each letter of another alphabet that is taken for one of ours. */
export type Exact = Shown | ({ kind: 'like' } & Pick<LookAlike, 'char' | 'script' | 'like'>);

/** As `showUnseen`, with every look-alike letter by itself. Joined again, the pieces spell the text. */
export function showExact(text: string): Exact[] {
  const likes = lookAlikes(text);
  let at = 0;
  return showUnseen(text).flatMap((part): Exact[] => {
    const from = at;
    at += part.kind === 'plain' ? part.text.length : part.char.length;
    if (part.kind !== 'plain') return [part];
    const shown: Exact[] = [];
    let done = from;
    for (const { at: place, char, script, like } of likes.filter((each) => each.at >= from && each.at < at)) {
      if (place > done) shown.push({ kind: 'plain', text: text.slice(done, place) });
      shown.push({ kind: 'like', char, script, like });
      done = place + char.length;
    }
    if (done < at) shown.push({ kind: 'plain', text: text.slice(done, at) });
    return shown;
  });
}

/** Format and control characters, odd blanks, and lone combining marks at the start. Line feeds and ordinary spaces are plain. */
const UNSEEN =
  /[\p{Cf}\p{Cc}\p{Zl}\p{Zp}\p{Co}\p{Cn}\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u115f\u1160\u3164\uffa0\u2800]|\u034f|[\u17b4\u17b5]|[\u180b-\u180d]|[\ufe00-\ufe0f]/u;

/**
 * Cuts a text into runs that can be seen and single marks that cannot. Joiners and variation selectors inside an emoji
 * are part of what is seen, so they stay in its run. Joined again, the pieces spell the text.
 */
export function showUnseen(text: string): Shown[] {
  const shown: Shown[] = [];
  const plain = (part: string): void => {
    const last = shown.at(-1);
    if (last?.kind === 'plain') last.text += part;
    else shown.push({ kind: 'plain', text: part });
  };
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) {
    if (segment === '\n' || !UNSEEN.test(segment) || isEmoji(segment)) {
      plain(segment);
      continue;
    }
    for (const char of segment) {
      if (UNSEEN.test(char) && char !== '\n') shown.push({ kind: 'mark', char, code: codeOf(char) });
      else plain(char);
    }
  }
  return shown;
}

/** How many of them a text holds. */
export const countUnseen = (text: string): number => showUnseen(text).filter((part) => part.kind === 'mark').length;

const isEmoji = (segment: string): boolean =>
  /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|\u20e3|[0-9#*])+$/u.test(
    segment,
  ) && /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(segment);

const codeOf = (char: string): string => `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
