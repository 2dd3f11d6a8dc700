import type { Condition, Guard, Playbook, Stage } from '@rejoinder/contracts/playbooks';
import { describe, expect, it } from 'vitest';
import { planWith } from '../plan-for-tests.ts';
import { deadlocks } from './deadlocks.ts';
import type { LintRule, Outside } from './finding.ts';
import { grounds } from './grounds.ts';
import { abilities, movers } from './hands.ts';
import { impossibleDoors } from './impossible-doors.ts';
import { privateStages } from './private-stages.ts';
import { reachableStages } from './reachable-stages.ts';
import { waysOut } from './ways-out.ts';

const trial = planWith();
const DOOR = { strength: 'block', clause: 'Door §1', sentence: 'It is so.', to: null, bothWays: false };
const guard = (condition: Condition, changes: Partial<Guard> = {}) => ({ ...condition, ...DOOR, ...changes }) as Guard;
const OWNED: Condition = { guard: 'owner_accepted' };
const classIn = (...classes: string[]): Condition => ({ guard: 'class_in', classes });

/** The trial plan with other settings of these stages, and no doors but those. */
function stages(changes: Record<string, Partial<Stage>>, plan: Playbook = trial): Playbook {
  return { ...plan, stages: plan.stages.map((stage) => ({ ...stage, enter: [], leave: [], ...changes[stage.id] })) };
}
/** Clause and sentence of what a rule finds; each finding also says why, what would mend it, and how strong it is. */
function found(rule: LintRule, plan: Playbook, outside: Outside = {}, strength = 'block'): [string, string][] {
  return rule(plan, outside).map((each) => {
    expect([each.rule, each.why, each.wants].every((text) => text !== '')).toBe(true);
    expect(each.strength).toBe(strength);
    return [each.clause, each.says];
  });
}
const limit = (strength: 'block' | 'warn' = 'block') => ({
  cards: { 1: 9 },
  perPerson: null,
  strength,
  clause: 'Full',
});

describe('ways through the plan', () => {
  it('[LI-1] names exactly the stages no way leads to', () => {
    expect(found(reachableStages, trial)).toEqual([]);
    expect(found(reachableStages, stages({ owned: { next: ['publish'] } }))).toEqual([
      ['Drafting §1', 'No way forward leads to Drafting.'],
    ]);
    expect(found(reachableStages, stages({ owned: { next: 'all' } }))).toEqual([]);
    expect(found(reachableStages, { ...trial, stages: [] })).toEqual([]);
  });

  it('[LI-2] names every stage from which nothing is closed, also some steps before', () => {
    expect(found(waysOut, trial)).toEqual([]);
    expect(found(waysOut, stages({ publish: { next: [] } })).map(([, says]) => says)).toEqual([
      'From Owned no way leads to a last stage.',
      'From Drafting no way leads to a last stage.',
      'From Publish no way leads to a last stage.',
    ]);
  });

  it('[LI-3] [LI-10] names the stage without hands, and each ability nobody has', () => {
    expect(found(movers, trial)).toEqual([]);
    expect(found(movers, stages({ publish: { workedBy: ['executive'] } }))).toEqual([
      ['Publish §1', 'Nobody who works Publish may move cards.'],
    ]);
    expect(found(abilities, trial)).toEqual([]);
    const bare = { ...trial, roles: trial.roles.map((role) => ({ ...role, may: [] })) };
    expect(found(abilities, bare).map(([clause, says]) => [clause, says.match(/`(.+)`/)?.[1]])).toEqual(
      ['view', 'triage', 'own', 'draft', 'move', 'sign', 'publish', 'settle', 'raise_level', 'manage_people'].map(
        (ability) => ['Roles §1', ability],
      ),
    );
    expect(found(abilities, { ...trial, roles: [] })[0]?.[0]).toBe('');
  });

  it('[LI-9] only a stage behind a private door, wherever in it the guard stands, and only on the wall', () => {
    const behind = (condition: Condition, onWall = true) =>
      found(privateStages, stages({ publish: { enter: [guard(condition)], onWall } }));
    const private_: Condition = { guard: 'private_reason_given' };
    expect(behind(private_)).toEqual([['Publish §1', 'Publish is private and the wall shows it.']]);
    expect(behind({ guard: 'public_pointer_posted' })).toHaveLength(1);
    for (const joined of ['all', 'any', 'not'] as const)
      expect(behind({ guard: joined, of: [OWNED, private_] })).toHaveLength(1);
    expect(behind({ guard: 'at_level', levels: { 3: [private_] } })).toHaveLength(1);
    expect(behind(private_, false)).toEqual([]);
    expect(behind(OWNED)).toEqual([]);
    expect(found(privateStages, stages({ publish: { leave: [guard(private_)] } }))).toEqual([]);
  });

  it('[LI-22] hard limits stop each other only where no soft stage leads out', () => {
    const hard = { limit: limit() };
    expect(found(deadlocks, stages({ owned: hard, drafting: { ...hard } }))).toEqual([]);
    expect(found(deadlocks, stages({ closed: hard }))[0]?.[1]).toContain('Closed is the last stage');
    expect(found(deadlocks, stages({ closed: { limit: limit('warn') } }))).toEqual([]);
    const circle = (out: Partial<Stage>) =>
      found(
        deadlocks,
        stages({ owned: { ...hard, next: ['drafting'] }, drafting: { ...hard, next: ['owned'], ...out } }),
      );
    expect(circle({}).map(([clause, says]) => [clause, says.slice(0, 40)])).toEqual([
      ['Full', 'Owned and Drafting lead to each other, a'],
      ['Full', 'Drafting and Owned lead to each other, a'],
    ]);
    expect(circle({ next: ['owned', 'publish'] })).toHaveLength(1);
    expect(circle({ limit: limit('warn') })).toEqual([]);
    expect(circle({ limit: null })).toEqual([]);
    const three = stages({
      owned: { ...hard, next: ['drafting'] },
      drafting: { ...hard, next: ['publish'] },
      publish: { ...hard, next: ['owned'] },
    });
    expect(found(deadlocks, three)).toHaveLength(3);
    const out = (next: string[]) => {
      const [first, ...rest] = three.stages;
      return first ? { ...three, stages: [{ ...first, next }, ...rest] } : three;
    };
    expect(found(deadlocks, out(['drafting', 'closed'])).map(([, says]) => says.slice(0, 30))).toEqual([
      'Owned and Drafting lead to eac',
    ]);
    // A circle among others does not keep the look from ending.
    const apart = stages({
      owned: { ...hard, next: ['drafting', 'publish'] },
      drafting: { ...hard, next: ['publish'] },
      publish: { ...hard, next: ['drafting'] },
    });
    expect(found(deadlocks, apart)).toHaveLength(2);
  });
});

