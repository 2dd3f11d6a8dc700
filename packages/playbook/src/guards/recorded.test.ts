import type { CardView, FactView, MoveFacts } from '@rejoinder/contracts/cards';
import type { Condition, Playbook } from '@rejoinder/contracts/playbooks';
import { describe, expect, it } from 'vitest';
import { exampleCard, exampleFacts } from '../example-move.ts';
import { stageOf } from '../levels.ts';
import { planWith } from '../plan-for-tests.ts';
import { GUARD_RULES, judge } from './judge.ts';

const plan = planWith((playbook) => ({
  ...playbook,
  currency: 'EUR',
  roles: playbook.roles.map((role) => ({
    ...role,
    authority:
      role.id === 'responder'
        ? { money: { 1: 50, 2: 100, 3: 100 }, promises: ['refund'] }
        : role.id === 'social_lead'
          ? { money: { 1: 500, 2: 500, 3: 500 }, promises: ['refund', 'replacement'] }
          : role.id === 'executive'
            ? { money: { 1: 9_000, 2: 9_000, 3: 9_000 }, promises: ['refund'] }
            : null,
  })),
  crisis: [
    {
      id: 'victim',
      name: 'We are a victim too',
      signs: [],
      allowed: ['inform', 'express_sympathy'],
      forbidden: ['deny'],
      clause: 'Crisis §1',
    },
  ],
  triage: {
    ...playbook.triage,
    fields: [
      ...playbook.triage.fields.filter((field) => !['strategy', 'crisis_type'].includes(field.id)),
      { id: 'crisis_type', name: 'Type of crisis', choices: [{ id: 'victim', name: 'We are a victim too' }] },
      {
        id: 'strategy',
        name: 'Strategy',
        choices: [
          { id: 'inform', name: 'Inform' },
          { id: 'deny', name: 'Deny' },
        ],
      },
    ],
  },
  stages: playbook.stages.map((stage) =>
    stage.id === 'owned'
      ? { ...stage, checklist: { 1: ['Order looked up'], 3: ['Order looked up', 'Legal told'] } }
      : stage,
  ),
}));

function lacks(
  condition: Condition,
  card: Partial<CardView> = {},
  facts: Partial<MoveFacts> = {},
  playbook: Playbook = plan,
) {
  const [from, to] = [stageOf(playbook, 'owned') ?? null, stageOf(playbook, 'drafting')];
  if (!to) throw new Error('no stage');
  return judge({ playbook, facts: exampleFacts('owned', card, facts), from, to }, condition);
}
const fact = (changes: Partial<FactView>): FactView => ({
  fact: 'department_contacted',
  by: 'usr_ann',
  name: 'Ann',
  at: '2026-03-01T09:30:00.000Z',
  note: 'Asked Ben in the depot',
  fingerprint: null,
  ...changes,
});
const remedy = (worth: number | null, kind: string | null = 'refund') => ({
  remedy: { promised: 'Money back', deliveredAt: null, worth, kind },
});

describe('the owner’s authority', () => {
  const condition = { guard: 'owner_authority_covers_remedy' } as const;
  it('[GU-26] covers what is promised, in money and in kind, at this level', () => {
    expect(GUARD_RULES[condition.guard]).toBe('GU-26');
    expect(lacks(condition)).toEqual([]);
    expect(lacks(condition, remedy(50))).toEqual([]);
    expect(lacks(condition, remedy(51))).toHaveLength(1);
    expect(lacks(condition, remedy(100), { level: 2 })).toEqual([]);
    expect(lacks(condition, remedy(10, 'replacement'))).toHaveLength(1);
    expect(lacks(condition, remedy(10, 'replacement'), { ownerRoles: ['social_lead'] })).toEqual([]);
    expect(lacks(condition, remedy(0), { ownerRoles: ['legal'] })).toHaveLength(1);
  });
  it('[GU-26] names who has the authority and offers to ask them', () => {
    const [found] = lacks(condition, remedy(300));
    expect(found).toMatchObject({
      says: 'What is promised (refund, 300 EUR) is beyond its owner’s authority; Social lead may promise it.',
      who: ['social_lead'],
      fix: [{ do: 'give-card', role: 'social_lead', says: 'Ask Social lead to take it' }],
    });
    // Whoever may promise it but may not own cards cannot be given the card.
    expect(lacks(condition, remedy(5_000))[0]).toMatchObject({ fix: [{ do: 'say-remedy' }] });
    expect(lacks(condition, remedy(99_999))[0]?.says).toContain('beyond the authority of everybody');
  });
  it('[GU-26] a promise whose worth or kind nobody said, or that nobody owns, is not covered', () => {
    expect(lacks(condition, remedy(null))[0]).toMatchObject({ fix: [{ do: 'say-remedy' }] });
    expect(lacks(condition, remedy(10, null))[0]).toMatchObject({ fix: [{ do: 'say-remedy' }] });
    expect(lacks(condition, { ...remedy(10), owner: null })[0]).toMatchObject({ fix: [{ do: 'take-card' }] });
    const field = { fields: { ...exampleCard('owned').fields, remedy: 'A new parcel' } };
    expect(lacks(condition, field)[0]).toMatchObject({ fix: [{ do: 'say-remedy' }] });
    const noKinds = {
      ...plan,
      roles: plan.roles.map((role) => ({ ...role, authority: role.authority && { ...role.authority, promises: [] } })),
    };
    expect(lacks(condition, remedy(10, null), {}, noKinds)).toEqual([]);
  });
});

