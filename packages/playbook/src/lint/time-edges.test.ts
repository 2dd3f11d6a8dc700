import type {
  Agreement,
  Condition,
  Contact,
  Guard,
  Ladder,
  PlanClock,
  Playbook,
  Stage,
} from '@rejoinder/contracts/playbooks';
import { describe, expect, it } from 'vitest';
import { planWith } from '../plan-for-tests.ts';
import type { LintRule, Outside } from './finding.ts';
import { hours } from './hours.ts';
import { endsInPerson, knownDepartment, laddersInTime } from './ladders.ts';
import { pauses } from './pauses.ts';
import { departmentContacts, filledRoles } from './staffing.ts';
import { standDownCriteria } from './stand-down-criteria.ts';
import { stageTimes } from './times.ts';
import { updateCadence } from './update-cadence.ts';
import { verifiedContacts } from './verified.ts';

const trial = planWith();
const DOOR = { strength: 'block', clause: 'Door §1', sentence: 'It is so.', to: null, bothWays: false };
const guard = (condition: Condition, changes: Partial<Guard> = {}) => ({ ...condition, ...DOOR, ...changes }) as Guard;
const stages = (changes: Record<string, Partial<Stage>>, plan: Playbook = trial): Playbook => ({
  ...plan,
  stages: plan.stages.map((stage) => ({ ...stage, enter: [], leave: [], ...changes[stage.id] })),
});
const clocks = (changes: Partial<PlanClock>, plan: Playbook = trial): Playbook => ({
  ...plan,
  clocks: plan.clocks.map((clock) => ({ ...clock, ...changes })),
});
const ladder = (...steps: [whom: string, after: number][]): Ladder => ({
  id: 'up',
  name: 'Up',
  steps: steps.map(([whom, after], i) => ({ whom, after: { 1: after }, channels: [], clause: `Up §${i + 1}` })),
  accepts: 1,
  onEmpty: 'skip_and_show',
  reopenAfter: null,
  clause: 'Up §0',
});
const contact = (changes: Partial<Contact> = {}): Contact => ({
  department: 'logistics',
  primary: { name: 'Ann', user: null, phone: null },
  deputy: null,
  outOfHours: null,
  channels: [],
  hours: 'always',
  authority: null,
  lastVerified: null,
  clause: 'Contacts §1',
  ...changes,
});
/** What a rule finds, in words; each finding also has a why, what would mend it, and stops the plan. */
function found(rule: LintRule, plan: Playbook, outside: Outside = {}): string[] {
  return rule(plan, outside).map((each) => {
    expect([each.rule, each.why, each.wants].every((text) => text !== '')).toBe(true);
    expect(each.strength).toBe('block');
    return each.says;
  });
}

