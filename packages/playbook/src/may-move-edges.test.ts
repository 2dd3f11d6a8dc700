import type { CardView, MoveFacts } from '@rejoinder/contracts/cards';
import type { Condition, Guard, Playbook, Stage } from '@rejoinder/contracts/playbooks';
import { VOICE } from '@rejoinder/contracts/voice-numbers';
import { describe, expect, it } from 'vitest';
import { exampleFacts } from './example-move.ts';
import { mayMove, refusalOf } from './may-move.ts';
import { planWith } from './plan-for-tests.ts';

const DOOR = { strength: 'block', clause: 'Door §1', sentence: 'It is so.', to: null, bothWays: false };
const guard = (condition: Condition, changes: Partial<Guard> = {}) => ({ ...condition, ...DOOR, ...changes }) as Guard;
const NEVER: Condition = { guard: 'class_in', classes: ['troll'] };
const UNSAID: Condition = { guard: 'reason_given' };

/** The trial plan with other doors at these stages, and none at the rest. */
function doors(changes: Record<string, Partial<Stage>>): Playbook {
  return planWith((playbook) => ({
    ...playbook,
    stages: playbook.stages.map((stage) => ({ ...stage, enter: [], leave: [], ...changes[stage.id] })),
  }));
}
function move(
  playbook: Playbook,
  from: string,
  to: string,
  facts: Partial<MoveFacts> = {},
  card: Partial<CardView> = {},
) {
  return mayMove(playbook, exampleFacts(from, card, facts), to);
}
const missing = (verdict: ReturnType<typeof mayMove>) => (verdict.ok ? [] : verdict.refusal.missing);
const rules = (verdict: ReturnType<typeof mayMove>) => missing(verdict).map((each) => each.rule);
const why = { reason: 'Look again' };

