// When so much open time has passed: counts the seconds inside a calendar's windows, in its time zone, through clock changes and holidays.
import type { Calendar } from '@rejoinder/contracts/playbooks';

const DAY = 86_400_000;
/** A calendar that is hardly ever open must not keep anybody counting. */
const MOST_DAYS = 800;

type Day = { year: number; month: number; day: number };

/**
 * The instant at which so many seconds of open time have passed since `start` (ms). Time outside the windows does not count.
 * A calendar that never opens counts day and night, so that a promise always falls due.
 */
export function afterOpenSeconds(calendar: Calendar, start: number, seconds: number): number {
  let left = seconds * 1000;
  const first = dayAt(calendar.zone, start);
  for (let i = 0; i < MOST_DAYS; i += 1) {
    const day = plusDays(first, i);
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
  const date = new Date(Date.UTC(day.year, day.month - 1, day.day));
  const text = date.toISOString().slice(0, 10);
  const exception = calendar.exceptions.find((each) => each.on === text);
  const weekday = date.getUTCDay() || 7;
  const usual = calendar.holidays.includes(text) ? [] : calendar.windows.filter((each) => each.day === weekday);
  return [...(exception?.windows ?? usual)].sort((a, b) => a.from - b.from);
}

/** The instant of a local time. One that the clocks leap over is as much later as they leap; one that comes twice is the first. */
function instantOf(zone: string, day: Day, minutes: number): number {
  const wall = Date.UTC(day.year, day.month - 1, day.day) + minutes * 60_000;
  const before = offsetAt(zone, wall - DAY / 2);
  const after = offsetAt(zone, wall + DAY / 2);
  const early = wall - Math.max(before, after);
  return offsetAt(zone, early) === Math.max(before, after) ? early : wall - Math.min(before, after);
}

function dayAt(zone: string, at: number): Day {
  const date = new Date(at + offsetAt(zone, at));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function plusDays({ year, month, day }: Day, days: number): Day {
  const date = new Date(Date.UTC(year, month - 1, day + days));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Milliseconds by which the zone's clocks are ahead of UTC at an instant. */
function offsetAt(zone: string, at: number): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  const parts = new Map(format.formatToParts(at).map((part) => [part.type, Number(part.value)]));
  const of = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const wall = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return wall - Math.floor(at / 1000) * 1000;
}