describe('time that does not suffice', () => {
  const running = (seconds: number, more: Partial<Stage> = {}, plan: Playbook = trial) =>
    stages({ drafting: { clocks: ['public-reply'], timeLimit: { 1: seconds }, ...more } }, plan);

  it('[LI-7] all of the target may be used, and nothing beyond it; a stage off the way does not count', () => {
    expect(found(stageTimes, running(10_800))).toEqual([]);
    expect(found(stageTimes, running(10_801))).toHaveLength(3);
    expect(found(stageTimes, running(10_801))[0]).toMatch(/^At level 1 the stages may take 3 hours .*together; /);
    expect(found(stageTimes, running(10_801, { clocks: [] }))).toEqual([
      'The clock First public reply runs in no stage.',
    ]);
    expect(found(stageTimes, clocks({ stops: 'card_closed' }))).toEqual(['No clock runs for the first public reply.']);
    const off: Partial<Stage> = { clocks: ['public-reply'], timeLimit: { 1: 99_999 }, text: 'none', next: ['closed'] };
    const both = (changes: Partial<Stage>) =>
      stages({ drafting: { clocks: ['public-reply'], timeLimit: { 1: 60 } }, owned: { ...off, ...changes } });
    expect(found(stageTimes, both({}))).toEqual([]);
    expect(found(stageTimes, both({ text: 'editable' }))).toHaveLength(3);
    expect(found(stageTimes, both({ next: ['drafting'] }))).toHaveLength(3);
  });

  it('[LI-7] deputies count for sign-offs that a door asks for', () => {
    const slow = (asked: string) => {
      const signOffs = trial.signOffs.map((each) => ({ ...each, deputies: { after: { 1: 60 }, roles: [] } }));
      const door = { enter: [guard({ guard: 'sign_offs_valid', signOff: asked })] };
      const plan = running(10_800, {}, { ...trial, signOffs });
      return { ...plan, stages: plan.stages.map((each) => (each.id === 'publish' ? { ...each, ...door } : each)) };
    };
    expect(found(stageTimes, slow('reply'))[0]).toContain('together, with 1 minute for deputies; the clock allows 3');
    expect(found(stageTimes, slow('other'))).toEqual([]);
  });

  it('[LI-20] a ladder has what is left after the last warning, the whole target at the breach, or the rest of a stage', () => {
    const started = (changes: Partial<PlanClock>, seconds: number, more: Partial<Stage> = {}) => {
      const plan = stages({ drafting: more }, clocks({ target: { 1: 1000 }, warnAt: [0.5, 0.75], ...changes }));
      return found(laddersInTime, { ...plan, ladders: [ladder(['owner', 50], ['commander', seconds - 50])] });
    };
    expect(started({}, 9999)).toEqual([]);
    expect(started({ onWarning: 'up' }, 250)).toEqual([]);
    expect(started({ onWarning: 'up' }, 251)).toHaveLength(3);
    expect(started({ onWarning: 'up', warnAt: [] }, 1000)).toEqual([]);
    expect(started({ onBreach: 'up' }, 1000)).toEqual([]);
    expect(started({ onBreach: 'up' }, 1001)).toHaveLength(3);
    expect(started({ onBreach: 'up', onWarning: 'up' }, 251)[0]).toContain('the last warning of First public reply');
    expect(started({ onBreach: 'up', onWarning: 'up' }, 1001)).toHaveLength(3);
    expect(started({ onBreach: 'up', fromLevel: 3 }, 1001)).toEqual([expect.stringContaining('At level 3 “Up”')]);
    const inStage = { ladder: 'up', clocks: ['public-reply'], timeLimit: { 1: 400 } };
    expect(started({}, 600, inStage)).toEqual([]);
    expect(started({}, 601, inStage)[0]).toContain('First public reply after Drafting leaves 10 minutes');
    expect(started({}, 601, { ...inStage, timeLimit: null })).toEqual([]);
    expect(started({}, 601, { ...inStage, ladder: 'other' })).toEqual([]);
    expect(started({}, 601, { ...inStage, clocks: [] })).toEqual([]);
  });

  it('[LI-21] office hours matter only under a reply clock that runs day and night, on its way', () => {
    const office = {
      ...trial.clocks[0],
      id: 'desk',
      name: 'Desk',
      stops: 'card_closed',
      calendar: 'office',
    } as PlanClock;
    const both = { ...trial, clocks: [...trial.clocks, office] };
    const on = (plan: Playbook, ...ids: string[]) => found(hours, stages({ drafting: { clocks: ids } }, plan));
    expect(on(both, 'public-reply', 'desk')).toEqual(['Desk stands still outside the hours of office.']);
    expect(on(both, 'public-reply')).toEqual([]);
    expect(on(clocks({ calendar: 'office' }, both), 'public-reply', 'desk')).toEqual([]);
    const asked = (changes: Partial<Contact>) => on({ ...trial, contacts: [contact(changes)] }, 'public-reply');
    expect(asked({ hours: 'office' })).toEqual(['Outside the hours of office nobody is asked in place of Ann.']);
    expect(asked({})).toEqual([]);
    expect(asked({ hours: 'office', outOfHours: contact().primary })).toEqual([]);
    expect(found(hours, { ...trial, clocks: [] })).toEqual([]);
  });
});

