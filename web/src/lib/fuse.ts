// How far a clock has burned down at an instant, and how alarming that is.
import type { ClockView } from '@rejoinder/contracts/cards';

export type FuseClock = Pick<ClockView, 'startedAt' | 'warnAt' | 'dueAt'> & {
  stoppedAt?: string | null;
  breachedAt?: string | null;
};

export type FusePhase = 'quiet' | 'amber' | 'red' | 'breached' | 'stopped';

/** `left` is the share 1..0 of the time that remains; `remaining` is milliseconds, negative when overdue. */
export type FuseReading = { phase: FusePhase; left: number; remaining: number };

export function readFuse(clock: FuseClock, now: number): FuseReading {
  const start = Date.parse(clock.startedAt);
  const due = Date.parse(clock.dueAt);
  const at = clock.stoppedAt ? Date.parse(clock.stoppedAt) : now;
  const remaining = due - at;
  const left = due > start ? Math.min(1, Math.max(0, remaining / (due - start))) : 0;
  return { phase: phaseOf(clock, at, remaining), left, remaining };
}

function phaseOf(clock: FuseClock, at: number, remaining: number): FusePhase {
  if (clock.stoppedAt) return 'stopped';
  if (remaining <= 0) return 'breached';
  const passed = clock.warnAt.filter((point) => Date.parse(point) <= at).length;
  if (passed === 0) return 'quiet';
  return passed === 1 ? 'amber' : 'red';
}
