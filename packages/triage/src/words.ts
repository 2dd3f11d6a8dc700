// The words of a post as triage reads them, and where phrases of a list occur in them.

/** Lower-case words in order; links and handles are left out, apostrophes closed up ("don't" → "dont"), a hashtag is its word. */
export const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/https?:\/\/\S+|www\.\S+|@[\p{L}\p{N}_.-]+(?:@[\p{L}\p{N}.-]+)?/gu, ' ')
    .replace(/(?<=\p{L})['’‘`](?=\p{L})/gu, '')
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** A phrase of a list found in a text: its place among the words and what the list says about it. */
export type Hit<T> = { at: number; length: number; words: string; value: T };

/**
 * Phrases to find. A phrase is words in any writing; a last word ending in `*` matches every word that begins so.
 * Built once per list; finding is linear in the words of the text.
 */
export class PhraseList<T> {
  readonly #byFirst = new Map<string, Phrase<T>[]>();
  readonly #stems = new Map<string, Phrase<T>>();
  /** What the stems said of a word before; posts use the same few thousand words again and again. */
  readonly #stemmed = new Map<string, Phrase<T> | null>();
  #shortest = Number.POSITIVE_INFINITY;
  #longest = 0;

  constructor(entries: Iterable<readonly [phrase: string, value: T]>) {
    for (const [phrase, value] of entries) {
      const open = phrase.endsWith('*');
      const words = wordsOf(phrase);
      const [first] = words;
      if (first === undefined) continue;
      const entry = { words, open, value };
      if (open && words.length === 1) {
        this.#stems.set(first, entry);
        this.#shortest = Math.min(this.#shortest, first.length);
        this.#longest = Math.max(this.#longest, first.length);
      } else this.#byFirst.set(first, [...(this.#byFirst.get(first) ?? []), entry]);
    }
    for (const list of this.#byFirst.values()) list.sort((a, b) => b.words.length - a.words.length);
  }

  /** The phrases in these words, longest first at each place, none overlapping another. */
  find(words: readonly string[]): Hit<T>[] {
    const hits: Hit<T>[] = [];
    for (let at = 0; at < words.length; ) {
      const found = this.#at(words, at);
      if (found) {
        const length = found.words.length;
        hits.push({ at, length, words: words.slice(at, at + length).join(' '), value: found.value });
        at += length;
      } else at++;
    }
    return hits;
  }

  /** Whether a phrase could begin at this word. */
  startsAt(word: string): boolean {
    return this.#byFirst.has(word) || this.#stemOf(word) !== undefined;
  }

  #at(words: readonly string[], at: number): Phrase<T> | undefined {
    const word = words[at] ?? '';
    const found = this.#byFirst.get(word)?.find((p) => p.words.every((w, i) => fits(p, i, w, words[at + i])));
    if (found) return found;
    const known = this.#stemmed.get(word);
    if (known !== undefined) return known ?? undefined;
    const stem = this.#stemOf(word);
    if (this.#stemmed.size >= MOST_REMEMBERED) this.#stemmed.clear();
    this.#stemmed.set(word, stem ?? null);
    return stem;
  }

  #stemOf(word: string): Phrase<T> | undefined {
    for (let n = Math.min(word.length, this.#longest); n >= this.#shortest; n--) {
      const stem = this.#stems.get(word.slice(0, n));
      if (stem) return stem;
    }
    return undefined;
  }
}

const MOST_REMEMBERED = 10_000;

type Phrase<T> = { words: string[]; open: boolean; value: T };

const fits = <T>(p: Phrase<T>, i: number, want: string, have: string | undefined): boolean =>
  have === want || (p.open && i === p.words.length - 1 && have?.startsWith(want) === true);
