// Open hours told slowly, for tests: what the wall clock of a zone shows, minute by minute, and which minutes of it are open.
import type { Calendar } from '@rejoinder/contracts/playbooks';

export const MINUTE = 60_000;

/** Zones with every kind of change: an hour, half an hour, at midnight, none, far from UTC by odd minutes, and the instant of a change. */
export const ZONES = [
  ['Europe/Berlin', '2026-03-29T01:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00Z'],
  ['America/New_York', '2026-03-08T07:00Z'],
  ['America/New_York', '2026-11-01T06:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30Z'],
  ['America/Santiago', '2026-09-06T04:00Z'],
  ['America/Santiago', '2026-04-05T03:00Z'],
  ['Africa/Casablanca', '2026-02-15T02:00Z'],
  ['Asia/Beirut', '2026-03-28T22:00Z'],
  ['Asia/Kathmandu', '2026-06-01T00:00Z'],
  ['Pacific/Chatham', '2026-09-26T14:00Z'],
  ['UTC', '2026-12-31T12:00Z'],
] as const;

export type Shown = { at: number; date: string; minute: number };

/** What the wall clock of a zone shows at every minute of so many days. */
export function wallClock(zone: string, from: number, days: number): Shown[] {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return Array.from({ length: days * 1_440 }, (_, i) => {
    const at = from + i * MINUTE;
    const [date = '', time = ''] = format.format(at).split(' ');
    return { at, date, minute: Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5)) };
  });
}

/** The minutes, by their first instant, that lie between the opening and the closing of a window. */
export function openMinutes(calendar: Calendar, wall: Shown[]): number[] {
  const open = new Set<number>();
  for (const [date, shown] of Map.groupBy(wall, (each) => each.date)) {
    const weekday = new Date(`${date}T12:00Z`).getUTCDay() || 7;
    const other = calendar.exceptions.find((each) => each.on === date);
    const hours = calendar.holidays.includes(date) ? [] : calendar.windows.filter((each) => each.day === weekday);
    for (const { from, to } of other?.windows ?? hours) {
      const opens = firstAt(shown, from, wall);
      const closes = firstAt(shown, to, wall);
      for (let at = opens; at < closes; at += MINUTE) open.add(at);
    }
  }
  return [...open].sort((a, b) => a - b);
}

/** When the wall clock first shows a minute of a day. One it leaps over is as long after the last minute before the leap as it would have been. */
function firstAt(shown: Shown[], minute: number, wall: Shown[]): number {
  const exact = shown.find((each) => each.minute === minute);
  if (exact) return exact.at;
  if (minute === 1_440) return (shown.at(-1)?.at ?? 0) + MINUTE;
  const earlier = shown.filter((each, i) => each.minute < minute && (shown[i + 1]?.minute ?? 1_440) > minute)[0];
  if (earlier) return earlier.at + (minute - earlier.minute) * MINUTE;
  // The day itself begins with a leap: the minute before midnight is the last one before it.
  const first = shown[0] as Shown;
  return (wall[wall.indexOf(first) - 1] ?? first).at + (minute + 1) * MINUTE;
}
