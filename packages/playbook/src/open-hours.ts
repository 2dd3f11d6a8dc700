// When so much open time has passed: counts the seconds inside a calendar's windows, in its time zone, through clock changes and holidays.
import type { Calendar } from '@rejoinder/contracts/playbooks';
import { Temporal } from 'temporal-polyfill';

/** Minutes of a day; a window that ends with it ends at midnight. */
const DAY = 1_440;
/** A calendar that is hardly ever open must not keep anybody counting. */
const MOST_DAYS = 800;

type Day = Temporal.PlainDate;

/**
 * The instant at which so many seconds of open time have passed since `start` (ms). Time outside the windows does not count.
 * A calendar that never opens counts day and night, so that a promise always falls due.
 */
export function afterOpenSeconds(calendar: Calendar, start: number, seconds: number): number {
  let left = seconds * 1000;
  const first = dayAt(calendar.zone, start);
  for (let i = 0; i < MOST_DAYS; i += 1) {
    const day = first.add({ days: i });
    for (const { from, to } of windowsOn(calendar, day)) {
      const opens = Math.max(instantOf(calendar.zone, day, from), start);
      const open = instantOf(calendar.zone, day, to) - opens;
      if (open <= 0) continue;
      if (open >= left) return opens + left;
      left -= open;
    }
  }
  return start + seconds * 1000;
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
