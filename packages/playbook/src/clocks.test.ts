import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockFor, stageDueAt, underLevel } from './clocks.ts';
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

  it('[CK-15] another level reckons a running clock anew from its start; what is late at once keeps its first promise', () => {
    const at = (minutes: number) => new Date(Date.parse('2026-03-01T09:00:00Z') + minutes * 60_000).toISOString();
    const running = (promised: number) => ({ clock: 'public-reply', startedAt: at(0), promisedUntil: at(promised) });
    // Raised in time: an hour instead of three.
    expect(underLevel(playbook, 3, running(180), at(10))).toEqual({
      warnAt: [at(30), at(48)],
      dueAt: at(60),
      promisedUntil: at(60),
      warned: 0,
      nextAt: at(30),
    });
    expect(underLevel(playbook, 3, running(180), at(30))).toMatchObject({ warned: 1, nextAt: at(48) });
    expect(underLevel(playbook, 3, running(180), at(50))).toMatchObject({ warned: 2, nextAt: at(60) });
    // Raised too late for the hour, in time for what was promised.
    const late = { dueAt: at(60), promisedUntil: at(180), warned: 2, nextAt: at(180) };
    expect(underLevel(playbook, 3, running(180), at(60))).toMatchObject(late);
    expect(underLevel(playbook, 2, running(180), at(179))).toMatchObject(late);
    // Lowered: the time comes back.
    expect(underLevel(playbook, 1, running(180), at(120))).toMatchObject({
      dueAt: at(180),
      promisedUntil: at(180),
      warned: 1,
      nextAt: at(144),
    });
    expect(underLevel(playbook, 1, running(60), at(40))).toMatchObject({ dueAt: at(180), promisedUntil: at(180) });
    // A breach that only waits to be written down stays one; a clock of no such level stays as it is.
    expect(underLevel(playbook, 3, running(180), at(180))).toBeNull();
    expect(underLevel(playbook, 1, running(60), at(60))).toBeNull();
    expect(underLevel(playbook, 1, { ...running(180), clock: 'gone' }, at(10))).toBeNull();
  });

  it('[CK-15] however often the level changes, nothing promised is taken back and nothing late is breached early', () => {
    const start = Date.parse('2026-03-01T09:00:00Z');
    const iso = (minutes: number) => new Date(start + minutes * 60_000).toISOString();
    const changes = fc.array(
      fc.record({ wait: fc.integer({ min: 0, max: 90 }), level: fc.integer({ min: 1, max: 3 }) }),
      {
        maxLength: 8,
      },
    );
    fc.assert(
      fc.property(changes, (steps) => {
        let minute = 0;
        let level = 1;
        let clock = { clock: 'public-reply', startedAt: iso(0), promisedUntil: iso(180), dueAt: iso(180) };
        // The slow way: the promise is the time of the last level at which it was not over yet.
        let promise = 180;
        for (const step of steps) {
          minute += step.wait;
          level = step.level;
          if (minute >= promise) break;
          const target = level === 1 ? 180 : 60;
          if (minute < target) promise = target;
          const then = underLevel(playbook, level, clock, iso(minute));
          if (then) clock = { ...clock, ...then };
          expect(clock).toMatchObject({ dueAt: iso(target), promisedUntil: iso(promise) });
        }
      }),
    );
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