describe('which doors a move meets', () => {
  it('[MV-5] a guard on the way out marked both_ways holds on the way back, for the stages it names', () => {
    const back = (changes: Partial<Guard>) =>
      rules(move(doors({ drafting: { leave: [guard(NEVER, changes)] } }), 'drafting', 'owned', why));
    expect(back({ bothWays: true })).toEqual(['GU-2']);
    expect(back({ bothWays: true, to: ['owned'] })).toEqual(['GU-2']);
    expect(back({ bothWays: true, to: ['publish'] })).toEqual([]);
    expect(back({})).toEqual([]);
  });

  it('[MV-5] a guard on the way in holds on the way back only when marked both_ways', () => {
    const back = (bothWays: boolean) =>
      rules(move(doors({ owned: { enter: [guard(NEVER, { bothWays })] } }), 'drafting', 'owned', why));
    expect(back(true)).toEqual(['GU-2']);
    expect(back(false)).toEqual([]);
  });

  it('[MV-4] a guard that names stages holds on the way to those only', () => {
    const on = (to: string[] | null) => {
      const plan = doors({ owned: { leave: [guard(NEVER, { to })], next: ['drafting', 'publish'] } });
      return [rules(move(plan, 'owned', 'drafting')), rules(move(plan, 'owned', 'publish'))];
    };
    expect(on(null)).toEqual([['GU-2'], ['GU-2']]);
    expect(on(['publish'])).toEqual([[], ['GU-2']]);
  });

  it('[MV-4] `all` opens every later stage; from the last one nothing comes', () => {
    expect(move(doors({ owned: { next: 'all' } }), 'owned', 'closed')).toMatchObject({ ok: true, reasonNeeded: false });
    const none = move(doors({ owned: { next: [] } }), 'owned', 'publish');
    expect(missing(none)).toMatchObject([{ rule: 'MV-4', says: 'Nothing comes after Owned.', fix: [], who: [] }]);
  });

  it('[MV-6] what must hold together is told by its own numbers, at this level only', () => {
    const together: Condition = { guard: 'all', of: [NEVER, { guard: 'at_level', levels: { 2: [UNSAID] } }] };
    const plan = doors({ owned: { leave: [guard(together)] } });
    expect(rules(move(plan, 'owned', 'drafting'))).toEqual(['GU-2']);
    expect(rules(move(plan, 'owned', 'drafting', { level: 2 }))).toEqual(['GU-2', 'GU-19']);
  });

  it('[MV-6] the same lack at both doors is told once, another one of the same rule beside it', () => {
    const other: Condition = { guard: 'class_in', classes: [] };
    const [out, into] = [guard(NEVER, { clause: 'Out §1' }), guard(NEVER, { clause: 'In §1' })];
    const plan = doors({ owned: { leave: [out] }, drafting: { enter: [into, guard(other)] } });
    expect(missing(move(plan, 'owned', 'drafting')).map(({ rule, clause }) => [rule, clause])).toEqual([
      ['GU-2', 'Out §1'],
      ['GU-2', 'Door §1'],
    ]);
  });

  it('[MV-7] a soft or noted limit never stops for good, and a full stage is no matter on the way back', () => {
    const full = { counts: { drafting: 1, owned: 1 } };
    const limited = (strength: 'block' | 'warn' | 'note') => {
      const limit = { cards: { 1: 1 }, perPerson: null, strength, clause: 'Full §1' };
      return doors({ drafting: { limit }, owned: { limit } });
    };
    expect(missing(move(limited('block'), 'owned', 'drafting', full))).toMatchObject([
      { rule: 'MV-7', clause: 'Full §1' },
    ]);
    expect(move(limited('note'), 'owned', 'drafting', full)).toMatchObject({
      ok: true,
      reasonNeeded: false,
      warnings: [],
      notes: [{ rule: 'MV-7' }],
    });
    expect(move(limited('block'), 'drafting', 'owned', { ...full, ...why }).ok).toBe(true);
  });

  it('[MV-8] a warning blocks under its own number until a reason stands with it; blanks are none', () => {
    const plan = doors({ owned: { leave: [guard(NEVER, { strength: 'warn', clause: 'Soft §1' })] } });
    for (const reason of ['', '  ']) {
      const verdict = move(plan, 'owned', 'drafting', { reason });
      expect(missing(verdict)).toMatchObject([
        { rule: 'MV-8', clause: 'Soft §1', fix: [{ do: 'give-reason' }], who: [] },
      ]);
      expect(verdict).toMatchObject({ reasonNeeded: true, warnings: [{ rule: 'GU-2' }], notes: [] });
    }
    expect(move(plan, 'owned', 'drafting', why)).toMatchObject({ ok: true, reasonNeeded: true });
  });

  it('[MV-8] a reason is asked for beforehand where the door wants one', () => {
    const plan = doors({ drafting: { enter: [guard(UNSAID)] } });
    expect(move(plan, 'owned', 'drafting')).toMatchObject({ ok: false, reasonNeeded: true, direction: 'forward' });
    expect(move(plan, 'owned', 'drafting', why)).toMatchObject({ ok: true, reasonNeeded: true });
  });

  it('[GU-9] a voice finding that warns is never stronger than its guard', () => {
    const { draft } = exampleFacts('owned').card;
    const found = { rule: VOICE.phrase, clause: 'Voice §1', strength: 'warn', says: 'Not so.' };
    const spoken = { draft: draft && { ...draft, findings: [found] } };
    const lists = (strength: Guard['strength']) => {
      const plan = doors({ owned: { leave: [guard({ guard: 'voice_clean' }, { strength })] } });
      const { warnings, notes } = move(plan, 'owned', 'drafting', why, spoken);
      return [warnings.map((each) => each.rule), notes.map((each) => each.rule)];
    };
    expect(lists('block')).toEqual([['GU-9'], []]);
    expect(lists('warn')).toEqual([['GU-9'], []]);
    expect(lists('note')).toEqual([[], ['GU-9']]);
    const elsewhere = doors({ owned: { leave: [guard({ guard: 'draft_not_empty' })] } });
    expect(move(elsewhere, 'owned', 'drafting', {}, spoken)).toMatchObject({ ok: true, warnings: [], notes: [] });
  });
});