describe('people who are not there', () => {
  it('[LI-18] the last step is a role, and where it is known who is there, one that somebody holds', () => {
    const last = (whom: string, outside: Outside = {}) =>
      found(endsInPerson, { ...trial, ladders: [ladder(['commander', 0], [whom, 60])] }, outside);
    expect(last('commander')).toEqual([]);
    expect(last('primary')).toEqual(['“Up” does not end with a role somebody always holds.']);
    expect(last('legal', { staffed: { legal: 1 } })).toEqual([]);
    expect(last('legal', { staffed: { commander: 1 } })).toEqual(['“Up” ends with a role nobody holds.']);
    expect(last('primary', { staffed: {} })).toEqual(['“Up” does not end with a role somebody always holds.']);
    const none = endsInPerson({ ...trial, ladders: [ladder()] }, {});
    expect(none.map((each) => each.clause)).toEqual(['Up §0']);
  });

  it('[LI-19] only a ladder that asks the department, where it starts before the department is known', () => {
    const asked = (whom: string, changes: Record<string, Partial<Stage>>, plan: Playbook = trial) =>
      knownDepartment({ ...stages(changes, plan), ladders: [ladder(['owner', 0], [whom, 60])] }, {}).map(
        ({ clause, says }) => [clause, says.match(/start in (\w+),/)?.[1]],
      );
    const fields = guard({ guard: 'has_fields', fields: ['department'] });
    const early = { owned: { ladder: 'up' } };
    expect(asked('primary', early)).toEqual([['Up §2', 'Owned']]);
    expect(asked('deputy', early)).toHaveLength(1);
    expect(asked('out_of_hours', early)).toHaveLength(1);
    expect(asked('commander', early)).toEqual([]);
    expect(asked('primary', {})).toEqual([]);
    const late = { drafting: { ladder: 'up' } };
    expect(asked('primary', late)).toEqual([['Up §2', 'Drafting']]);
    expect(asked('primary', { ...late, owned: { leave: [fields] } })).toEqual([]);
    expect(asked('primary', { owned: { ladder: 'up', leave: [fields] } })).toHaveLength(1);
    expect(asked('primary', { ...late, owned: { leave: [{ ...fields, strength: 'warn' }] } })).toHaveLength(1);
    expect(asked('primary', { drafting: { ladder: 'up', enter: [fields] } })).toEqual([]);
    const required = { ...trial, triage: { ...trial.triage, required: ['department'] } };
    expect(asked('primary', late, required)).toEqual([]);
    expect(asked('primary', early, required)).toHaveLength(1);
    expect(asked('primary', { owned: { clocks: ['public-reply'] } }, clocks({ onWarning: 'up' }))).toHaveLength(1);
    expect(asked('primary', { owned: { clocks: ['public-reply'] } }, clocks({ onBreach: 'up' }))).toHaveLength(1);
    expect(asked('primary', {}, clocks({ onBreach: 'up' }))).toEqual([]);
    const named = { ...trial, contacts: [contact({ department: 'no_department' })] };
    expect(asked('primary', early, named)).toEqual([]);
  });

  it('[LI-13] any one of the roles will do, except where each must sign; each lack is told once', () => {
    const all = Object.fromEntries(trial.roles.map((role) => [role.id, 1]));
    const says = (without: string[], plan: Playbook = trial) =>
      found(filledRoles, plan, { staffed: { ...all, ...Object.fromEntries(without.map((role) => [role, 0])) } });
    expect(found(filledRoles, trial)).toEqual([]);
    expect(says([])).toEqual([]);
    expect(says(['legal'])).toEqual([]);
    expect(says(['legal', 'comms'])).toEqual(['Nobody is Communications or Legal to sign.']);
    expect(says(['commander'])).toEqual([
      'Nobody is Commander to raise the level to 2.',
      'Nobody is Commander to lower the level from 2.',
      'Nobody is Commander to raise the level to 3.',
      'Nobody is Commander to lower the level from 3.',
    ]);
    const agree = (agreement: Partial<Agreement>) => ({
      ...trial,
      signOffs: trial.signOffs.map((each) => ({
        ...each,
        agree: { 1: { need: 'all' as const, quorum: 1, roles: ['comms', 'legal'], ifLiability: [], ...agreement } },
      })),
    });
    expect(says(['legal'], agree({}))).toEqual(['Nobody is Legal to sign.']);
    expect(says(['executive'], agree({ ifLiability: ['executive'] }))).toEqual(['Nobody is Executive to sign.']);
    expect(says(['legal'], agree({ need: 'any' }))).toEqual([]);
    const updates = { level: 2, internal: null, public: null, by: ['legal'], to: [], namesNext: true, clause: '' };
    expect(says(['legal'], { ...trial, updates: [updates] })).toEqual(['Nobody is Legal to see to the updates.']);
  });

  it('[LI-14] departments need contacts once any are named, or a ladder asks them', () => {
    expect(found(departmentContacts, trial)).toEqual([]);
    const other = { ...trial, contacts: [contact({ department: 'billing' })] };
    expect(found(departmentContacts, other)).toEqual(['Logistics and delivery has no contact.']);
    expect(found(departmentContacts, { ...trial, contacts: [contact()] })).toEqual([]);
    const asking = (whom: string) => departmentContacts({ ...trial, ladders: [ladder([whom, 0])] }, {});
    expect(asking('primary').map((each) => each.clause)).toEqual(['Up §0']);
    expect(asking('commander')).toEqual([]);
    expect(found(departmentContacts, { ...other, triage: { ...trial.triage, fields: [] } })).toEqual([]);
  });

  it('[LI-17] a contact reached 90 days ago is still good', () => {
    const plan = (lastVerified: string | null) => ({ ...trial, contacts: [contact({ lastVerified })] });
    const day = { today: '2026-10-01' };
    expect(found(verifiedContacts, plan('2026-07-03'), day)).toEqual([]);
    expect(found(verifiedContacts, plan('2026-07-02'), day)).toEqual(['Ann was last reached 91 days ago.']);
    expect(found(verifiedContacts, plan('2026-07-02'))).toEqual([]);
    expect(verifiedContacts(plan(null), day).map((each) => each.strength)).toEqual(['warn']);
  });
});

