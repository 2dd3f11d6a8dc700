import { VOICE } from '@rejoinder/contracts/voice-numbers';
import { describe, expect, it } from 'vitest';
import { glassOfferedAt, isPassedOver, maySkip, rolesThatBreakGlass, twoHands } from './break-glass.ts';
import { exampleFacts } from './example-move.ts';
import { mayMove } from './may-move.ts';
import { planWith } from './plan-for-tests.ts';

const glass = (over: string[]) =>
  planWith((playbook) => ({
    ...playbook,
    breakGlass: {
      who: ['commander', 'executive'],
      over,
      fromLevel: 2,
      after: { 1: 600, 2: 600, 3: 1200 },
      marks: [],
      tells: [],
      reviewWithin: 86_400,
      reviewedBy: ['legal'],
      clause: 'Break-glass §1',
    },
  }));
const ALL = [
  'sign_offs_valid',
  'signer_not_sole_author',
  'no_personal_data',
  'account_allowed',
  'same_platform_as_origin',
  'actor_has_role',
  'draft_not_empty',
];
const plan = glass(ALL);
const commander = { actor: { kind: 'person' as const, id: 'usr_c', name: 'C', roles: ['commander'] }, glass: true };
const unsigned = { signOffs: [] };
const rulesOf = (verdict: ReturnType<typeof mayMove>) =>
  verdict.ok ? [] : verdict.refusal.missing.map((each) => each.rule);