describe('guards that cannot be', () => {
  const at = (stage: string, ...doors: Guard[]) => found(impossibleDoors, stages({ [stage]: { leave: doors } }));

  it('[LI-4] a level the plan has not, and the highest it has', () => {
    expect(at('owned', guard({ guard: 'level_at_least', level: 3 }))).toEqual([]);
    expect(at('owned', guard({ guard: 'level_at_least', level: 4 }))).toEqual([
      ['Door §1', 'The plan has no level 4.'],
    ]);
  });

  it('[LI-4] a reply asked for before anybody may write one, also within `all`, unless it is only pointed out', () => {
    const written: Condition = { guard: 'draft_not_empty' };
    expect(at('owned', guard(written))).toEqual([
      ['Door §1', 'A reply is asked for, and no stage up to Owned lets anybody write one.'],
    ]);
    expect(at('owned', guard({ guard: 'all', of: [OWNED, written] }))).toHaveLength(1);
    expect(at('owned', guard({ guard: 'any', of: [OWNED, written] }))).toEqual([]);
    expect(at('owned', guard(written, { strength: 'warn' }))).toEqual([]);
    expect(at('drafting', guard(written))).toEqual([]);
    expect(at('publish', guard(written))).toEqual([]);
    const voids = stages({ owned: { text: 'edits-void-sign-offs', leave: [guard(written)] } });
    expect(found(impossibleDoors, voids)).toEqual([]);
    expect(found(impossibleDoors, stages({ owned: { enter: [guard(written)] } }))).toHaveLength(1);
  });

  it('[LI-4] two classes at once, on one way, while both stop', () => {
    const [one, two] = [guard(classIn('complaint'), { clause: 'One' }), guard(classIn('troll'), { clause: 'Two' })];
    expect(at('owned', one, two)).toEqual([
      ['Two', 'From Owned to Drafting: the class would have to be Complaint and Troll at once.'],
    ]);
    expect(found(impossibleDoors, stages({ owned: { leave: [one] }, drafting: { enter: [two] } }))).toHaveLength(1);
    expect(at('owned', one, guard(classIn('troll', 'complaint')))).toEqual([]);
    expect(at('owned', one, guard(classIn('troll'), { strength: 'warn' }))).toEqual([]);
    expect(at('owned', guard({ guard: 'all', of: [classIn('complaint'), classIn('troll')] }))).toHaveLength(1);
    const apart = { next: ['drafting', 'publish'] };
    const to = (stage: string, each: Guard): Guard => ({ ...each, to: [stage] });
    const leave = [to('drafting', one), to('publish', two)];
    expect(found(impossibleDoors, stages({ owned: { ...apart, leave } }))).toEqual([]);
    expect(found(impossibleDoors, stages({ owned: { ...apart, leave: [one, to('publish', two)] } }))).toHaveLength(1);
  });

  it('[LI-4] a thing and its contrary, whichever comes first, with the same arguments', () => {
    const not = (...of: Condition[]): Guard => guard({ guard: 'not', of }, { clause: 'Not' });
    expect(at('owned', guard(OWNED), not(OWNED))).toHaveLength(1);
    expect(at('owned', not(OWNED), guard(OWNED))).toHaveLength(1);
    const level = (of: number): Condition => ({ guard: 'level_at_least', level: of });
    expect(at('owned', guard(level(2)), not(level(2)))).toHaveLength(1);
    expect(at('owned', guard(level(2)), not(level(3)))).toEqual([]);
    expect(at('owned', guard(OWNED), not({ guard: 'reason_given' }))).toEqual([]);
    expect(at('owned', guard(classIn('troll')), not(classIn('troll', 'complaint')))).toHaveLength(1);
    expect(at('owned', guard(classIn('troll', 'complaint')), not(classIn('troll')))).toEqual([]);
    // What is joined is not compared: only that something is in it is known.
    for (const joined of [
      { guard: 'any', of: [OWNED] },
      { guard: 'at_level', levels: { 1: [OWNED] } },
    ] as Condition[])
      expect(at('owned', guard(joined), not(joined))).toEqual([]);
    expect(at('owned', guard(OWNED), not({ guard: 'reason_given' }, OWNED))).toHaveLength(1);
  });

  it('[LI-4] classes that have one in common are no contradiction, and one clash is told once', () => {
    const [one, two] = [classIn('complaint', 'troll'), classIn('troll', 'praise')];
    expect(at('owned', guard(one), guard(two))).toEqual([]);
    const twice = stages({
      owned: {
        next: ['drafting', 'publish'],
        leave: [guard(classIn('complaint'), { clause: 'One' }), guard(classIn('troll'), { clause: 'Two' })],
      },
    });
    expect(found(impossibleDoors, twice)).toHaveLength(1);
    const three = ['complaint', 'troll', 'praise'].map((id, i) => guard(classIn(id), { clause: `Door §${i}` }));
    expect(at('owned', ...three)).toHaveLength(3);
  });

  it('[LI-4] a rule for a way that is not there only warns', () => {
    const plan = stages({ owned: { leave: [guard(OWNED, { to: ['closed', 'drafting', 'gone'] })] } });
    expect(found(impossibleDoors, plan, {}, 'warn').map(([, says]) => says)).toEqual([
      'A rule for going on to Closed can never apply: it is not next after Owned.',
      'A rule for going on to gone can never apply: it is not next after Owned.',
    ]);
  });

  it('[LI-29] each guard that asks for something, with and without its ground', () => {
    const asks = (name: Condition['guard'], plan: Playbook = trial, more: Partial<Stage> = {}) =>
      found(grounds, stages({ owned: { leave: [guard({ guard: name } as Condition)], ...more } }, plan));
    const names = ['checklist_complete', 'strategy_allowed', 'owner_authority_covers_remedy', 'below_limit'] as const;
    for (const name of names)
      expect(asks(name)).toEqual([['Door §1', `\`${name}\` asks for something this plan does not have.`]]);
    expect(asks('owner_accepted')).toEqual([]);
    expect(asks('checklist_complete', trial, { checklist: { 1: ['Look'] } })).toEqual([]);
    expect(asks('checklist_complete', trial, { checklist: { 1: [], 2: [], 3: ['Look'] } })).toEqual([]);
    expect(asks('below_limit', trial, { limit: limit() })).toEqual([]);
    expect(asks('department_contacted')).toEqual([]);
    expect(asks('department_contacted', { ...trial, triage: { ...trial.triage, fields: [] } })).toHaveLength(1);
    const others = trial.triage.fields.filter((field) => field.id !== 'department');
    expect(others.length).toBeGreaterThan(0);
    expect(asks('department_contacted', { ...trial, triage: { ...trial.triage, fields: others } })).toHaveLength(1);
    const [first, ...rest] = trial.roles;
    const authority = { money: { 1: 9 }, promises: [] };
    const able = first ? [{ ...first, authority }, ...rest] : [];
    expect(asks('owner_authority_covers_remedy', { ...trial, roles: able })).toEqual([]);
    const type = { id: 'victim' as const, name: 'X', signs: [], allowed: [], forbidden: [], clause: '' };
    expect(asks('strategy_allowed', { ...trial, crisis: [type] })).toEqual([]);
    const within: Condition = { guard: 'not', of: [{ guard: 'checklist_complete' }] };
    expect(found(grounds, stages({ owned: { enter: [guard(within)] } }))).toHaveLength(1);
  });
});
