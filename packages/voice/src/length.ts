// How long a text is as its platform counts, and how long it may be.

/** Counts as the platform does. `limit` in the same unit. */
export type Length = { count: number; limit: number };

/** Limits from the platforms' own documentation; where only a byte limit is known the smaller sensible figure is taken. */
const LIMITS: Record<string, number> = {
  bluesky: 300,
  mastodon: 500,
  x: 280,
  threads: 500,
  facebook: 8_000,
  instagram: 2_200,
  linkedin: 1_250,
  youtube: 10_000,
  reddit: 10_000,
  telegram: 4_096,
  email: 100_000,
};
/** Besides its characters a post there may have no more bytes than this. */
const BYTES: Record<string, number> = { bluesky: 3_000 };
const OTHERS = 5_000;
const LINK_COUNTS = 23;
/** X makes a link of a bare address too; the endings are those a house is likely to write. */
const LINK_ON_X =
  /https?:\/\/[^\s<>"']{1,2000}|(?<![\w@./-])(?:[A-Za-z0-9-]{1,63}\.){1,4}(?:com|org|net|info|eu|de|at|ch|fr|es|it|nl|be|pl|uk|ie|us|ca|au|io|app|dev|shop|biz|tv|me)\b(?:\/[^\s<>"']{0,2000})?/g;
/** A quick no: a link has one of these, and the whole is dear to look for in a long line of letters. */
const LIKE_LINK = /[A-Za-z0-9-]\.[a-z]|https?:/;
const LINK = /https?:\/\/[^\s<>"']{1,2000}/g;

/** Length of a text on a platform. Platforms that are not known are counted in characters as people see them. */
export function lengthOn(platform: string, text: string): Length {
  const limit = LIMITS[platform] ?? OTHERS;
  if (platform === 'x') return { count: weighted(text), limit };
  if (BYTES[platform] !== undefined) return inBytesToo(text, limit, BYTES[platform]);
  if (platform === 'mastodon') return { count: graphemes(asMastodonCounts(text)), limit };
  return { count: graphemes(text), limit };
}

/** Where the text passes its limit, as a UTF-16 offset; null when it fits. */
export function overflowsAt(platform: string, text: string): number | null {
  const { count, limit } = lengthOn(platform, text);
  if (count <= limit) return null;
  if (countsAsSeen(platform, text)) return placeOf(text, limit);
  let fits = 0;
  let over = text.length;
  while (over - fits > 1) {
    const middle = Math.floor((fits + over) / 2);
    if (lengthOn(platform, text.slice(0, middle)).count <= limit) fits = middle;
    else over = middle;
  }
  // Never in the middle of a character outside the basic plane.
  return isLowSurrogate(text.charCodeAt(fits)) ? fits - 1 : fits;
}

/** True where every character counts one, so that one walk finds the place. */
function countsAsSeen(platform: string, text: string): boolean {
  if (platform === 'x' || BYTES[platform] !== undefined) return false;
  return platform !== 'mastodon' || asMastodonCounts(text) === text;
}

/** Where the character after so many begins. */
function placeOf(text: string, characters: number): number {
  if (isPlain(text)) return characters;
  let count = 0;
  for (const { index } of segmenter().segment(text)) {
    if (count === characters) return index;
    count += 1;
  }
  return text.length;
}

/** Counted in characters, unless the bytes run out first: then as many are too many as the bytes are, so that the limit stays the one people know. */
function inBytesToo(text: string, limit: number, most: number): Length {
  const bytes = utf8Length(text);
  const count = graphemes(text);
  return { count: bytes <= most ? count : Math.max(count, Math.ceil((bytes * limit) / most)), limit };
}

function utf8Length(text: string): number {
  if (isPlain(text)) return text.length;
  let bytes = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** Links count 23; of `@name@host` only `@name` counts. */
function asMastodonCounts(text: string): string {
  return text.replace(LINK, 'x'.repeat(LINK_COUNTS)).replace(/(^|[^\w/])@(\w{1,64})@[\w.-]{1,255}\w/g, '$1@$2');
}

/** X counts most letters 1, others 2, an emoji 2 whatever it is made of, and a link 23. */
function weighted(text: string): number {
  const links = LIKE_LINK.test(text) ? (text.match(LINK_ON_X)?.length ?? 0) : 0;
  const rest = (links > 0 ? text.replace(LINK_ON_X, '') : text).normalize('NFC');
  let count = links * LINK_COUNTS;
  if (isPlain(rest)) return count + rest.length;
  for (const { segment } of segmenter().segment(rest)) {
    if (/\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20E3/u.test(segment)) count += 2;
    else for (const char of segment) count += weighs(char.codePointAt(0) ?? 0);
  }
  return count;
}

function weighs(code: number): number {
  const isLight =
    code <= 4351 || (code >= 8192 && code <= 8205) || (code >= 8208 && code <= 8223) || (code >= 8242 && code <= 8247);
  return isLight ? 1 : 2;
}

function graphemes(text: string): number {
  if (isPlain(text)) return text.length;
  let count = 0;
  for (const _ of segmenter().segment(text)) count += 1;
  return count;
}

/** ASCII without carriage returns: every unit is one character to people. */
function isPlain(text: string): boolean {
  return /^[\n\t\x20-\x7e]*$/.test(text);
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}

let shared: Intl.Segmenter | undefined;
function segmenter(): Intl.Segmenter {
  shared ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return shared;
}