describe('what nobody tells or measures', () => {
  it('[LI-25] every level above the first tells colleagues, and the highest the public too', () => {
    const cadence = { every: 60, for: null, afterwards: null } as never;
    const update = (level: number, internal: boolean, toPublic: boolean) => ({
      level,
      internal: internal ? cadence : null,
      public: toPublic ? cadence : null,
      by: [],
      to: [],
      namesNext: true,
      clause: `Updates §${level}`,
    });
    const says = (...updates: ReturnType<typeof update>[]) => found(updateCadence, { ...trial, updates });
    expect(says(update(2, true, false), update(3, true, true))).toEqual([]);
    expect(says(update(2, true, false), update(3, true, false))).toEqual([
      'At level 3, Crisis, nothing says how often the public hears.',
    ]);
    expect(says(update(2, false, true), update(3, true, true))).toEqual([
      'At level 2, Serious, nothing says how often colleagues hear.',
    ]);
    expect(found(updateCadence, { ...trial, levels: trial.levels.slice(0, 1) })).toEqual([]);
  });

  it('[LI-26] each criterion is measured by something the plan has, and by the room', () => {
    const standDown = (condition: Condition, more: Partial<Playbook> = {}, measured?: string[]) =>
      found(
        standDownCriteria,
        {
          ...trial,
          mustConfirmReading: [],
          clocks: [],
          ...more,
          standDown: { criteria: [{ guard: guard(condition), heldFor: null }], heldFor: {}, decidedBy: [], clause: '' },
        },
        measured ? { measured } : {},
      );
    const statement = (kind: 'holding' | 'closing') =>
      ({ id: 'x', kind, text: '', slots: [], levels: [], validUntil: null, clearedBy: [], clause: '' }) as const;
    const text = (kind: 'holding' | 'closing') => ({
      statements: [{ ...statement(kind), slots: [], levels: [], clearedBy: [] }],
    });
    const update = { level: 2, internal: null, public: null, by: [], to: [], namesNext: true, clause: '' };
    const grounds: [Condition, Partial<Playbook>][] = [
      [{ guard: 'freeze_confirmed' }, { freeze: {} as Playbook['freeze'] }],
      [{ guard: 'holding_posted_within', seconds: {} }, text('holding')],
      [{ guard: 'update_not_overdue' }, { updates: [update] }],
      [{ guard: 'closing_statement_posted' }, text('closing')],
      [{ guard: 'retrospective_scheduled' }, { retrospective: {} as Playbook['retrospective'] }],
      [{ guard: 'readers_confirmed', roles: [] }, { mustConfirmReading: ['legal'] }],
      [{ guard: 'no_breach_open' }, { clocks: trial.clocks }],
    ];
    for (const [condition, ground] of grounds) {
      const nobody = [`Nobody measures \`${condition.guard}\`.`];
      expect(standDown(condition)).toEqual(nobody);
      expect(standDown(condition, ground)).toEqual([]);
      expect(standDown(condition, ground, [condition.guard])).toEqual([]);
      expect(standDown(condition, ground, ['other'])).toEqual(nobody);
      for (const joined of ['all', 'any', 'not'] as const)
        expect(standDown({ guard: joined, of: [condition] }, {}, [condition.guard])).toEqual(nobody);
    }
    expect(standDown({ guard: 'at_level', levels: {} }, {}, [])).toEqual([]);
    expect(found(standDownCriteria, trial)).toEqual([]);
  });

  it('[LI-31] a clock that stops later may wait for the person, and only the first reply warns of a stand-down', () => {
    const both = ['waiting_for_author', 'stood_down'];
    expect(pauses(clocks({ pauses: both, stops: 'card_closed' }), {})).toEqual([]);
    expect(pauses(clocks({ pauses: [], stops: 'public_reply_published' }), {})).toEqual([]);
    const strengths = (stops: string) => pauses(clocks({ pauses: both, stops }), {}).map((each) => each.strength);
    expect(strengths('public_reply_published')).toEqual(['block', 'warn']);
    expect(strengths('holding_posted')).toEqual(['block']);
  });
});
