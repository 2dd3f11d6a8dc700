import { CRISIS_STATES } from '@rejoinder/contracts/crisis-states';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { describe, expect, it } from 'vitest';
import { planWith } from './plan-for-tests.ts';
import { type RoomStep, refuseStep, STEPS, type StepFacts, stepsFrom } from './room-state.ts';

const altered = (change: (plan: Playbook) => void): Playbook => {
  const plan = structuredClone(planWith());
  change(plan);
  return plan;
};

const NOW = '2026-03-01T12:00:00.000Z';
const plan = altered((p) => {
  p.freeze = {
    fromLevel: 2,
    what: ['campaigns'],
    confirmedBy: ['comms'],
    within: { 1: 60 },
    releasedBy: ['commander'],
    clause: 'Freeze §1',
  };
  p.standDown = { criteria: [], heldFor: { 1: 60 }, decidedBy: ['commander'], clause: 'Over §1' };
  p.retrospective = {
    within: 60,
    ledBy: 'social_lead',
    attendedBy: [],
    asks: [],
    publishes: false,
    clause: 'Retro §1',
  };
});
const actor = (id: string, ...roles: string[]): StepFacts['actor'] => ({ kind: 'person', id, roles });
const confirmed = { since: NOW, confirmed: { at: NOW, by: { userId: 'usr_c', name: 'Cora' } } };
const facts = (over: Partial<StepFacts> = {}, crisis: Partial<StepFacts['crisis']> = {}): StepFacts => ({
  crisis: { state: 'declared', commander: null, freeze: confirmed, retrospectiveAt: null, ...crisis },
  level: 2,
  actor: actor('usr_x', 'commander'),
  reason: 'It spreads.',
  now: NOW,
  lacks: [],
  held: 0,
  ...over,
});
const steps = Object.keys(STEPS) as RoomStep[];
const ready = (step: RoomStep): StepFacts =>
  facts({}, { state: STEPS[step].from[0] ?? 'watching', retrospectiveAt: NOW });

describe('the steps of a crisis', () => {
  it.each(steps)(
    '[CR-1] [CR-2] [CR-3] [CR-4] [CR-5] [CR-6] [CR-7] %s: from its states only, by its roles, with a reason',
    (step) => {
      const { rule, from, to } = STEPS[step];
      expect(refuseStep(plan, ready(step), step)).toBeNull();
      for (const state of CRISIS_STATES) {
        const refusal = refuseStep(plan, facts({}, { state, retrospectiveAt: NOW }), step);
        expect(refusal === null, state).toBe(from.includes(state));
        if (refusal) expect(refusal).toMatchObject({ rule, missing: [{ rule }] });
      }
      expect(from).not.toContain(to);
      expect(refuseStep(plan, { ...ready(step), actor: actor('usr_x', 'legal') }, step)).toMatchObject({ rule });
      const program = { ...ready(step), actor: { kind: 'token' as const, id: 'tok', roles: ['commander'] } };
      expect(refuseStep(plan, program, step)).toMatchObject({ rule });
      expect(refuseStep(plan, { ...ready(step), reason: ' ' }, step)?.fix[0]?.do).toBe('give-reason');
    },
  );

  it('[CR-2] whoever commands may go on without a role of the plan; active begins once the freeze is confirmed', () => {
    const commander = { userId: 'usr_d', name: 'Dana' };
    const mine = facts({ actor: actor('usr_d') }, { commander });
    expect(refuseStep(plan, mine, 'activate')).toBeNull();
    expect(refuseStep(plan, { ...mine, actor: actor('usr_e') }, 'activate')).toMatchObject({ rule: 'CR-2' });
    const open = facts({}, { freeze: { since: NOW, confirmed: null } });
    expect(refuseStep(plan, open, 'activate')).toMatchObject({ rule: 'CR-2', clause: 'Freeze §1', who: ['comms'] });
    expect(refuseStep(plan, { ...open, level: 1 }, 'activate')).toBeNull();
  });

  it('[CR-6] a stand-down lists everything that does not hold', () => {
    const lack = (says: string) => ({ rule: 'GU-38', clause: 'Over §2', says, who: ['legal'], fix: [] });
    const refusal = refuseStep(
      plan,
      facts({ lacks: [lack('One.'), lack('Two.')] }, { state: 'stabilising' }),
      'stand_down',
    );
    expect(refusal).toMatchObject({ rule: 'CR-6', says: '2 things do not hold yet.', who: ['legal'] });
    expect(refusal?.missing.map((each) => each.says)).toEqual(['One.', 'Two.']);
  });

  it('[CR-7] it is reviewed once the retrospective was held and nothing is frozen', () => {
    const over = { state: 'stood_down' as const };
    const lead = actor('usr_s', 'social_lead');
    expect(refuseStep(plan, facts({ actor: lead }, { ...over, retrospectiveAt: NOW }), 'review')).toBeNull();
    const says = (held: number, retrospectiveAt: string | null) =>
      refuseStep(plan, facts({ held }, { ...over, retrospectiveAt }), 'review')?.missing.map((each) => each.says);
    expect(says(2, null)).toEqual(['No date is set for the retrospective.', '2 things are still frozen.']);
    expect(says(1, '2026-03-02T12:00:00.000Z')?.[0]).toContain('is on 2026-03-02');
  });

  it('[CR-3] says which steps begin where', () => {
    expect(stepsFrom('watching')).toEqual(['declare']);
    expect(stepsFrom('active')).toEqual(['stabilise', 'stand_down']);
    expect(stepsFrom('stood_down')).toEqual(['declare', 'resume', 'review']);
  });
});
