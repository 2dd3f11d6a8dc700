// The fuse: quiet, amber at the first warning, red at the second, overdue in words after that.
import { describe, expect, it } from 'vitest';
import { readFuse } from './fuse.ts';

const clock = {
  startedAt: '2026-05-04T09:00:00.000Z',
  warnAt: ['2026-05-04T10:30:00.000Z', '2026-05-04T11:30:00.000Z'],
  dueAt: '2026-05-04T12:00:00.000Z',
};
const at = (time: string) => Date.parse(`2026-05-04T${time}:00.000Z`);

describe('the fuse', () => {
  it('burns from whole to nothing', () => {
    expect(readFuse(clock, at('09:00'))).toEqual({ phase: 'quiet', left: 1, remaining: 3 * 3_600_000 });
    expect(readFuse(clock, at('10:30'))).toMatchObject({ phase: 'amber', left: 0.5 });
    expect(readFuse(clock, at('11:30')).phase).toBe('red');
    expect(readFuse(clock, at('12:10'))).toEqual({ phase: 'breached', left: 0, remaining: -600_000 });
  });

  it('is whole before it starts, and stands still once stopped', () => {
    expect(readFuse(clock, at('08:00')).left).toBe(1);
    const stopped = { ...clock, stoppedAt: '2026-05-04T10:30:00.000Z' };
    expect(readFuse(stopped, at('13:00'))).toMatchObject({ phase: 'stopped', left: 0.5 });
  });

  it('has no length when start and end fall together', () => {
    expect(readFuse({ ...clock, dueAt: clock.startedAt, warnAt: [] }, at('08:59')).left).toBe(0);
  });
});
