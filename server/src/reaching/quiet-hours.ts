// When a person's quiet hours end: what is unimportant waits for that.
import type { QuietHours } from '@rejoinder/contracts/reaching';

const MINUTE = 60_000;

/**
 * The instant from which something unimportant may be sent: `now` itself outside the quiet hours. Over a change of the clock it may be
 * an hour early; whoever sends asks again.
 */
export function afterQuiet(now: string, quiet: QuietHours | null): string {
  if (!quiet) return now;
  const [from, to, at] = [minutesOf(quiet.from), minutesOf(quiet.to), minutesOf(wallTime(now, quiet.zone))];
  const isQuiet = from <= to ? at >= from && at < to : at >= from || at < to;
  if (!isQuiet) return now;
  const left = (to - at + 1440) % 1440;
  const wholeMinute = Math.floor(Date.parse(now) / MINUTE) * MINUTE;
  return new Date(wholeMinute + left * MINUTE).toISOString();
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

const wallTime = (now: string, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    new Date(now),
  );
