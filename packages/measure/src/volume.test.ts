import { describe, expect, it } from 'vitest';
import { baselineOf, belowSince, QUARTER } from './volume.ts';

const HOUR = 4 * QUARTER;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-03-01T12:07:00.000Z');
const LAST = Date.parse('2026-03-01T12:00:00.000Z');

describe('the volume', () => {
  it('[CR-9] an ordinary day is measured over at least a whole day, or not at all', () => {
    expect(baselineOf(240, 0, 10 * DAY)).toBe(1);
    expect(baselineOf(36, 0, DAY)).toBe(1.5);
    expect(baselineOf(36, 0, DAY - 1)).toBeNull();
  });

  it('[CR-9] has been below it since the last hour that brought more was over', () => {
    const since = (lastHour: number, ...quarters: number[]) =>
      belowSince({ lastHour, quarters, baseline: 10, now: NOW });
    expect(since(11, 0, 0, 0, 0)).toBeNull();
    expect(since(3, 0, 0, 0, 0)).toBe(LAST);
    expect(since(3, 0, 0, 0, 0, 0)).toBe(LAST - QUARTER);
    // The quarter with nine posts keeps four hours above ten; the first quiet look is the one after the last of them.
    expect(since(3, 9, 2, 0, 0, 0, 0)).toBe(LAST - QUARTER);
    expect(since(9, 1, 2, 3, 9)).toBe(NOW);
    expect(since(3, 0, 0)).toBe(NOW);
  });

  it('[CR-9] nobody knows since when without a baseline; one post an hour always counts as quiet', () => {
    expect(belowSince({ lastHour: 0, quarters: [0, 0, 0, 0], baseline: null, now: NOW })).toBeNull();
    expect(belowSince({ lastHour: 1, quarters: [0, 0, 0, 1], baseline: 0, now: NOW })).toBe(LAST);
    expect(belowSince({ lastHour: 2, quarters: [0, 0, 0, 2], baseline: 0, now: NOW })).toBeNull();
  });
});
