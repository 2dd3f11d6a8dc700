// How like is a reply to one that was sent before? The share of its runs of words that stand in the other; names do not count.
import { wordsOf } from './words.ts';

/** So many words in a row make one run. */
const RUN = 3;
/** Fewer runs than this say nothing: everybody thanks in the same words. */
const FEWEST = 4;

/** A text taken apart for comparison; keep it, a text that was sent does not change. */
export type Runs = ReadonlySet<string>;

/** The runs of words of a text. `names` are left out wherever they stand: of the person answered, and of those who answer. */
export function runsOf(text: string, names: readonly string[] = []): Runs {
  const ignored = new Set(names.flatMap((name) => wordsOf(name).map((word) => word.text)));
  const bare = text.replace(/https?:\/\/\S+|@[\p{L}\p{N}_.-]+/gu, ' ');
  const words = wordsOf(bare)
    .map((word) => word.text)
    .filter((word) => !ignored.has(word))
    // Another number or date makes no other reply.
    .map((word) => (/^\p{N}+$/u.test(word) ? '#' : word));
  const runs = new Set<string>();
  for (let at = 0; at + RUN <= words.length; at += 1) runs.add(words.slice(at, at + RUN).join(' '));
  return runs;
}

/** Share of the draft's runs that stand in the sent text, 0 to 1; 0 for a draft too short to tell. Long text around a copy does not hide it. */
export function likeness(draft: Runs, sent: Runs): number {
  if (draft.size < FEWEST || sent.size === 0) return 0;
  const [few, many] = draft.size <= sent.size ? [draft, sent] : [sent, draft];
  let shared = 0;
  for (const run of few) if (many.has(run)) shared += 1;
  // Of a draft into which a whole sent reply was pasted, the sent one is the measure.
  return shared / (sent.size >= FEWEST ? Math.min(draft.size, sent.size) : draft.size);
}

/** The likest of what was sent, and how like it is; null when nothing has a run in common with it. The first of equals. */
export function likestOf<T extends { runs: Runs }>(draft: Runs, sent: Iterable<T>): { sent: T; share: number } | null {
  let best: { sent: T; share: number } | null = null;
  for (const each of sent) {
    const share = likeness(draft, each.runs);
    if (share > (best?.share ?? 0)) best = { sent: each, share };
  }
  return best;
}
