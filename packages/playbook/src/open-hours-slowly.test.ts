// Open time against a slow second opinion: the wall clock of the zone looked at minute by minute, as Intl shows it.
import type { Calendar } from '@rejoinder/contracts/playbooks';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterOpenSeconds, isOpenAt } from './open-hours.ts';
import { MINUTE, openMinutes, wallClock, ZONES } from './slow-hours-for-tests.ts';

/** `CALENDARS=5000` for a longer run. */
const RUNS = Number(process.env.CALENDARS ?? 40);
const DAYS = 9;

const window = fc
  .tuple(fc.nat(1_440), fc.nat(1_440))
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
/** Windows of one day that do not meet, as the reader of plans asks for. */
const windows = fc
  .array(window, { maxLength: 3 })
  .map((all) =>
    all
      .toSorted((a, b) => a.from - b.from)
      .filter((each, i, sorted) => each.from > Math.max(-1, ...sorted.slice(0, i).map(({ to }) => to))),
  );
const game = fc.record({
  zone: fc.constantFrom(...ZONES),
  week: fc.array(windows, { minLength: 7, maxLength: 7 }),
  /** Days from the first on which it is closed, or has other hours. */
  closed: fc.uniqueArray(fc.nat(DAYS), { maxLength: 3 }),
  other: fc.uniqueArray(fc.tuple(fc.nat(DAYS), windows), { maxLength: 2, selector: ([day]) => day }),
  before: fc.nat(3 * 1_440),
  minutes: fc.integer({ min: 1, max: 1_500 }),
});

describe('open hours, slowly', () => {
  it('[CK-4] fall due when the wall clock, watched minute by minute, has shown so much open time: in every zone, through changes and holidays', {
    timeout: 600_000,
  }, () => {
    let judged = 0;
    fc.assert(
      fc.property(game, ({ zone: [zone, change], week, closed, other, before, minutes }) => {
        const start = Date.parse(change) - before * MINUTE;
        const wall = wallClock(zone, start - 1_440 * MINUTE, DAYS + 2);
        const dates = [...new Set(wall.map(({ date }) => date))].slice(1);
        const calendar: Calendar = {
          id: 'random',
          zone,
          windows: week.flatMap((day, i) => day.map((each) => ({ day: i + 1, ...each }))),
          holidays: closed.flatMap((i) => dates[i] ?? []),
          exceptions: other.flatMap(([i, hours]) => (dates[i] ? [{ on: dates[i], windows: hours }] : [])),
          clause: '',
        };
        const open = openMinutes(calendar, wall).filter((at) => at >= start);
        const at = open[minutes - 1];
        // What falls due after the days that were watched is not judged.
        if (at === undefined) return;
        judged += 1;
        expect(new Date(afterOpenSeconds(calendar, start, minutes * 60)).toISOString()).toBe(
          new Date(at + MINUTE).toISOString(),
        );
        expect(isOpenAt(calendar, at)).toBe(true);
      }),
      { numRuns: RUNS },
    );
    expect(judged).toBeGreaterThan(RUNS / 3);
  });
});
