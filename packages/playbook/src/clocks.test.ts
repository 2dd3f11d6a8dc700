import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockFor, stageDueAt } from './clocks.ts';
import { readDuration, sayDuration } from './durations.ts';
import { readPlaybook } from './read.ts';

const read = readPlaybook(readFileSync(new URL('../../../server/playbooks/default.md', import.meta.url), 'utf8'));
if ('faults' in read) throw new Error('the default plan has faults');
const { playbook } = read;

describe('clocks', () => {
  it('[CK-1] falls due the level’s target after its start, with the warnings before it', () => {
    const clock = clockFor(playbook, 'public-reply', 1, '2026-03-29T00:10:00.000Z');
    expect(clock).toEqual({
      clause: 'The public-reply clock §5',
      startedAt: '2026-03-29T00:10:00.000Z',
      warnAt: ['2026-03-29T01:40:00.000Z', '2026-03-29T02:34:00.000Z'],
      dueAt: '2026-03-29T03:10:00.000Z',
    });
    expect(clockFor(playbook, 'public-reply', 3, '2026-03-29T00:10:00.000Z')?.dueAt).toBe('2026-03-29T01:10:00.000Z');
    expect(clockFor(playbook, 'nothing', 1, '2026-03-29T00:10:00.000Z')).toBeNull();
    expect(clockFor(playbook, 'public-reply', 1, 'yesterday')).toBeNull();
    const late = { ...playbook, clocks: playbook.clocks.map((each) => ({ ...each, fromLevel: 2 })) };
    expect(clockFor(late, 'public-reply', 1, '2026-03-29T00:10:00.000Z')).toBeNull();
    expect(clockFor(late, 'public-reply', 2, '2026-03-29T00:10:00+02:00')?.startedAt).toBe('2026-03-28T22:10:00.000Z');
    const aimless = { ...playbook, clocks: playbook.clocks.map((each) => ({ ...each, target: {} })) };
    expect(clockFor(aimless, 'public-reply', 1, '2026-03-29T00:10:00.000Z')).toBeNull();
    const odd = playbook.clocks.map((each) => ({ ...each, calendar: 'gone', target: { 1: 1 }, warnAt: [0.3333] }));
    expect(clockFor({ ...playbook, clocks: odd }, 'public-reply', 1, '2026-03-29T00:00:00.000Z')).toMatchObject({
      warnAt: ['2026-03-29T00:00:00.333Z'],
      dueAt: '2026-03-29T00:00:01.000Z',
    });
  });

  it('[CK-2] a stage’s time is counted from when the card entered it', () => {
    expect(stageDueAt(playbook, 'new', 1, '2026-03-01T09:00:00.000Z')).toBe('2026-03-01T09:30:00.000Z');
    expect(stageDueAt(playbook, 'closed', 1, '2026-03-01T09:00:00.000Z')).toBeNull();
    expect(stageDueAt(playbook, 'gone', 1, '2026-03-01T09:00:00.000Z')).toBeNull();
    expect(stageDueAt(playbook, 'new', 1, 'some day')).toBeNull();
    expect(stageDueAt(playbook, 'new', 0, '2026-03-01T09:00:00.000Z')).toBeNull();
  });

  it('[CK-3] durations read as written and say themselves', () => {
    expect(['90s', '30m', '3h', '2d', '1h30m'].map(readDuration)).toEqual([90, 1_800, 10_800, 172_800, 5_400]);
    expect(['', '0s', '3', 'h', '-3h', '3 h', '400d', '3h2d'].map(readDuration)).toEqual(Array(8).fill(null));
    expect(sayDuration(5_400)).toBe('1 hour 30 minutes');
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9_999_999 }),
        (seconds) => readDuration(`${seconds}s`) === seconds && sayDuration(seconds) !== '',
      ),
    );
  });
});
