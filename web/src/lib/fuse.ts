// What a fuse on a page is given, and its reading at an instant. The reckoning itself is the board's.
import { fuse, type Phase } from '@rejoinder/board/fuse';
import type { ClockView } from '@rejoinder/contracts/cards';

export type FuseClock = Pick<ClockView, 'startedAt' | 'warnAt' | 'dueAt'> & Partial<ClockView>;

export type FusePhase = Phase;

/** `left` is the share 1..0 of the time that remains; `remaining` is milliseconds, negative when overdue. */
export type FuseReading = { phase: FusePhase; left: number; remaining: number };

export function readFuse(clock: FuseClock, now: number): FuseReading {
  const { phase, left, seconds } = fuse({ ...plain, promisedUntil: clock.dueAt, ...clock }, now);
  return { phase, left, remaining: seconds * 1000 };
}

const plain = { clock: '', clause: '', stoppedAt: null, warned: 0, breachedAt: null };