describe('break-glass', () => {
  it('[GL-3] passes over the guards the plan names and tells which; without it they stop the move', () => {
    const verdict = mayMove(plan, exampleFacts('drafting', unsigned, commander), 'publish');
    expect(verdict).toMatchObject({ ok: true, skipped: [{ rule: 'GU-11' }] });
    const whole = mayMove(plan, exampleFacts('drafting', unsigned, { ...commander, glass: false }), 'publish');
    expect(whole).toMatchObject({ ok: false, skipped: [], refusal: { rule: 'GU-11' } });
    expect(mayMove(plan, exampleFacts('drafting', {}, commander), 'publish')).toMatchObject({ ok: true, skipped: [] });
    expect(
      rulesOf(mayMove(glass(['draft_not_empty']), exampleFacts('drafting', unsigned, commander), 'publish')),
    ).toEqual(['GU-11']);
    expect(rulesOf(mayMove(planWith(), exampleFacts('drafting', unsigned, commander), 'publish'))).toEqual(['GU-11']);
  });

  it('[GL-3] a full stage is passed over where the plan names below_limit', () => {
    const full = (over: string[]) => {
      const of = glass(over);
      const limit = { cards: { 1: 1 }, perPerson: null, strength: 'block' as const, clause: 'Publish §9' };
      const stages = of.stages.map((stage) => (stage.id === 'publish' ? { ...stage, limit } : stage));
      return mayMove(
        { ...of, stages },
        exampleFacts('drafting', {}, { ...commander, counts: { publish: 1 } }),
        'publish',
      );
    };
    expect(full(['below_limit'])).toMatchObject({ ok: true, skipped: [{ rule: 'MV-7' }] });
    expect(rulesOf(full(['sign_offs_valid']))).toEqual(['MV-7']);
  });

  it('[GL-2] never over role, personal data or account, whatever a plan names', () => {
    const finding = { rule: VOICE.personalData, clause: 'x', strength: 'block', says: 'A number stands here.' };
    const { draft } = exampleFacts('drafting').card;
    const private_ = { ...unsigned, draft: draft && { ...draft, findings: [finding] } };
    expect(rulesOf(mayMove(plan, exampleFacts('drafting', private_, commander), 'publish'))).toEqual(['GU-10']);
    expect(
      rulesOf(mayMove(plan, exampleFacts('drafting', { ...unsigned, account: null }, commander), 'publish')),
    ).toEqual(['GU-8']);
    expect(
      rulesOf(mayMove(plan, exampleFacts('drafting', { ...unsigned, platform: 'x' }, commander), 'publish')),
    ).toEqual(['GU-7']);
    const comms = { ...commander, actor: { ...commander.actor, roles: ['comms'] } };
    expect(rulesOf(mayMove(plan, exampleFacts('drafting', unsigned, comms), 'publish'))).toEqual(['GU-15']);
    const outsider = { ...commander, actor: { ...commander.actor, roles: ['executive'] } };
    expect(rulesOf(mayMove(plan, exampleFacts('drafting', unsigned, outsider), 'publish'))).toEqual(['MV-2']);
    expect(
      rulesOf(mayMove(plan, exampleFacts('drafting', unsigned, { ...commander, actor: null }), 'publish')),
    ).toEqual(['MV-1']);
  });

  it('[GL-2] never over the way itself, or over a reply that is on its way', () => {
    expect(rulesOf(mayMove(plan, exampleFacts('owned', unsigned, commander), 'publish'))).toContain('MV-4');
    const { reply } = exampleFacts('publish').card;
    const sending = { reply: reply && { ...reply, state: 'unknown' as const } };
    expect(rulesOf(mayMove(plan, exampleFacts('publish', sending, commander), 'closed'))).toEqual(['MV-9']);
  });

  it('[GL-2] a joined condition only when everything in it may be passed over', () => {
    const [signed, account] = [{ guard: 'draft_not_empty' }, { guard: 'account_allowed' }] as const;
    expect(maySkip(plan, { guard: 'any', of: [signed, signed] })).toBe(true);
    for (const guard of ['any', 'all', 'not'] as const)
      expect(maySkip(plan, { guard, of: [signed, account] })).toBe(false);
    expect(maySkip(plan, { guard: 'at_level', levels: { 1: [signed], 2: [account] } })).toBe(false);
    expect(maySkip(plan, { guard: 'at_level', levels: { 1: [signed] } })).toBe(true);
    expect(maySkip(plan, { guard: 'reason_given' })).toBe(false);
  });

  it('[GL-1] takes two people who hold two different of the named roles', () => {
    const who = ['commander', 'executive'];
    expect(twoHands(who, ['commander'], ['executive'])).toEqual({ asker: 'commander', second: 'executive' });
    expect(twoHands(who, ['commander'], ['commander'])).toBeNull();
    expect(twoHands(who, who, ['commander'])).toEqual({ asker: 'executive', second: 'commander' });
    expect(twoHands(who, ['legal'], ['executive'])).toBeNull();
    expect(rolesThatBreakGlass(plan, 1)).toEqual([]);
    expect(rolesThatBreakGlass(plan, 2)).toEqual(who);
    expect(rolesThatBreakGlass(planWith(), 3)).toEqual([]);
  });

  it('[GL-6] lets out exactly the words the two saw, past the rules they passed over', () => {
    const { card } = exampleFacts('publish');
    const hand = { userId: 'usr_c', name: 'C', role: 'commander', at: '2026-03-01T09:00:00.000Z' };
    const used = {
      id: 'glass_1',
      state: 'used' as const,
      to: 'publish',
      reason: 'It burns.',
      asked: hand,
      until: hand.at,
      agreed: hand,
      skipped: [{ rule: 'GU-11', clause: 'Publish §1', says: 'Unsigned.' }],
      fingerprint: card.fingerprint,
      reviewed: null,
    };
    expect(isPassedOver({ ...card, glass: used }, 'GU-11')).toBe(true);
    expect(isPassedOver({ ...card, glass: { ...used, state: 'reviewed' } }, 'GU-11')).toBe(true);
    expect(isPassedOver({ ...card, glass: used }, 'GU-12')).toBe(false);
    expect(isPassedOver({ ...card, glass: { ...used, state: 'asked' } }, 'GU-11')).toBe(false);
    expect(isPassedOver({ ...card, glass: used, fingerprint: 'other' }, 'GU-11')).toBe(false);
    expect(isPassedOver({ ...card, glass: { ...used, fingerprint: null }, fingerprint: null }, 'GU-11')).toBe(false);
    expect(isPassedOver(card, 'GU-11')).toBe(false);
  });

  it('[GL-4] is offered once the plan’s time of silence has passed', () => {
    expect(glassOfferedAt(plan, 2, '2026-03-01T09:00:00.000Z')).toBe('2026-03-01T09:10:00.000Z');
    expect(glassOfferedAt(plan, 3, '2026-03-01T09:00:00.000Z')).toBe('2026-03-01T09:20:00.000Z');
    expect(glassOfferedAt(planWith(), 3, '2026-03-01T09:00:00.000Z')).toBeNull();
  });
});
