import { readFileSync } from 'node:fs';
import type { Calendar } from '@rejoinder/contracts/playbooks';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockFor } from './clocks.ts';
import { afterOpenSeconds } from './open-hours.ts';
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
});
