// When so much open time has passed: counts the seconds inside a calendar's windows, in its time zone, through clock changes and holidays.
import type { Calendar } from '@rejoinder/contracts/playbooks';
import { Temporal } from 'temporal-polyfill';

/** Minutes of a day; a window that ends with it ends at midnight. */
const DAY = 1_440;
/** A calendar that is hardly ever open must not keep anybody counting. */
const MOST_DAYS = 800;

type Day = Temporal.PlainDate;

/** Milliseconds in which time stood still. Spans rise and do not meet. */
export type Span = { from: number; until: number };

/**
 * The instant at which so many seconds of open time have passed since `start` (ms). Time outside the windows does not count, and none
 * in which time stood still. Without a calendar, and in one that never opens, day and night count, so that a promise always falls due.
 */
export function afterOpenSeconds(
  calendar: Calendar | undefined,
  start: number,
  seconds: number,
  still: readonly Span[] = [],
): number {
  const wanted = Math.round(seconds * 1000);
  let left = wanted;
  for (const opening of calendar ? openings(calendar, start) : [])
    for (const { from, until } of without(still, opening)) {
      if (until - from >= left) return from + left;
      left -= until - from;
    }
  left = wanted;
  for (const { from, until } of without(still, { from: start, until: Number.POSITIVE_INFINITY })) {
    if (until - from >= left) return from + left;
    left -= until - from;
  }
  return start + left;
}

/** How many milliseconds are open between two instants; all of them without a calendar. */
export function openBetween(calendar: Calendar | undefined, from: number, until: number): number {
  if (!calendar) return until - from;
  let open = 0;
  for (const opening of openings(calendar, from)) {
    if (opening.from >= until) break;
    open += Math.min(opening.until, until) - opening.from;
  }
  return open;
}

/** What is open from an instant on, earliest first. */
function* openings(calendar: Calendar, start: number): Generator<Span> {
  const first = dayAt(calendar.zone, start);
  // A window that closes in a leap of the clocks may end after the next has opened: that time is open once.
  let last = start;
  for (let i = 0; i < MOST_DAYS; i += 1) {
    const day = first.add({ days: i });
    for (const window of windowsOn(calendar, day)) {
      const from = Math.max(instantOf(calendar.zone, day, window.from), last);
      const until = instantOf(calendar.zone, day, window.to);
      if (from >= until) continue;
      yield { from, until };
      last = until;
    }
  }
}

/** What is left of a span without the others. */
function without(still: readonly Span[], { from, until }: Span): Span[] {
  const left: Span[] = [];
  let at = from;
  for (const each of still) {
    if (each.from >= until || each.until <= at) continue;
    if (each.from > at) left.push({ from: at, until: each.from });
    at = each.until;
  }
  return at < until ? [...left, { from: at, until }] : left;
}

/** Whether the calendar is open at an instant (ms). */
export function isOpenAt(calendar: Calendar, at: number): boolean {
  const day = dayAt(calendar.zone, at);
  return windowsOn(calendar, day).some(
    ({ from, to }) => instantOf(calendar.zone, day, from) <= at && at < instantOf(calendar.zone, day, to),
  );
}

/** The windows of a date, earliest first: its exception, or nothing on a holiday, or those of its weekday. */
export function windowsOn(calendar: Calendar, day: Day): { from: number; to: number }[] {
  const text = day.toString();
  const exception = calendar.exceptions.find((each) => each.on === text);
  const usual = calendar.holidays.includes(text) ? [] : calendar.windows.filter((each) => each.day === day.dayOfWeek);
  return [...(exception?.windows ?? usual)].sort((a, b) => a.from - b.from);
}

/** The instant of a local time. One that the clocks leap over is as much later as they leap; one that comes twice is the first. */
const instantOf = (zone: string, day: Day, minutes: number): number =>
  day.add({ days: Math.floor(minutes / DAY) }).toZonedDateTime({ timeZone: zone, plainTime: timeAt(minutes % DAY) })
    .epochMilliseconds;

const timeAt = (minutes: number): Temporal.PlainTime => new Temporal.PlainTime(Math.floor(minutes / 60), minutes % 60);

const dayAt = (zone: string, at: number): Day =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
