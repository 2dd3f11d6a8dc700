import { readFileSync } from 'node:fs';
import type { Calendar } from '@rejoinder/contracts/playbooks';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { clockFor } from './clocks.ts';
import { afterOpenSeconds, windowsOn } from './open-hours.ts';
import { readPlaybook } from './read.ts';

const read = readPlaybook(readFileSync(new URL('../../../server/playbooks/small-shop.md', import.meta.url), 'utf8'));
if ('faults' in read) throw new Error(JSON.stringify(read.faults));
const { playbook } = read;
const dueAt = (posted: string) => clockFor(playbook, 'public-reply', 1, posted)?.dueAt;

describe('open hours', () => {
  it('[CK-4] a clock stands still outside its calendar: between windows, at night, on closed days and holidays', () => {
    expect(dueAt('2026-10-06T08:30:00.000Z')).toBe('2026-10-06T13:00:00.000Z');
    expect(dueAt('2026-10-06T15:30:00.000Z')).toBe('2026-10-07T10:00:00.000Z');
    expect(dueAt('2026-10-10T13:00:00.000Z')).toBe('2026-10-13T10:00:00.000Z');
    expect(dueAt('2026-12-24T11:00:00.000Z')).toBe('2026-12-29T11:00:00.000Z');
  });

  it('[CK-4] local hours stay local through a change of the clocks', () => {
    expect(dueAt('2026-10-24T13:00:00.000Z')).toBe('2026-10-27T11:00:00.000Z');
    expect(dueAt('2027-03-27T14:00:00.000Z')).toBe('2027-03-30T10:00:00.000Z');
  });

  it('[CK-4] its warnings come at shares of open time', () => {
    expect(clockFor(playbook, 'public-reply', 1, '2026-10-06T15:30:00.000Z')?.warnAt).toEqual([
      '2026-10-07T08:30:00.000Z',
      '2026-10-07T09:15:00.000Z',
    ]);
  });

  const night: Calendar = {
    id: 'night',
    zone: 'America/New_York',
    windows: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: 0, to: 1_440 })),
    holidays: [],
    exceptions: [],
    clause: '',
  };
  it('[CK-4] open day and night counts every second; never open counts as day and night', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_700_000_000, max: 1_900_000_000 }),
        fc.integer({ min: 1, max: 900_000 }),
        (at, s) => {
          expect(afterOpenSeconds(night, at * 1000, s)).toBe((at + s) * 1000);
        },
      ),
      { numRuns: 60 },
    );
    expect(afterOpenSeconds({ ...night, windows: [] }, 0, 60)).toBe(60_000);
  });

  const berlin = (changes: Partial<Calendar>): Calendar => ({
    ...night,
    zone: 'Europe/Berlin',
    windows: [1, 2, 3, 4, 5].map((day) => ({ day, from: 540, to: 1_020 })),
    ...changes,
  });
  const after = (calendar: Calendar, start: string, seconds: number) =>
    new Date(afterOpenSeconds(calendar, Date.parse(start), seconds)).toISOString();

  it('[CK-4] a day’s last second still counts, the next one is tomorrow’s; before and after hours nothing runs', () => {
    const day = 8 * 3600;
    expect(after(berlin({}), '2026-01-12T08:00:00Z', day)).toBe('2026-01-12T16:00:00.000Z');
    expect(after(berlin({}), '2026-01-12T08:00:00Z', day + 1)).toBe('2026-01-13T08:00:01.000Z');
    expect(after(berlin({}), '2026-01-12T03:00:00Z', 60)).toBe('2026-01-12T08:01:00.000Z');
    expect(after(berlin({}), '2026-01-12T16:00:00Z', 60)).toBe('2026-01-13T08:01:00.000Z');
    expect(after(berlin({}), '2026-01-16T15:59:30.500Z', 60)).toBe('2026-01-19T08:00:30.500Z');
    expect(after(berlin({ windows: [{ day: 7, from: 0, to: 60 }] }), '2026-01-12T08:00:00Z', 60)).toBe(
      '2026-01-17T23:01:00.000Z',
    );
  });

  it('[CK-4] an exception stands before weekday and holiday; windows count from the earliest', () => {
    const lunch = [
      { day: 1, from: 780, to: 1_020 },
      { day: 1, from: 540, to: 720 },
    ];
    const calendar = berlin({
      windows: lunch,
      holidays: ['2026-01-12', '2026-01-19'],
      exceptions: [
        { on: '2026-01-12', windows: [{ from: 600, to: 660 }] },
        { on: '2026-01-26', windows: [] },
      ],
    });
    const on = (month: number, day: number) => windowsOn(calendar, new Temporal.PlainDate(2026, month, day));
    expect(on(1, 12)).toEqual([{ from: 600, to: 660 }]);
    expect(on(1, 19)).toEqual([]);
    expect(on(1, 26)).toEqual([]);
    expect(on(2, 2).map((each) => each.from)).toEqual([540, 780]);
    expect(on(2, 3)).toEqual([]);
    expect(after(berlin({ windows: lunch }), '2026-02-02T08:00:00Z', 3 * 3600 + 60)).toBe('2026-02-02T12:01:00.000Z');
  });

  it('[CK-4] an hour that comes twice is open twice, one that is leapt over not at all', () => {
    const sunday = (from: number, to: number) => berlin({ windows: [{ day: 7, from, to }] });
    expect(after(sunday(150, 240), '2026-10-24T12:00:00Z', 1)).toBe('2026-10-25T00:30:01.000Z');
    expect(after(sunday(150, 240), '2026-10-24T12:00:00Z', 9_000)).toBe('2026-10-25T03:00:00.000Z');
    expect(after(sunday(60, 240), '2026-03-28T12:00:00Z', 7_200)).toBe('2026-03-29T02:00:00.000Z');
    expect(after(sunday(60, 240), '2026-03-28T12:00:00Z', 7_201)).toBe('2026-04-04T23:00:01.000Z');
  });

  it('[CK-4] time is open once where a window closes in a leap of the clocks and the next opens before that', () => {
    // In Chatham a quarter to three is followed by a quarter to four: 03:15 is half an hour after the leap, 03:52 seven minutes.
    const windows = [
      { day: 7, from: 44, to: 195 },
      { day: 7, from: 232, to: 1114 },
    ];
    const calendar = { id: 'c', zone: 'Pacific/Chatham', windows, holidays: [], exceptions: [], clause: '' };
    const start = Date.parse('2026-09-26T11:59:00.000Z');
    expect(new Date(afterOpenSeconds(calendar, start, 300 * 60)).toISOString()).toBe('2026-09-26T16:59:00.000Z');
  });
});
