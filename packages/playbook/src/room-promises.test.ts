import type { RoomPromise } from '@rejoinder/contracts/crisis';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { describe, expect, it } from 'vitest';
import { planWith } from './plan-for-tests.ts';
import { afterUpdate, promisesNow, type RoomStanding } from './room-promises.ts';

const altered = (change: (plan: Playbook) => void): Playbook => {
  const plan = structuredClone(planWith());
  change(plan);
  return plan;
};

const plan = altered((p) => {
  const clause = (level: number) => `Updates §${level}`;
  const internal = { every: 1800, for: null, afterwards: null };
  const open = { every: 3600, for: 7200, afterwards: 14_400 };
  p.updates = [
    {
      level: 2,
      internal: { ...internal, every: 7200 },
      public: null,
      by: [],
      to: [],
      namesNext: false,
      clause: clause(2),
    },
    { level: 3, internal, public: open, by: [], to: [], namesNext: true, clause: clause(3) },
  ];
  p.freeze = {
    fromLevel: 2,
    what: ['campaigns'],
    confirmedBy: ['comms'],
    within: { 1: 3600, 2: 1800, 3: 900 },
    releasedBy: ['commander'],
    clause: 'Freeze §1',
  };
  p.clocks = [
    {
      id: 'holding-line',
      name: 'Holding line',
      starts: 'level_raised',
      stops: 'holding_posted',
      pauses: [],
      neverStoppedBy: [],
      calendar: 'always',
      fromLevel: 3,
      target: { 1: 3600, 2: 3600, 3: 3600 },
      warnAt: [0.75],
      onWarning: null,
      onBreach: null,
      clause: 'Holding §1',
    },
  ];
});
const NOON = '2026-03-01T12:00:00.000Z';
const at = (minutes: number) => new Date(Date.parse(NOON) + minutes * 60_000).toISOString();
const standing = (over: Partial<RoomStanding> = {}): RoomStanding => ({
  level: 3,
  state: 'watching',
  freeze: { since: NOON, confirmed: null },
  now: NOON,
  raised: true,
  ...over,
});
const dues = (promises: readonly RoomPromise[]) => Object.fromEntries(promises.map((each) => [each.id, each.dueAt]));
const raised = () => promisesNow(plan, standing(), []);

describe('what the room owes', () => {
  it('[CR-20] begins with the level: updates, the freeze and the clocks of the room, each with its instant', () => {
    expect(dues(raised())).toEqual({
      'update:internal': at(30),
      'update:public': at(60),
      freeze: at(15),
      'clock:holding-line': at(60),
    });
    expect(raised().find((each) => each.id === 'clock:holding-line')?.warnAt).toEqual([at(45)]);
    expect(promisesNow(plan, standing({ level: 1, freeze: null }), [])).toEqual([]);
  });

  it('[CR-20] a rise brings an hour forward and never puts one off; a clock counts from its own start', () => {
    const two = promisesNow(plan, standing({ level: 2 }), []);
    expect(dues(two)).toEqual({ 'update:internal': at(120), freeze: at(30) });
    const later = promisesNow(plan, standing({ now: at(100) }), two);
    expect(dues(later)).toEqual({
      'update:internal': at(120),
      'update:public': at(160),
      freeze: at(15),
      'clock:holding-line': at(160),
    });
    const again = promisesNow(plan, standing({ now: at(110), raised: false }), later);
    expect(again).toEqual(later);
  });

  it('[CR-20] ends with what asks for it: a confirmed freeze, a lower level, a crisis that is over', () => {
    const confirmed = { since: NOON, confirmed: { at: at(5), by: { userId: 'usr_c', name: 'Cora' } } };
    expect(Object.keys(dues(promisesNow(plan, standing({ freeze: confirmed }), raised())))).not.toContain('freeze');
    const lowered = promisesNow(plan, standing({ level: 1, freeze: null, raised: false }), raised());
    expect(lowered).toEqual([]);
    for (const state of ['stood_down', 'reviewed'] as const)
      expect(promisesNow(plan, standing({ state, raised: false }), raised())).toEqual([]);
  });

  it('[CK-18] a clock of the room that the plan pauses for a stand-down stands still, and goes on where it was', () => {
    const pausing = altered((p) => {
      p.clocks = plan.clocks.map((clock) => ({ ...clock, pauses: ['stood_down', 'waiting_for_author'] }));
      p.updates = plan.updates;
    });
    const over = (state: RoomStanding['state'], minutes: number, was: RoomPromise[]) =>
      promisesNow(pausing, standing({ state, now: at(minutes), freeze: null, raised: false }), was);
    const still = over('stood_down', 20, promisesNow(pausing, standing(), []));
    expect(still).toMatchObject([{ id: 'clock:holding-line', paused: { since: at(20), why: ['stood_down'] } }]);
    // Whatever is reckoned meanwhile changes nothing; a review ends it.
    expect(over('stood_down', 90, still)).toEqual(still);
    expect(over('reviewed', 90, still)).toEqual([]);
    const goes = over('active', 500, still).find((each) => each.id === 'clock:holding-line');
    expect(goes).toMatchObject({ dueAt: at(540), warnAt: [at(525)], stoodStill: [{ from: at(20), until: at(500) }] });
    expect(goes?.paused).toBeUndefined();
    const missed = promisesNow(pausing, standing(), []).map((each) => ({ ...each, missedAt: each.dueAt }));
    expect(over('stood_down', 90, missed)).toEqual([]);
  });

  it('[CR-11] the next update is due when it says, at the latest when the pace of the plan does', () => {
    const [, open] = raised();
    const next = (minutes: number, named: string | null) =>
      open && afterUpdate(plan, { level: 3, now: at(minutes) }, open, named).dueAt;
    expect(next(10, at(40))).toBe(at(40));
    expect(next(10, null)).toBe(at(70));
    // Two hours after the level rose the slower pace begins.
    expect(next(120, null)).toBe(at(120 + 240));
    expect(next(119, at(999))).toBe(at(179));
    expect(
      open && afterUpdate(plan, { level: 3, now: at(70) }, { ...open, missedAt: at(60) }, null).missedAt,
    ).toBeNull();
  });
});
