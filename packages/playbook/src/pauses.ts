// When a clock stands still, and what that does to its deadlines (CK-5, CK-6).
import type { PauseReason, StoodStill } from '@rejoinder/contracts/pauses';
import type { PlanClock, Playbook } from '@rejoinder/contracts/playbooks';
import { afterOpenSeconds, openBetween } from './open-hours.ts';

/** What may make a clock stand still: we were the last to speak to the person; the room has stood down. */
export type Holding = { waitsForAuthor: boolean; stoodDown: boolean };

/** A clock that runs, with what it has told and when it stood still. While it does, its instants are those it would keep if it went on at once. */
export type StillClock = {
  clock: string;
  startedAt: string;
  warnAt: string[];
  dueAt: string;
  promisedUntil: string;
  /** How many warning points were told. */
  warned: number;
  /** The next instant to act on; null where there is none. */
  nextAt: string | null;
  pausedAt: string | null;
  pausedFor: readonly PauseReason[];
  stoodStill: readonly StoodStill[];
};

/** Ends of a clock that are a first word in public. Before it nobody can be waited for, and after it the clock has stopped (CK-6). */
export const FIRST_WORD: readonly string[] = ['public_reply_published', 'holding_posted', 'update_posted'];

/** What makes this clock of the plan stand still now, in the plan's order. */
export function whyStill(clock: PlanClock | undefined, holding: Holding): PauseReason[] {
  const why: PauseReason[] = [];
  for (const reason of clock?.pauses ?? []) {
    if (reason === 'waiting_for_author' && holding.waitsForAuthor && !FIRST_WORD.includes(clock?.stops ?? ''))
      why.push(reason);
    if (reason === 'stood_down' && holding.stoodDown) why.push(reason);
  }
  return why;
}

/**
 * The clock once these reasons, and no others, hold since an instant: it stops to run, goes on, or stays as it is (the same object). An instant
 * before its start, or before it stood still, counts as that one. What has run out by then stands still no more.
 */
export function settle<C extends StillClock>(
  playbook: Playbook,
  clock: C,
  why: readonly PauseReason[],
  since: string,
): C {
  if (clock.pausedAt === null) return why.length === 0 ? clock : pause(clock, why, since);
  if (why.length === 0) return goOn(playbook, clock, clock.pausedAt, since);
  return why.join() === clock.pausedFor.join() ? clock : { ...clock, pausedFor: [...why] };
}

function pause<C extends StillClock>(clock: C, why: readonly PauseReason[], since: string): C {
  const pausedAt = latest(clock.startedAt, clock.stoodStill.at(-1)?.until ?? '', since);
  if (clock.promisedUntil <= pausedAt) return clock;
  // A point that passed before is told all the same.
  const nextAt = clock.nextAt !== null && clock.nextAt <= pausedAt ? clock.nextAt : null;
  return { ...clock, pausedAt, pausedFor: [...why], nextAt };
}

/** Each point that had not passed moves by as much time of the clock's calendar as was left of it. */
function goOn<C extends StillClock>(playbook: Playbook, clock: C, pausedAt: string, since: string): C {
  const until = latest(pausedAt, since);
  const plan = playbook.clocks.find((each) => each.id === clock.clock);
  const calendar = playbook.calendars.find((each) => each.id === plan?.calendar);
  const [from, to] = [Date.parse(pausedAt), Date.parse(until)];
  const moved = (point: string): string => {
    const at = Date.parse(point);
    if (at <= from) return point;
    const left = openBetween(calendar, from, at);
    // In other hours than it was promised in, there may be no open time before it: then it is as far away as it was.
    const then = left === 0 ? to + at - from : afterOpenSeconds(calendar, to, left / 1000);
    return new Date(then).toISOString();
  };
  const span: StoodStill = { from: pausedAt, until, why: [...clock.pausedFor] };
  const next = {
    ...clock,
    warnAt: clock.warnAt.map(moved),
    dueAt: moved(clock.dueAt),
    promisedUntil: moved(clock.promisedUntil),
    pausedAt: null,
    pausedFor: [],
    stoodStill: from < to ? [...clock.stoodStill, span] : clock.stoodStill,
  };
  return { ...next, nextAt: nextPoint(next) };
}

/** The next warning that was not told, or the end. */
function nextPoint({ warnAt, warned, promisedUntil }: Pick<StillClock, 'warnAt' | 'warned' | 'promisedUntil'>): string {
  const point = warnAt[warned];
  return point !== undefined && point < promisedUntil ? point : promisedUntil;
}

const latest = (...instants: string[]): string => instants.toSorted().at(-1) ?? '';
