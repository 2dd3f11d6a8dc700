// Which entries of a list fit what was typed: every word must begin a word of the entry.

export type Entry = {
  readonly id: string;
  readonly label: string;
  /** A sentence under the label. */
  readonly says?: string;
  readonly group?: string;
  /** The key that does the same. */
  readonly key?: string;
  readonly tone?: string;
  /** More words it is found by. */
  readonly more?: string;
};

/** At most this many are shown; typing one letter more narrows them. */
const SHOWN = 60;

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

export function found(entries: readonly Entry[], typed: string): readonly Entry[] {
  const wanted = plain(typed).split(/\s+/).filter(Boolean);
  const fits = wanted.length === 0 ? entries : entries.filter((entry) => fitsAll(entry, wanted));
  return fits.slice(0, SHOWN);
}

function fitsAll(entry: Entry, wanted: readonly string[]): boolean {
  const words = plain(`${entry.label} ${entry.more ?? ''}`).split(/[^\p{L}\p{N}]+/u);
  return wanted.every((want) => words.some((word) => word.startsWith(want)));
}
