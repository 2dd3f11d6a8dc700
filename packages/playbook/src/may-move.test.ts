import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleFacts, exampleSignOff } from './example-move.ts';
import { mayMove } from './may-move.ts';
import { readPlaybook } from './read.ts';

const text = readFileSync(new URL('../../../server/playbooks/default.md', import.meta.url), 'utf8');

function planOf(document: string) {
  const read = readPlaybook(document);
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  return read.playbook;
}
const plan = planOf(text);
const person = (...roles: string[]) => ({ actor: { kind: 'person', id: 'usr_x', name: 'X', roles } as const });
const rulesOf = (verdict: ReturnType<typeof mayMove>) =>
  verdict.ok ? [] : verdict.refusal.missing.map((each) => each.rule);

describe('may this card move', () => {
  it('[MV-1] an unknown actor never', () => {
    for (const to of ['watch', 'owned', 'publish', 'nowhere']) {
      expect(rulesOf(mayMove(plan, exampleFacts('new', {}, { actor: null }), to))).toEqual(['MV-1']);
    }
  });

  it('[MV-1] the whole way of the default plan is open when everything is in order', () => {
    const way = ['new', 'owned', 'drafting', 'sign-off', 'publish', 'private', 'follow-up', 'closed'];
    way.slice(1).forEach((to, i) => {
      const verdict = mayMove(plan, exampleFacts(way[i] ?? ''), to);
      expect(verdict, `${way[i]} → ${to}`).toMatchObject({ ok: true, direction: 'forward', warnings: [] });
    });
    expect(mayMove(plan, exampleFacts('publish'), 'follow-up').ok).toBe(true);
    expect(mayMove(plan, exampleFacts('new', {}, { reason: 'No question in it' }), 'watch').ok).toBe(true);
  });

  it('[MV-2] only with a role that works the stage and may move', () => {
    expect(mayMove(plan, exampleFacts('publish', {}, person('publisher')), 'follow-up').ok).toBe(true);
    expect(rulesOf(mayMove(plan, exampleFacts('new', {}, person('publisher')), 'owned'))).toEqual(['MV-2']);
    expect(rulesOf(mayMove(plan, exampleFacts('sign-off', {}, person('expert')), 'publish'))).toEqual(['MV-2']);
    expect(rulesOf(mayMove(plan, exampleFacts('new', {}, person('emperor')), 'owned'))).toEqual(['MV-2']);
    const token = { actor: { kind: 'token' as const, id: 'tok_1', name: 'Script', roles: [] } };
    expect(rulesOf(mayMove(plan, exampleFacts('new', {}, token), 'owned'))).toEqual(['MV-2']);
  });

  it('[MV-3] not to a stage the plan does not have; from one it no longer has, anywhere with a reason', () => {
    expect(rulesOf(mayMove(plan, exampleFacts('new'), 'nowhere'))).toEqual(['MV-3']);
    expect(rulesOf(mayMove(plan, exampleFacts('old-stage'), 'owned'))).toEqual(['MV-5']);
    expect(mayMove(plan, exampleFacts('old-stage', {}, { reason: 'Its column is gone' }), 'owned').ok).toBe(true);
  });

  it('[MV-4] forward only along the way, and the first step of it is offered', () => {
    const verdict = mayMove(plan, exampleFacts('new'), 'publish');
    if (verdict.ok) throw new Error('moved');
    expect(verdict.refusal).toMatchObject({
      rule: 'MV-4',
      says: 'From New a card goes on to Watch or Owned, not to Publish.',
    });
    expect(verdict.refusal.fix[0]).toMatchObject({ do: 'move-first', stage: 'owned' });
    expect(mayMove(plan, exampleFacts('new'), 'owned').ok).toBe(true);
  });

  it('[MV-13] the fields required of every card are asked on the way on from the first stage, and not on the way back', () => {
    const asking = { ...plan, triage: { ...plan.triage, required: ['liability'] } };
    const verdict = mayMove(asking, exampleFacts('new'), 'owned');
    expect(verdict).toMatchObject({
      ok: false,
      refusal: { rule: 'MV-13', fix: [{ do: 'set-field', field: 'liability' }] },
    });
    const { fields } = exampleFacts('new').card;
    expect(mayMove(asking, exampleFacts('new', { fields: { ...fields, liability: 'no' } }), 'owned').ok).toBe(true);
    expect(mayMove(asking, exampleFacts('owned'), 'drafting').ok).toBe(true);
    expect(mayMove(asking, exampleFacts('owned', {}, { reason: 'Look again' }), 'new').ok).toBe(true);
  });

  it('[MV-5] backward is open to all who work the stage, with a reason', () => {
    for (const to of ['new', 'owned', 'drafting']) {
      const bare = exampleFacts('sign-off', { draft: null, signOffs: [], owner: null, fields: {} }, person('legal'));
      expect(rulesOf(mayMove(plan, bare, to))).toEqual(['MV-5']);
      expect(mayMove(plan, { ...bare, reason: 'The date is wrong' }, to)).toMatchObject({
        ok: true,
        direction: 'backward',
        reasonNeeded: true,
      });
    }
  });

  it('[MV-5] a guard marked both_ways holds on the way back too', () => {
    const troll = exampleFacts(
      'owned',
      { fields: { class: 'troll', department: 'communications' } },
      { ...person('responder'), reason: 'Only noise' },
    );
    expect(rulesOf(mayMove(plan, troll, 'watch'))).toEqual(['GU-24']);
    expect(mayMove(plan, { ...troll, ...person('responder', 'comms') }, 'watch').ok).toBe(true);
  });

  it('[MV-6] tells everything that lacks at once, each thing once, with rule, clause, who and fix', () => {
    const verdict = mayMove(
      plan,
      exampleFacts('new', { fields: {}, draft: null, signOffs: [], account: null, fingerprint: null }),
      'publish',
    );
    if (verdict.ok) throw new Error('moved');
    const { missing, who, fix, says } = verdict.refusal;
    expect(missing.map((each) => each.rule)).toEqual(['MV-4', 'GU-1', 'GU-1', 'GU-5', 'GU-11', 'GU-8']);
    expect(missing.every((each) => /^[^§]+ §\d+$/.test(each.clause) && each.says.endsWith('.'))).toBe(true);
    expect(says).toContain('5 more things are missing.');
    expect(who).toContain('responder');
    expect(fix.map((each) => each.do)).toEqual([
      'move-first',
      'set-field',
      'set-field',
      'open-draft',
      'ask-sign-off',
      'ask-sign-off',
    ]);
  });

  it('[MV-7] a full stage takes no more; a soft limit takes more with a reason', () => {
    const full = exampleFacts('new', {}, { counts: { owned: 40 } });
    expect(mayMove(plan, full, 'owned')).toMatchObject({ ok: false, warnings: [{ rule: 'MV-7', clause: 'Owned §3' }] });
    expect(mayMove(plan, { ...full, reason: 'All hands are here' }, 'owned')).toMatchObject({
      ok: true,
      reasonNeeded: true,
    });
    const hard = planOf(text.replace('limit: { cards: 40, per_person: 5, strength: warn }', 'limit: { cards: 40 }'));
    expect(rulesOf(mayMove(hard, { ...full, reason: 'All hands are here' }, 'owned'))).toEqual(['MV-7']);
    const rising = 'limit: { cards: { 1: 40, 2: 41, 3: 10 }, strength: block }';
    const perLevel = planOf(text.replace('limit: { cards: 40, per_person: 5, strength: warn }', rising));
    expect([1, 2, 3].map((level) => mayMove(perLevel, { ...full, level }, 'owned').ok)).toEqual([false, true, false]);
  });

  it('[MV-8] a warning goes on with a reason and stays apart from what blocks', () => {
    const findings = [
      { rule: 'VO-2', clause: 'How we speak §8', strength: 'warn', says: 'The reply lacks what happens next.' },
    ];
    const facts = exampleFacts('drafting', {
      draft: {
        id: 'd',
        generation: 1,
        empty: false,
        tooLong: false,
        findings,
        authors: ['usr_ann'],
        likest: null,
        facts: null,
      },
    });
    const verdict = mayMove(plan, facts, 'sign-off');
    expect(rulesOf(verdict)).toEqual(['MV-8']);
    expect(verdict.warnings).toMatchObject([{ rule: 'GU-9', clause: 'Drafting §6' }]);
    expect(mayMove(plan, { ...facts, reason: 'He asked only for the opening hours' }, 'sign-off')).toMatchObject({
      ok: true,
      warnings: [{ rule: 'GU-9' }],
    });
  });

  it('[MV-9] a reply on its way or of unknown outcome holds the card, also backward', () => {
    const card = exampleFacts('publish').card;
    for (const state of ['sending', 'unknown'] as const) {
      const held = exampleFacts('publish', { reply: card.reply && { ...card.reply, state } }, { reason: 'again' });
      expect(rulesOf(mayMove(plan, held, 'follow-up'))).toEqual(['MV-9']);
      expect(rulesOf(mayMove(plan, held, 'drafting'))).toEqual(['MV-9']);
    }
  });

  it('[MV-10] judges each card of a bulk alone: others before it change nothing', () => {
    const all = ['new', 'owned', 'drafting', 'sign-off', 'publish'].map((stage) => exampleFacts(stage));
    const together = all.map((facts) => mayMove(plan, facts, 'owned'));
    const alone = all
      .toReversed()
      .map((facts) => mayMove(plan, structuredClone(facts), 'owned'))
      .toReversed();
    expect(together).toEqual(alone);
  });

  it('[MV-11] a card that is there already stays, and that is said', () => {
    expect(rulesOf(mayMove(plan, exampleFacts('owned'), 'owned'))).toEqual(['MV-11']);
  });

  it('[MV-12] is pure: the same facts give the same verdict and stay as they were', () => {
    const ids = plan.stages.map((stage) => stage.id);
    const moves = fc.record({
      from: fc.constantFrom(...ids, 'gone'),
      to: fc.constantFrom(...ids, 'gone'),
      roles: fc.subarray(plan.roles.map((role) => role.id)),
      reason: fc.constantFrom('', 'so'),
      level: fc.integer({ min: 1, max: 3 }),
      unsigned: fc.boolean(),
      seen: fc.option(fc.integer({ min: 6, max: 7 })),
    });
    fc.assert(
      fc.property(moves, ({ from, to, roles, reason, level, unsigned, seen }) => {
        const signOffs = unsigned ? [] : [exampleSignOff('usr_bo', 'comms')];
        const facts = exampleFacts(from, { signOffs }, { ...person(...roles), reason, level, seenVersion: seen });
        const before = structuredClone(facts);
        const verdict = mayMove(plan, facts, to);
        expect(mayMove(plan, structuredClone(facts), to)).toEqual(verdict);
        expect(facts).toEqual(before);
        if (!verdict.ok) {
          expect(verdict.refusal.missing.length).toBeGreaterThan(0);
          for (const each of verdict.refusal.missing)
            expect(each).toMatchObject({
              rule: expect.stringMatching(/^(MV|GU)-\d+$/),
              clause: expect.stringMatching(/./),
            });
        }
        if (verdict.ok && to === 'publish' && verdict.direction === 'forward')
          expect(unsigned || level > 1).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
