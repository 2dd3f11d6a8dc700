// Whether the storm has died down: posts of each hour beside an ordinary day, and since when it has been quiet without a break.
export const QUARTER = 900_000;
const HOUR = 3_600_000;

/** A count is worth a baseline once it covers a whole day; more than a week is another season. */
export const BASELINE_AT_LEAST = 24 * HOUR;
export const BASELINE_AT_MOST = 7 * 24 * HOUR;

/** Posts an hour over the days before the crisis; null when the room had not listened for a day. `from` and `until` in ms. */
export function baselineOf(posts: number, from: number, until: number): number | null {
  const span = until - from;
  return span < BASELINE_AT_LEAST ? null : Math.round((posts * HOUR * 10) / span) / 10;
}

/** The most posts an hour that count as quiet. Below one an hour it is one, so that a single post does not keep the room up. */
export const quietAt = (baseline: number): number => Math.max(1, baseline);

/** `quarters`: posts in each whole quarter of an hour, oldest first, the last one the newest that is over. `now` in ms. */
export type Volume = { lastHour: number; quarters: readonly number[]; baseline: number | null; now: number };

/**
 * Since when (ms) no hour brought more than the baseline, looked at every quarter and now; where none of those given did, since the
 * end of the first whole hour among them. Null when the last hour brought more, or nobody knows a baseline.
 */
export function belowSince({ lastHour, quarters, baseline, now }: Volume): number | null {
  if (baseline === null || lastHour > quietAt(baseline)) return null;
  const newest = Math.floor(now / QUARTER) * QUARTER;
  const endOf = (i: number): number => newest - (quarters.length - 1 - i) * QUARTER;
  for (let i = quarters.length - 1; i >= 3; i -= 1) {
    const hour = quarters.slice(i - 3, i + 1).reduce((sum, n) => sum + n, 0);
    if (hour > quietAt(baseline)) return Math.min(endOf(i) + QUARTER, now);
  }
  return quarters.length < 4 ? now : endOf(3);
}
