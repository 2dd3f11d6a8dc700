// How numbers, spans and instants are written, in the language of the page.
import { words } from './words.ts';

const language = 'en-GB';
type Span = 'day' | 'hour' | 'minute' | 'second';

const spans: [Span, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];
// Writers cost a few milliseconds each: made when first needed, and once.
const count = once(() => new Intl.NumberFormat(language));
const compact = once(() => new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 }));
const share = once(() => new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }));
const ago = once(() => new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' }));
const list = once(() => new Intl.ListFormat(language, { type: 'conjunction' }));
const instant = once(
  (timeZone?: string) => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium', timeZone }),
);
const minute = once(
  (timeZone?: string) =>
    new Intl.DateTimeFormat(language, {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone,
    }),
);
const time = once(
  (timeZone?: string) =>
    new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }),
);

export const writeCount = (n: number): string => plain(n) ?? count().format(n);
/** 12,345 as 12K: for reach and followers. */
export const writeCompact = (n: number): string => compact().format(n);
/** A rate: whole above ten, one digit below. */
export const writeRate = (n: number): string => writeCount(n >= 10 ? Math.round(n) : Math.round(n * 10) / 10);
/** 0..1 as a percentage. */
export const writeShare = (n: number): string => share().format(n);
export const writeList = (items: Iterable<string>): string => list().format(items);

/** A span of milliseconds in its two largest units: `2h 5m`, or `2 hours 5 minutes` for readers aloud. */
export function writeSpan(ms: number, style: 'narrow' | 'long' = 'narrow'): string {
  const rest = Math.abs(ms);
  const first = spans.findIndex(([, size]) => rest >= size);
  const [unit, size] = spans[first] ?? (['second', 1_000] as const);
  const whole = Math.floor(rest / size);
  const next = spans[first + 1];
  const write = words.spans[style];
  const head = write[unit](whole);
  if (first === -1 || next === undefined || next[0] === 'second') return head;
  const more = Math.floor((rest - whole * size) / next[1]);
  return more === 0 ? head : `${head} ${write[next[0]](more)}`;
}

/** `5 min. ago`, `in 2 hr.`, `now`. */
export function writeAgo(at: string, now: number): string {
  const away = Date.parse(at) - now;
  const [unit, size] = spans.find(([, s]) => Math.abs(away) >= s) ?? (['second', 1_000] as const);
  if (Math.abs(away) < 45_000) return ago().format(0, 'second');
  return ago().format(Math.round(away / size), unit);
}

/** Date and time in a zone, the viewer's own when none is given. */
export function writeInstant(at: string, zone?: string): string {
  return instant(zone).format(new Date(at));
}

/** Day and clock time to the minute, for what is planned: `Sun, 22 Nov, 16:00`. */
export function writeMinute(at: string, zone?: string): string {
  return minute(zone).format(new Date(at));
}

/** A sentence of the server with its exact instants written for people. */
export const withReadableInstants = (says: string, zone?: string): string =>
  says.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, (at) => writeInstant(at, zone));

/** Clock time in a zone: `14:05`. */
export function writeTime(at: string, zone?: string): string {
  return time(zone).format(new Date(at));
}

/** The room's time with the viewer's beside it when their zones differ. */
export function writeBothZones(at: string, roomZone?: string): string {
  const own = writeInstant(at);
  if (roomZone === undefined) return own;
  const rooms = writeInstant(at, roomZone);
  return rooms === own ? rooms : `${rooms} (${roomZone}); ${own} where you are`;
}

/** Below a thousand, and with one digit after the point at most, this language writes what the machine does. */
const plain = (n: number): string | null => {
  if (n >= 0 && n < 1_000 && Number.isInteger(n * 10)) return String(n);
  return Number.isSafeInteger(n) && n >= 1_000 ? String(n).replace(/\B(?=(?:\d{3})+$)/g, ',') : null;
};

function once<A extends (string | undefined)[], W>(make: (...of: A) => W): (...of: A) => W {
  const made = new Map<string, W>();
  return (...of) => {
    const key = of.join(' ');
    const writer = made.get(key) ?? make(...of);
    made.set(key, writer);
    return writer;
  };
}
