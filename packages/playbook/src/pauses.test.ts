import type { PauseReason } from '@rejoinder/contracts/pauses';
import type { Calendar, PlanClock, Playbook } from '@rejoinder/contracts/playbooks';
import { describe, expect, it } from 'vitest';
import { clockFor, underLevel } from './clocks.ts';
import { type StillClock, settle, whyStill } from './pauses.ts';
import { planWith } from './plan-for-tests.ts';

const NINE = Date.parse('2026-03-02T09:00:00Z');
/** Monday, so many minutes after nine. */
const at = (minutes: number) => new Date(NINE + minutes * 60_000).toISOString();
const office: Calendar = {
  id: 'office',
  zone: 'UTC',
  windows: [1, 2, 3, 4, 5].map((day) => ({ day, from: 9 * 60, to: 17 * 60 })),
  holidays: [],
  exceptions: [],
  clause: 'Hours §1',
};
const loop = (changes: Partial<PlanClock> = {}): PlanClock => ({
  id: 'loop',
  name: 'Loop closed',
  starts: 'mention_posted',
  stops: 'card_closed',
  pauses: ['waiting_for_author', 'stood_down'],
  neverStoppedBy: [],
  calendar: 'always',
  fromLevel: 1,
  target: { 1: 7200, 2: 3600 },
  warnAt: [0.5],
  onWarning: null,
  onBreach: null,
  clause: 'Loop §1',
  ...changes,
});
const planOf = (clock: PlanClock): Playbook => ({ ...planWith(), calendars: [office], clocks: [clock] });
const begun = (plan: Playbook): StillClock => {
  const deadlines = clockFor(plan, 'loop', 1, at(0));
  if (!deadlines) throw new Error('the plan has the clock');
  const { startedAt, warnAt, dueAt } = deadlines;
  const runs = { pausedAt: null, pausedFor: [], stoodStill: [] };
  return {
    clock: 'loop',
    startedAt,
    warnAt,
    dueAt,
    promisedUntil: dueAt,
    warned: 0,
    nextAt: warnAt[0] ?? dueAt,
    ...runs,
  };
};
const WAITS: PauseReason[] = ['waiting_for_author'];

