// Reads whose hours count: the block `calendars`, several windows a day, zone, holidays and exceptions.
import type { Calendar } from '@rejoinder/contracts/playbooks';
import { sayList } from '../levels.ts';
import { keys, list, named, turned } from '../shapes/joined.ts';
import { needs, or, type Shape } from '../shapes/shape.ts';
import { date, written, zone } from '../shapes/single.ts';
import type { Block } from './block.ts';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const DAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const SPANS = DAYS.flatMap((from, i) => DAYS.slice(i + 1).map((to) => `${from}-${to}`));

type Hours = { from: number; to: number };

const HOURS = '^([01]\\d|2[0-3]):[0-5]\\d-(([01]\\d|2[0-3]):[0-5]\\d|24:00)$';
const WINDOW: Shape<Hours> = turned(written(HOURS, '09:00-17:30', 'a window of hours'), (text, reading, at) => {
  const [from = 0, to = 0] = text.split('-').map((clock) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)));
  if (text !== '' && to <= from)
    reading.faults.add(at, `\`${text.slice(0, 20)}\` ends before it begins.`, 'two windows for hours over midnight');
  return { from, to };
});
const WINDOWS = list(WINDOW, 12);

const CALENDAR = keys({
  zone: needs(zone, 'The time zone, by its IANA name.'),
  open: needs(
    named(WINDOWS, { names: [...DAYS, ...SPANS] }),
    'Windows of hours by day or span of days: `mon-fri: [09:00-12:00, 13:00-17:30]`.',
  ),
  holidays: or(list(date), [], 'Days on which it is closed.'),
  exceptions: or(
    list(keys({ on: needs(date, 'The day.'), open: or(WINDOWS, [], 'Its windows; none for closed.') })),
    [],
    'Days with windows of their own.',
  ),
});
const CALENDARS = named(CALENDAR, { declares: 'calendar' });

export const calendars: Block = {
  kind: 'calendars',
  help: 'Whose hours count; `always`, day and night, is built in.',
  idOf: null,
  required: false,
  data: CALENDARS.data,
  into: (playbook, reading, node) => {
    playbook.calendars = CALENDARS.read(reading, node).map(({ id, at, value }): Calendar => {
      const windows = value.open.flatMap(({ id: span, value: hours }) => {
        const [from = '', to = from] = span.split('-');
        const days = DAYS.slice(DAYS.indexOf(from), DAYS.indexOf(to) + 1).map((_, i) => DAYS.indexOf(from) + i + 1);
        return days.flatMap((day) => hours.map((each) => ({ day, ...each })));
      });
      const exceptions = value.exceptions.map(({ on, open }) => ({ on, windows: open }));
      const clause = reading.rule(at, () => {
        const open = value.open.map(({ id: span, value: hours }) => `${sayDays(span)} ${sayHours(hours)}`);
        const closed = value.holidays.length === 0 ? '' : `; closed on ${sayList(value.holidays, 'and')}`;
        const other = exceptions.map(
          (each) => `; on ${each.on} ${each.windows.length === 0 ? 'closed' : sayHours(each.windows)}`,
        );
        return `The hours of ${id}: ${open.join(', ') || 'never'}${closed}${other.join('')}; in ${value.zone}.`;
      });
      return { id, zone: value.zone, windows, holidays: value.holidays, exceptions, clause };
    });
  },
};

const sayDays = (span: string): string =>
  span
    .split('-')
    .map((day) => DAY_NAMES[DAYS.indexOf(day)] ?? day)
    .join(' to ');

const sayHours = (hours: readonly Hours[]): string =>
  sayList(
    hours.map(({ from, to }) => `${clock(from)} to ${clock(to)}`),
    'and',
  );

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