describe('what stops every move', () => {
  const plan = doors({});

  it('[MV-1] [MV-3] nobody known, and a stage that is not there, are told with the clause of the stage', () => {
    const clause = plan.stages.find((stage) => stage.id === 'owned')?.clause;
    expect(missing(move(plan, 'owned', 'drafting', { actor: null }))).toEqual([
      { rule: 'MV-1', clause, says: expect.stringMatching(/./), who: [], fix: [] },
    ]);
    expect(missing(move(plan, 'gone', 'drafting', { actor: null }))).toMatchObject([{ clause: plan.title }]);
    expect(missing(move(plan, 'owned', 'x'.repeat(99)))).toEqual([
      { rule: 'MV-3', clause, says: `The plan has no stage “${'x'.repeat(60)}”.`, who: [], fix: [] },
    ]);
  });

  it('[MV-2] names those who work the stage and may move', () => {
    const actor = { kind: 'person' as const, id: 'usr_x', name: 'X', roles: ['publisher'] };
    expect(missing(move(plan, 'owned', 'drafting', { actor }))).toMatchObject([
      { rule: 'MV-2', who: ['responder', 'social_lead', 'commander'], fix: [] },
    ]);
    // Who works the stage and may not move, and who may move and does not work the stage, together are one who may.
    const able = { ...actor, roles: ['executive', 'publisher'] };
    const staffed = doors({ owned: { workedBy: ['executive', 'responder'] } });
    expect(move(staffed, 'owned', 'drafting', { actor: able }).ok).toBe(true);
    expect(missing(move(staffed, 'owned', 'drafting', { actor: { ...actor, roles: ['executive'] } }))).toMatchObject([
      { rule: 'MV-2', who: ['responder'] },
    ]);
  });

  it('[MV-3] a card of a stage that is gone moves backward, into any stage and past its doors', () => {
    const closed = doors({
      publish: { enter: [guard(NEVER), guard({ guard: 'owner_accepted' }, { bothWays: true })] },
    });
    expect(move(closed, 'gone', 'publish', why)).toMatchObject({ ok: true, direction: 'backward', reasonNeeded: true });
    expect(rules(move(closed, 'gone', 'publish', why, { owner: null }))).toEqual(['GU-4']);
    expect(missing(move(closed, 'gone', 'publish'))[0]?.says).toContain('whose stage is gone');
    expect(missing(move(closed, 'publish', 'owned', { reason: ' ' }))).toMatchObject([
      { rule: 'MV-5', fix: [{ do: 'give-reason' }], who: [] },
    ]);
  });

  it('[MV-9] waits for what is being sent, and asks those who settle for what nobody knows', () => {
    const { reply } = exampleFacts('owned').card;
    const held = (state: 'sending' | 'unknown' | 'held') =>
      missing(move(plan, 'owned', 'drafting', {}, { reply: reply && { ...reply, state } }));
    expect(held('sending')).toMatchObject([{ rule: 'MV-9', who: [], fix: [{ do: 'wait', until: null }] }]);
    expect(held('unknown')).toMatchObject([
      { rule: 'MV-9', who: ['social_lead', 'publisher'], fix: [{ do: 'settle' }] },
    ]);
    expect(held('held')).toEqual([]);
  });

  it('[MV-13] only the first stage asks for what every card has', () => {
    const asking = { ...plan, triage: { ...plan.triage, required: ['liability'] } };
    const clause = plan.stages[0]?.clause;
    expect(missing(move(asking, 'owned', 'drafting'))).toMatchObject([
      { rule: 'MV-13', clause, who: expect.any(Array) },
    ]);
    expect(move(asking, 'drafting', 'publish', { actor: exampleFacts('owned').actor }).ok).toBe(true);
  });

  it('[MV-13] [MV-6] the same words under two numbers are told under both', () => {
    const asking = { ...doors({ owned: { leave: [guard({ guard: 'has_fields', fields: ['liability'] })] } }) };
    const plan = { ...asking, triage: { ...asking.triage, required: ['liability'] } };
    expect(rules(move(plan, 'owned', 'drafting'))).toEqual(['MV-13', 'GU-1']);
  });

  it('[MV-11] a move to where the card is asks for nothing and warns of nothing', () => {
    const { clause } = plan.stages[0] ?? { clause: '' };
    const only = { rule: 'MV-11', clause, says: 'The card is in Owned already.', who: [], fix: [] };
    expect(move(plan, 'owned', 'owned')).toEqual({
      ok: false,
      direction: 'forward',
      reasonNeeded: false,
      warnings: [],
      notes: [],
      skipped: [],
      refusal: { ...only, missing: [only] },
    });
  });

  it('[MV-4] [MV-5] names the stages a card goes on to, or back to, even one the plan forgot', () => {
    const odd = doors({ owned: { next: ['drafting', 'gone'] } });
    expect(missing(move(odd, 'owned', 'publish'))[0]?.says).toBe(
      'From Owned a card goes on to Drafting or gone, not to Publish.',
    );
    expect(missing(move(plan, 'publish', 'owned'))[0]?.says).toBe('Moving a card back to Owned needs a reason.');
    const accepted = doors({ drafting: { enter: [guard({ guard: 'owner_accepted' })] } });
    expect(move(accepted, 'owned', 'drafting')).toMatchObject({ ok: true, reasonNeeded: false });
  });

  it('[MV-6] one lack is told as it is; two and more are counted, and each role named once', () => {
    const lack = {
      rule: 'GU-2',
      clause: 'A §1',
      says: 'No.',
      who: ['legal'],
      fix: [{ do: 'publish', says: 'Go' }],
    } as const;
    const copy = () => ({ ...lack, who: [...lack.who], fix: [...lack.fix] });
    expect(refusalOf([copy()])).toEqual({ ...copy(), missing: [lack] });
    expect(refusalOf([copy(), copy()])).toMatchObject({ says: 'No. 1 more thing is missing.', who: ['legal'] });
    expect(refusalOf([copy(), copy(), copy()]).says).toBe('No. 2 more things are missing.');
    expect(refusalOf([copy(), { ...copy(), rule: 'GU-1' }])).toMatchObject({ rule: 'GU-2', clause: 'A §1' });
  });
});
