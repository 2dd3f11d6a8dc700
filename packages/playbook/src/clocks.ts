// When a promise falls due: a plan's clock at a level, from its start, as stored instants, in the hours of its calendar.
import type { StoodStill } from '@rejoinder/contracts/pauses';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { atLevel, stageOf } from './levels.ts';
import { afterOpenSeconds } from './open-hours.ts';

/** Due and warning instants, ISO 8601 in UTC, warnings rising. `clause` is the clock's. */
export type Deadlines = { clause: string; startedAt: string; warnAt: string[]; dueAt: string };

/**
 * The deadlines of a clock started at an instant, without the time in which it stood still (CK-5); null when the plan has no such clock,
 * gives no target, or lets it run from a higher level only.
 */
export function clockFor(
  playbook: Playbook,
  clockId: string,
  level: number,
  startedAt: string,
  stoodStill: readonly StoodStill[] = [],
): Deadlines | null {
  const clock = playbook.clocks.find((each) => each.id === clockId);
  const target = clock && atLevel(clock.target, level);
  const start = Date.parse(startedAt);
  if (!clock || target === undefined || Number.isNaN(start) || level < clock.fromLevel) return null;
  const calendar = playbook.calendars.find((each) => each.id === clock.calendar);
  const still = stoodStill.map(({ from, until }) => ({ from: Date.parse(from), until: Date.parse(until) }));
  const at = (share: number): string => {
    // Open hours are counted in whole seconds.
    const seconds = calendar ? Math.round(target * share) : Math.round(target * share * 1000) / 1000;
    return new Date(afterOpenSeconds(calendar, start, seconds, still)).toISOString();
  };
  return {
    clause: clock.clause,
    startedAt: new Date(start).toISOString(),
    warnAt: clock.warnAt.map(at),
    dueAt: at(1),
  };
}

/** A clock as it stands: `promisedUntil` is when it is breached, `dueAt` what it burns down to. */
export type RunningClock = {
  clock: string;
  startedAt: string;
  promisedUntil: string;
  pausedAt?: string | null;
  stoodStill?: readonly StoodStill[];
};
/** `warned` counts the warning points that have passed; `nextAt` is the next instant to act on, null while it stands still. */
export type UnderLevel = {
  warnAt: string[];
  dueAt: string;
  promisedUntil: string;
  warned: number;
  nextAt: string | null;
};

/**
 * A running clock under another level, reckoned from its own start (CK-15). What is past the new due instant at once is
 * late, not breached, until the time promised before is over. Null: it stays as it is, since the plan lets it run at
 * other levels only, or since its breach only waits to be written down. For one that stands still it is as late as it was then.
 */
export function underLevel(playbook: Playbook, level: number, running: RunningClock, at: string): UnderLevel | null {
  return underDeadlines(clockFor(playbook, running.clock, level, running.startedAt, running.stoodStill), running, at);
}

/** The same where the deadlines are known already. */
export function underDeadlines(
  deadlines: Pick<Deadlines, 'warnAt' | 'dueAt'> | null,
  running: RunningClock,
  at: string,
): UnderLevel | null {
  const { pausedAt = null } = running;
  const now = pausedAt ?? at;
  if (deadlines === null || running.promisedUntil <= now) return null;
  const { warnAt, dueAt } = deadlines;
  const isLate = dueAt <= now;
  const promisedUntil = isLate ? running.promisedUntil : dueAt;
  const ahead = warnAt.filter((point) => point > now);
  const nextAt = pausedAt !== null ? null : isLate ? promisedUntil : (ahead[0] ?? dueAt);
  return { warnAt, dueAt, promisedUntil, warned: warnAt.length - ahead.length, nextAt };
}

/** When a card should have left a stage, or null when the plan sets no time for it. */
export function stageDueAt(playbook: Playbook, stageId: string, level: number, enteredAt: string): string | null {
  const limit = stageOf(playbook, stageId)?.timeLimit;
  const seconds = limit ? atLevel(limit, level) : undefined;
  const start = Date.parse(enteredAt);
  return seconds === undefined || Number.isNaN(start) ? null : after(start, seconds);
}

function after(start: number, seconds: number): string {
  return new Date(start + Math.round(seconds * 1000)).toISOString();
}