describe('what people record', () => {
  it('[GU-27] department_contacted', () => {
    expect(GUARD_RULES.department_contacted).toBe('GU-27');
    expect(lacks({ guard: 'department_contacted' }, { facts: [fact({})] })).toEqual([]);
    expect(lacks({ guard: 'department_contacted' }, { facts: [fact({ fact: 'public_pointer' })] })[0]).toMatchObject({
      says: 'Nobody has noted that Logistics and delivery was asked.',
      who: expect.arrayContaining(['responder']),
      fix: [{ do: 'record-fact', fact: 'department_contacted' }],
    });
    expect(lacks({ guard: 'department_contacted' }, { fields: {} })[0]?.says).toContain('the department was asked');
  });
  it('[GU-28] checklist_complete names each item of this stage and level that is not ticked', () => {
    expect(GUARD_RULES.checklist_complete).toBe('GU-28');
    const tick = (item: string, stage = 'owned') => ({
      stage,
      item,
      by: 'usr_ann',
      name: 'Ann',
      at: '2026-03-01T09:00:00.000Z',
    });
    const condition = { guard: 'checklist_complete' } as const;
    expect(lacks(condition, { checks: [tick('Order looked up')] })).toEqual([]);
    expect(lacks(condition, { checks: [tick('Order looked up', 'new')] })[0]).toMatchObject({
      says: '“Order looked up” is not ticked.',
      who: stageOf(plan, 'owned')?.workedBy,
      fix: [{ do: 'tick', stage: 'owned', item: 'Order looked up' }],
    });
    expect(lacks(condition, { checks: [tick('Order looked up')] }, { level: 3 }).map((each) => each.says)).toEqual([
      '“Legal told” is not ticked.',
    ]);
    expect(lacks(condition, {}, { level: 2 })).toHaveLength(1);
  });
  it('[GU-29] not_too_like_sent', () => {
    expect(GUARD_RULES.not_too_like_sent).toBe('GU-29');
    const condition = { guard: 'not_too_like_sent' } as const;
    const like = (share: number, cardId = 'card_2') => ({ likest: { cardId, share, text: 'The words of before' } });
    const ceiling = {
      ...plan,
      voice: { ...plan.voice, likeness: { ceiling: 0.7, clause: '', strength: 'block', why: '', repair: null } },
    } as Playbook;
    expect(lacks(condition)).toEqual([]);
    expect(lacks(condition, {}, like(0.69), ceiling)).toEqual([]);
    expect(lacks(condition, {}, like(1, 'card_1'), ceiling)).toEqual([]);
    expect(lacks(condition, {}, like(0.7), ceiling)[0]).toMatchObject({
      says: '70 % of these words were sent to somebody else already: “The words of before”.',
      fix: [{ do: 'open-draft' }],
    });
    const { likeness: _, ...silent } = plan.voice;
    expect(lacks(condition, {}, like(0.49), { ...plan, voice: silent })).toEqual([]);
    expect(lacks(condition, {}, like(0.5), { ...plan, voice: silent })).toHaveLength(1);
  });
  it('[GU-9] [GU-29] a plan whose voice sets a ceiling has said it for voice_clean too, with its own strength', () => {
    const like = { likest: { cardId: 'card_2', share: 0.9, text: 'The words of before' } };
    const with_ = (strength: string) =>
      ({
        ...plan,
        voice: { ...plan.voice, likeness: { ceiling: 0.7, clause: '', strength, why: '', repair: null } },
      }) as Playbook;
    expect(lacks({ guard: 'voice_clean' }, {}, like, with_('block'))).toHaveLength(1);
    expect(lacks({ guard: 'voice_clean' }, {}, like, with_('warn'))).toEqual([]);
    const { likeness: _, ...silent } = plan.voice;
    expect(lacks({ guard: 'voice_clean' }, {}, like, { ...plan, voice: silent })).toEqual([]);
  });
  it('[GU-30] claims_in_fact_sheet holds for exactly the words that were checked', () => {
    expect(GUARD_RULES.claims_in_fact_sheet).toBe('GU-30');
    const condition = { guard: 'claims_in_fact_sheet' } as const;
    const checked = (fingerprint: string | null) => ({ facts: [fact({ fact: 'claims_checked', fingerprint })] });
    expect(lacks(condition, checked('f'.repeat(64)))).toEqual([]);
    expect(lacks(condition, checked('e'.repeat(64)))[0]?.says).toContain('Ann checked other words');
    expect(lacks(condition, { ...checked(null), fingerprint: null })).toHaveLength(1);
    expect(lacks(condition)[0]).toMatchObject({ fix: [{ do: 'record-fact', fact: 'claims_checked' }] });
  });
  it('[GU-44] comments_resolved names how many comments are open, and is met by none, however many were resolved', () => {
    expect(GUARD_RULES.comments_resolved).toBe('GU-44');
    const condition = { guard: 'comments_resolved' } as const;
    expect(lacks(condition)).toEqual([]);
    expect(lacks(condition, { openComments: 1 })[0]).toMatchObject({
      says: 'One comment on these words is not resolved.',
      fix: [{ do: 'read-comments' }],
    });
    expect(lacks(condition, { openComments: 3 })[0]?.says).toBe('3 comments on these words are not resolved.');
    expect(lacks({ guard: 'not', of: [condition] }, { openComments: 2 })).toEqual([]);
  });
  it('[GU-31] strategy_allowed asks for type and strategy, and holds only for one the plan allows', () => {
    expect(GUARD_RULES.strategy_allowed).toBe('GU-31');
    const given = (crisis_type: string, strategy: string) => ({ fields: { crisis_type, strategy } });
    const condition = { guard: 'strategy_allowed' } as const;
    expect(lacks(condition, given('victim', 'inform'))).toEqual([]);
    expect(lacks(condition, given('victim', 'deny'))[0]).toMatchObject({
      says: '“Deny” is not allowed for We are a victim too; the plan allows Inform or express_sympathy.',
      fix: [{ do: 'set-field', field: 'strategy' }],
    });
    expect(lacks(condition, given('accidental', 'inform'))[0]?.says).toContain('allows no strategy');
    expect(lacks(condition, given('', ' ')).flatMap((each) => each.fix)).toMatchObject([
      { field: 'crisis_type' },
      { field: 'strategy' },
    ]);
  });
  it('[GU-32] public_pointer_posted: our published reply of this round, or a place somebody noted', () => {
    expect(GUARD_RULES.public_pointer_posted).toBe('GU-32');
    const condition = { guard: 'public_pointer_posted' } as const;
    expect(lacks(condition)).toEqual([]);
    expect(lacks(condition, { reply: null, facts: [fact({ fact: 'public_pointer' })] })).toEqual([]);
    expect(lacks(condition, { reply: null })[0]?.fix).toMatchObject([
      { do: 'publish' },
      { do: 'record-fact', fact: 'public_pointer' },
    ]);
    const { reply } = exampleCard('owned');
    for (const spoilt of [
      { matches: false },
      { state: 'unknown' as const },
      { publishedAt: '2026-02-01T09:00:00.000Z', fingerprint: 'old' },
    ])
      expect(lacks(condition, { reply: reply && { ...reply, ...spoilt } })).toHaveLength(1);
  });
  it('[GU-43] a guard about the room never passes where a card is judged', () => {
    expect(lacks({ guard: 'no_breach_open' })).toMatchObject([{ fix: [{ do: 'see-room' }] }]);
  });
});
