import type { Agreement, Condition, Guard, PerLevel, Stage } from '@rejoinder/contracts/playbooks';
import { describe, expect, it } from 'vitest';
import { planWith } from './plan-for-tests.ts';
import {
  className,
  fieldChoice,
  fieldName,
  sayAgreement,
  sayClause,
  sayCondition,
  sayFields,
  sayPattern,
  sayPerLevel,
  sayStage,
} from './say.ts';

const plan = planWith();
const hour: PerLevel<number> = { 1: 3_600, 2: 3_600, 3: 1_800 };
const clean: Condition = { guard: 'voice_clean' };
const written: Condition = { guard: 'draft_not_empty' };

describe('rules in words', () => {
  it.each<[string, PerLevel<string>, string]>([
    ['nothing', {}, ''],
    ['one value for all', { 1: 'a', 2: 'a', 3: 'a' }, 'a'],
    ['one level', { 1: 'a' }, 'a'],
    ['two runs', { 1: 'a', 2: 'b', 3: 'b' }, 'a at level 1, b from level 2'],
    ['a run below', { 1: 'a', 2: 'a', 3: 'b' }, 'a at level 1 to 2, b at level 3'],
    ['three values', { 1: 'a', 2: 'b', 3: 'c' }, 'a at level 1, b at level 2, c at level 3'],
    ['a value that comes back', { 1: 'a', 2: 'b', 3: 'a' }, 'a at level 1, b at level 2, a at level 3'],
    ['values with an and', { 1: 'a', 2: 'b and c', 3: 'b and c' }, 'at level 1 a; from level 2 b and c'],
    ['values with a comma', { 1: 'a, b', 2: 'c' }, 'at level 1 a, b; at level 2 c'],
    ['levels by number', { 10: 'b', 9: 'a', 2: 'a' }, 'a at level 2 to 9, b at level 10'],
  ])('[PB-12] a value per level: %s', (_, values, is) => {
    expect(sayPerLevel(values, (each) => each)).toBe(is);
  });

  it.each<[Condition, string]>([
    [{ guard: 'has_fields', fields: ['class'] }, '“Class” is filled in'],
    [{ guard: 'has_fields', fields: ['class', 'x'] }, '“Class” and “x” are filled in'],
    [{ guard: 'class_in', classes: ['complaint', 'troll', 'x'] }, 'the class is Complaint, Troll or x'],
    [{ guard: 'actor_has_role', roles: ['legal', 'comms'] }, 'Legal or Communications makes the move'],
    [{ guard: 'roles_filled', roles: ['legal', 'comms'] }, 'somebody in the room is Legal and Communications'],
    [{ guard: 'readers_confirmed', roles: ['comms'] }, 'Communications confirmed reading the plan'],
    [{ guard: 'readers_confirmed', roles: [] }, 'Commander and Legal confirmed reading the plan'],
    [{ guard: 'level_at_least', level: 2 }, 'the level is 2 or higher'],
    [{ guard: 'elapsed', seconds: hour }, 'the card has been here for 1 hour at level 1 to 2, 30 minutes at level 3'],
    [{ guard: 'all', of: [clean, written] }, 'the words meet every rule on how we speak and there is a reply written'],
    [{ guard: 'any', of: [clean, written] }, 'the words meet every rule on how we speak or there is a reply written'],
    [
      { guard: 'not', of: [clean, written] },
      'it is not so that the words meet every rule on how we speak and there is a reply written',
    ],
    [
      { guard: 'at_level', levels: { 2: [clean, written], 3: [written] } },
      'at level 2 the words meet every rule on how we speak and there is a reply written and at level 3 there is a reply written',
    ],
  ])('[PB-12] what a guard asks: %j', (condition, is) => {
    expect(sayClause(plan, condition)).toBe(is);
    expect(sayCondition(plan, condition)).toBe(`${is.charAt(0).toUpperCase()}${is.slice(1)}.`);
  });

  it.each<[Agreement, string]>([
    [{ need: 'all', quorum: 2, roles: ['legal', 'comms'], ifLiability: [] }, 'Legal and Communications'],
    [{ need: 'any', quorum: 1, roles: ['legal', 'comms'], ifLiability: [] }, 'one of Legal or Communications'],
    [
      { need: 'quorum', quorum: 2, roles: ['legal', 'comms', 'executive'], ifLiability: ['executive', 'legal'] },
      'any 2 of Legal, Communications or Executive, with Executive and Legal when the words touch liability',
    ],
  ])('[PB-12] who must agree: %j', (agreement, is) => {
    expect(sayAgreement(plan, agreement)).toBe(is);
  });

  const guard = (condition: Condition, more: Partial<Guard> = {}): Guard =>
    ({ ...condition, strength: 'block', clause: 'A §1', sentence: '', to: null, bothWays: false, ...more }) as Guard;
  const drafting = plan.stages.find((each) => each.id === 'drafting');
  const door = (more: Partial<Stage>): string => (drafting ? sayStage(plan, { ...drafting, ...more }) : '');

  it.each<[string, Partial<Stage>, string]>([
    ['the last', { final: true }, 'The loop is closed; moving a card back from here opens it again, with a reason.'],
    ['no door', { leave: [] }, 'A card may go on to Publish at any time.'],
    ['no door to any', { leave: [], next: 'all' }, 'A card may go on to any later stage at any time.'],
    ['a door', { leave: [guard(written)] }, 'On to Publish when there is a reply written.'],
    [
      'two doors to two',
      { leave: [guard(written), guard(clean)], next: ['publish', 'x'] },
      'On to Publish or x when there is a reply written and the words meet every rule on how we speak.',
    ],
    [
      'doors that only warn or lead to one stage',
      { leave: [guard(written, { strength: 'warn' }), guard(clean, { to: ['publish'] })] },
      'A card may go on to Publish at any time.',
    ],
    [
      'one that blocks among them',
      { leave: [guard(written, { strength: 'note' }), guard(clean)] },
      'On to Publish when the words meet every rule on how we speak.',
    ],
  ])('[PB-6] the sentence of a stage: %s', (_, more, is) => {
    expect(door(more)).toBe(is);
  });

  it.each([
    ['calm down', '“calm down”'],
    ['offend*', '“offend…”'],
    ['a* b*', '“a… b…”'],
    ['(sorry|apologi*|pardon) we', '“sorry we”'],
    ['(very)? (much|so)?', '“very much”'],
    ['  a   b ', '“a b”'],
    ['a ( | b) c', '“a c”'],
  ])('[PB-12] the phrase %s is read aloud', (pattern, is) => {
    expect(sayPattern(pattern)).toBe(is);
  });

  it('[PB-12] names of fields, choices and classes, or the id where the plan has none', () => {
    expect([fieldName(plan, 'class'), fieldName(plan, 'x')]).toEqual(['Class', 'x']);
    expect([className(plan, 'troll'), className(plan, 'x')]).toEqual(['Troll', 'x']);
    expect(fieldChoice(plan, 'department', 'logistics')).toBe('Logistics and delivery');
    expect([fieldChoice(plan, 'department', 'x'), fieldChoice(plan, 'x', 'logistics')]).toEqual(['x', 'logistics']);
    const open = { ...plan, triage: { ...plan.triage, fields: [{ id: 'note', name: 'Note', choices: null }] } };
    expect(fieldChoice(open, 'note', 'logistics')).toBe('logistics');
    expect(sayFields(plan, ['class', 'department', 'x'])).toBe('“Class”, “Department” and “x”');
  });
});
