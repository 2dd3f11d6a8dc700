// Which mentions the live stream shows: the newest on top, or, while somebody reads, exactly those that stood there.
import type { MentionView } from '@rejoinder/contracts/mentions';

export type Stream = {
  /** Newest first. */
  readonly rows: readonly MentionView[];
  /** How many of the room's mentions had arrived when these rows were taken. */
  readonly upTo: number;
  /** How many came since and wait behind the button. */
  readonly waiting: number;
};

export const EMPTY_STREAM: Stream = { rows: [], upTo: 0, waiting: 0 };

/** The stream taken anew. `mentions` is oldest first, as the board keeps it; `count` is how many the room has stored in all. */
export function freeStream(mentions: readonly MentionView[], count: number): Stream {
  return { rows: mentions.toReversed(), upTo: count, waiting: 0 };
}

/** The same rows in the same places with what is now known of them (severity, card, deletion), and how many wait. */
export function heldStream(before: Stream, mentions: readonly MentionView[], count: number): Stream {
  const waiting = Math.max(0, count - before.upTo);
  const now = new Map(mentions.map((mention) => [mention.id, mention]));
  let same = true;
  const rows = before.rows.map((row) => {
    const latest = now.get(row.id) ?? row;
    if (latest !== row) same = false;
    return latest;
  });
  if (same && waiting === before.waiting) return before;
  return { rows: same ? before.rows : rows, upTo: before.upTo, waiting };
}

/** How many shown mentions belong to each story, for the mark at a row. */
export function storySizes(mentions: readonly MentionView[]): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const { storyId } of mentions) if (storyId !== null) sizes.set(storyId, (sizes.get(storyId) ?? 0) + 1);
  return sizes;
}
