// Whether a text tells a story that was told before: MinHash finds candidates, exact Jaccard similarity decides.
import { bandsOf, gramsOf, jaccard } from './grams.ts';

/** Texts shorter than this after `bare` say too little to be told apart. */
export const SHORTEST = 20;
/** Jaccard similarity of character 5-grams from which two texts are one story. */
export const ALIKE = 0.6;

/** `story` null: the text is too short to tell. `of` is the earlier mention it is alike to, null for the first of its story. */
export type Told = { storyId: string | null; of: string | null };

/**
 * The text without what changes when it is passed on: share prefix, links, handles, punctuation, case, spacing.
 * Two posts whose bare texts are equal are copies.
 */
export const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/https?:\/\/\S+|www\.\S+|@[\p{L}\p{N}_.-]+(?:@[\p{L}\p{N}.-]+)?/gu, ' ')
    .replace(/^(?:[\s"“”'‘’:]*rt\b[\s:]*)+/u, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/**
 * The stories of one room, built up text by text; same texts in the same order give the same stories. Holds the newest
 * `window` different texts (about 1.5 kB each). Each band keeps only its newest texts and each text meets at most `candidates`
 * others, so that thousands of copies cost no more than as many different texts.
 */
export class StoryIndex {
  readonly #texts = new Map<string, Entry>();
  readonly #bands = new Map<number, Entry[]>();
  readonly #window: number;
  readonly #candidates: number;
  readonly #nameStory: (mentionId: string) => string;

  constructor({ window = 20_000, candidates = 64, nameStory = storyOf }: StoryOptions = {}) {
    this.#window = window;
    this.#candidates = candidates;
    this.#nameStory = nameStory;
  }

  /** How many different texts it holds. */
  get size(): number {
    return this.#texts.size;
  }

  /**
   * Adds a mention's text and says which story it tells; a mention added twice is no copy of itself.
   * `known` is the story it was given before, when an index is built up again.
   */
  add(id: string, text: string, known?: string | null): Told {
    const words = bare(text);
    if (words.length < SHORTEST) return { storyId: null, of: null };
    const same = this.#texts.get(words);
    if (same) {
      this.#texts.delete(words);
      this.#texts.set(words, same);
      return { storyId: same.storyId, of: same.id === id ? null : same.id };
    }
    const grams = gramsOf(words);
    const bands = bandsOf(grams);
    const like = this.#mostAlike(grams, bands);
    const entry = { id, storyId: known ?? like?.storyId ?? this.#nameStory(id), grams, bands };
    this.#keep(words, entry);
    return { storyId: entry.storyId, of: like?.id ?? null };
  }

  /** These mentions tell another story from now on, and so does what is alike to them. */
  move(ids: ReadonlySet<string>, storyId: string): void {
    for (const entry of this.#texts.values()) if (ids.has(entry.id)) entry.storyId = storyId;
  }

  #mostAlike(grams: Uint32Array, bands: Int32Array): Entry | null {
    const met = new Set<Entry>();
    let best: Entry | null = null;
    let most = ALIKE;
    for (const band of bands) {
      const texts = this.#bands.get(band) ?? [];
      for (let i = texts.length - 1; i >= 0; i--) {
        const other = texts[i];
        if (other === undefined || met.has(other)) continue;
        if (met.size >= this.#candidates) return best;
        met.add(other);
        const alike = jaccard(grams, other.grams, most);
        if (alike > most || (alike === most && best === null)) {
          best = other;
          most = alike;
        }
      }
    }
    return best;
  }

  #keep(words: string, entry: Entry): void {
    this.#texts.set(words, entry);
    for (const band of entry.bands) {
      const texts = this.#bands.get(band);
      if (texts === undefined) this.#bands.set(band, [entry]);
      else if (texts.push(entry) > BAND_LENGTH) texts.shift();
    }
    if (this.#texts.size > this.#window) this.#dropOldest();
  }

  #dropOldest(): void {
    const oldest = this.#texts.entries().next().value;
    if (oldest === undefined) return;
    const [words, entry] = oldest;
    this.#texts.delete(words);
    for (const band of entry.bands) {
      const left = this.#bands.get(band)?.filter((e) => e !== entry) ?? [];
      if (left.length === 0) this.#bands.delete(band);
      else this.#bands.set(band, left);
    }
  }
}

/** The story a mention begins. */
export const storyOf = (mentionId: string): string => `sto_${mentionId.replace(/^men_/, '')}`;

type StoryOptions = { window?: number; candidates?: number; nameStory?: (mentionId: string) => string };
type Entry = { id: string; storyId: string; grams: Uint32Array; bands: Int32Array };

/** How many texts a band remembers. */
const BAND_LENGTH = 16;
