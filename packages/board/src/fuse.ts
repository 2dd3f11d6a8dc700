// How far a promised time has burned down: the fuse along a card's edge.
import type { CardView, ClockView } from '@rejoinder/contracts/cards';

/**
 * `quiet` before the first warning, `amber` past it, `red` past the second, `late` past what a level raised meanwhile asks
 * but not past what was promised before, `breached` past that, `paused` while its time stands still, `stopped` when answered.
 */
export type Phase = 'quiet' | 'amber' | 'red' | 'late' | 'breached' | 'paused' | 'stopped';

/** `left` is the share of the time that remains, 0..1; `seconds` until due, negative when overdue, as of the stop for a stopped clock. */
export type Fuse = { left: number; phase: Phase; seconds: number };

/** The clock whose fuse a card shows: the public reply's, or the only one there is. */
export const replyClock = (card: CardView): ClockView | null =>
  card.clocks.find((c) => c.clock === 'public-reply') ?? card.clocks[0] ?? null;

/**
 * Reads a clock at `now` (ISO string or milliseconds). Everything comes from stored instants; only the stop or `now` decides,
 * so that a page and the server agree even while the breach event is on its way.
 */
export function fuse(clock: ClockView, now: string | number): Fuse {
  const due = Date.parse(clock.dueAt);
  const at = timeOf(clock, now);
  const whole = due - Date.parse(clock.startedAt) - stillOf(clock);
  const left = whole > 0 ? Math.min(1, Math.max(0, (due - at) / whole)) : at < due ? 1 : 0;
  return { left, phase: phaseOf(clock, at, due), seconds: Math.round((due - at) / 1000) };
}

/** Runs, and is past its time, under the level of now. */
export const isPastDue = (clock: ClockView, now: string | number): boolean =>
  clock.stoppedAt === null && timeOf(clock, now) >= Date.parse(clock.dueAt);

/** The instant at which a clock stands: now, its stop, or when it began to stand still. */
const timeOf = ({ paused, stoppedAt }: ClockView, now: string | number): number =>
  inMs(paused?.since ?? stoppedAt ?? now);

/** For how long it stood still, over all times it did. */
const stillOf = ({ stoodStill = [] }: ClockView): number =>
  stoodStill.reduce((sum, { from, until }) => sum + Date.parse(until) - Date.parse(from), 0);

function phaseOf(clock: ClockView, at: number, due: number): Phase {
  if (clock.stoppedAt !== null) return 'stopped';
  if (clock.paused) return 'paused';
  if (at >= due) return at >= Date.parse(clock.promisedUntil) ? 'breached' : 'late';
  const passed = clock.warnAt.filter((w) => Date.parse(w) <= at).length;
  return passed === 0 ? 'quiet' : passed === 1 ? 'amber' : 'red';
}

export const inMs = (instant: string | number): number => (typeof instant === 'number' ? instant : Date.parse(instant));