describe('time that stands still', () => {
  it('[CK-5] moves every point that had not passed by what was paused, and keeps when that was', () => {
    const plan = planOf(loop());
    const still = settle(plan, begun(plan), WAITS, at(30));
    expect(still).toMatchObject({ pausedAt: at(30), pausedFor: WAITS, nextAt: null, dueAt: at(120) });
    const goes = settle(plan, still, [], at(90));
    expect(goes).toMatchObject({
      warnAt: [at(120)],
      dueAt: at(180),
      promisedUntil: at(180),
      nextAt: at(120),
      pausedAt: null,
    });
    expect(goes.stoodStill).toEqual([{ from: at(30), until: at(90), why: WAITS }]);
    // The warning passed before the second pause and stays where it was.
    const again = settle(plan, settle(plan, { ...goes, warned: 1 }, WAITS, at(150)), [], at(155));
    expect(again).toMatchObject({ warnAt: [at(120)], dueAt: at(185), nextAt: at(185), warned: 1 });
    // Reckoned from the start without what stood still, it is the same.
    expect(clockFor(plan, 'loop', 1, at(0), again.stoodStill)).toMatchObject({ warnAt: [at(120)], dueAt: at(185) });
  });

  it('[CK-5] counts what is left in the hours of the calendar', () => {
    const plan = planOf(loop({ calendar: 'office', target: { 1: 4 * 3600 } }));
    // An hour in, until Tuesday two hours after closing: three open hours are left, and Wednesday morning has them.
    const goes = settle(plan, settle(plan, begun(plan), WAITS, at(60)), [], '2026-03-03T19:00:00.000Z');
    expect(goes).toMatchObject({ warnAt: ['2026-03-04T10:00:00.000Z'], dueAt: '2026-03-04T12:00:00.000Z' });
    // Half of it in the night costs nothing.
    const night = settle(plan, settle(plan, begun(plan), WAITS, at(-600)), [], at(-30));
    expect(night).toMatchObject({ dueAt: at(240), stoodStill: [] });
    const shut = { ...plan, calendars: [{ ...office, windows: [] }] };
    const never = settle(shut, settle(shut, begun(shut), WAITS, at(60)), [], at(100));
    expect(never.dueAt).toBe(at(280));
    // Another plan, by whose hours nothing was open before the old promise: it is as far away as it was.
    const nights = { ...plan, calendars: [{ ...office, windows: [{ day: 3, from: 0, to: 60 }] }] };
    expect(settle(nights, settle(plan, begun(plan), WAITS, at(60)), [], at(100)).dueAt).toBe(at(280));
  });

  it('[CK-5] one reason after the other is one pause; what has run out, and what changes nothing, stays as it is', () => {
    const plan = planOf(loop());
    const clock = begun(plan);
    const both = settle(plan, settle(plan, clock, WAITS, at(10)), [...WAITS, 'stood_down'], at(20));
    expect(both).toMatchObject({ pausedAt: at(10), pausedFor: ['waiting_for_author', 'stood_down'] });
    expect(settle(plan, both, ['waiting_for_author', 'stood_down'], at(30))).toBe(both);
    expect(settle(plan, clock, [], at(30))).toBe(clock);
    expect(settle(plan, clock, WAITS, at(120))).toBe(clock);
    // A point that passed unseen before the pause is still to be told.
    expect(settle(plan, clock, WAITS, at(60))).toMatchObject({ pausedAt: at(60), nextAt: at(60) });
    // An instant before the pause, as of a post that came late, ends it where it began.
    expect(settle(plan, both, [], at(5))).toMatchObject({ dueAt: at(120), stoodStill: [], nextAt: at(60) });
  });

  it('[CK-6] nobody is waited for before our first word, and a room has no person to wait for', () => {
    const holding = { waitsForAuthor: true, stoodDown: true };
    expect(whyStill(loop(), holding)).toEqual(['waiting_for_author', 'stood_down']);
    expect(whyStill(loop({ pauses: ['stood_down'] }), { ...holding, stoodDown: false })).toEqual([]);
    for (const stops of ['public_reply_published', 'holding_posted', 'update_posted'])
      expect(whyStill(loop({ stops }), holding)).toEqual(['stood_down']);
    expect(whyStill(undefined, holding)).toEqual([]);
  });

  it('[CK-19] another level finds it as late as it was when it began to stand still', () => {
    const plan = planOf(loop());
    const running = { clock: 'loop', startedAt: at(0), promisedUntil: at(120), pausedAt: at(40) };
    // An hour at level 2, forty minutes of it gone, however long it has stood still.
    const raised = underLevel(plan, 2, running, at(500));
    expect(raised).toMatchObject({ dueAt: at(60), promisedUntil: at(60), warned: 1, nextAt: null });
    const late = underLevel(plan, 2, { ...running, pausedAt: at(70) }, at(500));
    expect(late).toMatchObject({ dueAt: at(60), promisedUntil: at(120), nextAt: null });
    // Late when it goes on, it is breached when what was left of the first promise is over.
    const clock = {
      ...begun(plan),
      dueAt: at(60),
      warnAt: [at(30)],
      warned: 1,
      pausedAt: at(70),
      pausedFor: WAITS,
      nextAt: null,
    };
    expect(settle(plan, clock, [], at(500))).toMatchObject({ dueAt: at(60), promisedUntil: at(550), nextAt: at(550) });
    const span = { from: at(10), until: at(40), why: WAITS };
    const before = { ...running, pausedAt: null, stoodStill: [span] };
    expect(underLevel(plan, 2, before, at(50))).toMatchObject({ dueAt: at(90), warned: 0, nextAt: at(60) });
  });
});
