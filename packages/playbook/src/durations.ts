// How long: the plan's durations (`90s 30m 3h 2d`, also `1h30m`) in seconds, and seconds in words.
const UNITS: Record<string, number> = { d: 86_400, h: 3_600, m: 60, s: 1 };
const LONGEST = 366 * 86_400;

/** Seconds of a duration such as `30m`, `3h` or `1h30m`; null when it is not one, is zero, or is longer than a year. */
export function readDuration(text: string): number | null {
  const found = /^(?:(\d{1,6})d)?(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,7})s)?$/.exec(text);
  if (!found || text === '') return null;
  const [, d, h, m, s] = found;
  const seconds = Number(d ?? 0) * 86_400 + Number(h ?? 0) * 3_600 + Number(m ?? 0) * 60 + Number(s ?? 0);
  return seconds > 0 && seconds <= LONGEST ? seconds : null;
}

/** Seconds in words: `3 hours`, `1 hour 30 minutes`. At most the two largest units. */
export function sayDuration(seconds: number): string {
  const names: [string, string][] = [
    ['d', 'day'],
    ['h', 'hour'],
    ['m', 'minute'],
    ['s', 'second'],
  ];
  let left = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  for (const [unit, name] of names) {
    const size = UNITS[unit] ?? 1;
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count} ${name}${count === 1 ? '' : 's'}`);
    if (parts.length === 2) break;
  }
  return parts.join(' ') || '0 seconds';
}
