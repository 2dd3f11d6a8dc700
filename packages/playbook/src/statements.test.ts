import type { Playbook, Statement } from '@rejoinder/contracts/playbooks';
import { describe, expect, it } from 'vitest';
import { planWith } from './plan-for-tests.ts';
import { glassOverStatementAt, sayStatementMissing, signsAs, statementMissing } from './statement-signers.ts';
import { fillStatement, isFilled, slotFaults, whyNotNow } from './statements.ts';

const altered = (change: (plan: Playbook) => void): Playbook => {
  const plan = structuredClone(planWith());
  change(plan);
  return plan;
};

const text: Statement = {
  id: 'holding',
  kind: 'holding',
  text: 'We know that {what}. More at {time}.',
  slots: [
    { id: 'what', name: 'What' },
    { id: 'time', name: 'When' },
  ],
  levels: [2, 3],
  validUntil: '2026-03-31',
  clearedBy: ['legal'],
  clause: 'Texts §1',
};
const plan = altered((p) => {
  p.signOffs.push({
    id: 'statement',
    agree: { 1: { need: 'all', quorum: 1, roles: ['comms', 'legal'], ifLiability: [] } },
    order: { 1: 'parallel' },
    covers: ['text'],
    lifetime: { 1: 3600 },
    voidedBy: [],
    deputies: { after: { 1: 600 }, roles: [{ role: 'legal', deputy: 'executive' }] },
    clause: 'Statements §1',
  });
});
const minute = (n: number) => new Date(Date.parse('2026-03-01T12:00:00.000Z') + n * 60_000).toISOString();
const prepared = { by: { userId: 'usr_c', name: 'Cora' }, at: minute(0) };
const words = (over: object = {}) => ({ changed: true, signatures: [], prepared, glass: null, ...over });
const at = (n: number) => ({ level: 1, liable: false, now: minute(n) });
const signature = (role: string, userId = `usr_${role}`) => ({
  by: { userId, name: role },
  role,
  standsFor: null,
  at: minute(1),
  expiresAt: minute(30),
});

describe('a text that was cleared', () => {
  it('[CR-14] is told from any other words: every slot is one short line, and nothing else differs', () => {
    const long = 'x'.repeat(500);
    const fits = (words: string, of: Partial<Statement> = {}) => isFilled({ ...text, ...of }, words);
    expect(fits('We know that parcels are late. More at 14:00.')).toBe(true);
    // What separates the slots may stand in a slot too.
    expect(fits('We know that it is late. More at noon. More at 14:00.')).toBe(true);
    for (const other of [
      'We know that . More at 14:00.',
      'We know that parcels are late. More at .',
      'We know that parcels are late. More at 14:00',
      'We know that parcels are late. More at 14:00. Sue us.\nNow.',
      'we know that parcels are late. More at 14:00.',
      'We know that parcels\nare late. More at 14:00.',
      'We know that {what}. More at 14:00.',
      `We know that ${long}. More at 14:00.`,
      '',
    ])
      expect(fits(other), other).toBe(false);
    expect(fits('It is {odd}.', { text: 'It is {odd}.' })).toBe(true);
    expect(fits('ab', { text: '{what}{time}' })).toBe(true);
    expect(fits('a', { text: '{what}{time}' })).toBe(false);
  });

  it('[CR-14] agrees with a plain reading of the same rule, whatever the pieces are', () => {
    const letters = ['a', 'b', '\n'];
    let seed = 7;
    const dice = (n: number) => {
      seed = (seed * 16_807) % 2_147_483_647;
      return seed % n;
    };
    const some = (most: number) => Array.from({ length: dice(most + 1) }, () => letters[dice(3)]).join('');
    const said = [0, 0];
    for (let i = 0; i < 3_000; i++) {
      const pieces = [some(2), some(2), some(2)];
      const whole = { ...text, text: `${pieces[0]}{what}${pieces[1]}{time}${pieces[2]}` };
      const words = dice(2) ? some(7) : `${pieces[0]}${some(2)}${pieces[1]}${some(2)}${pieces[2]}`;
      const plain = new RegExp(`^${pieces.join('[^\\n]+')}$`).test(words);
      expect(isFilled(whole, words), JSON.stringify([pieces, words])).toBe(plain);
      said[plain ? 1 : 0] = (said[plain ? 1 : 0] ?? 0) + 1;
    }
    expect(Math.min(...said)).toBeGreaterThan(200);
  });

  it('[CR-14] is filled by its slots alone, each one line, none empty, none too long', () => {
    expect(fillStatement(text, { what: ' parcels are late ', time: '14:00' })).toBe(
      'We know that parcels are late. More at 14:00.',
    );
    expect(fillStatement(text, { what: 'x', __proto__: 'y' })).toBe('We know that x. More at {time}.');
    expect(slotFaults(text, { what: 'x', time: '14:00' })).toEqual([]);
    expect(slotFaults(text, { what: '', time: 'a'.repeat(201) })).toEqual([
      '“What” is empty.',
      '“When” is longer than 200 characters.',
    ]);
    expect(slotFaults(text, { what: 'a\nb', time: '{time}', more: 'x' })).toHaveLength(3);
  });

  it('[CR-14] holds for its levels and until its day', () => {
    expect(whyNotNow(text, 3, '2026-03-31')).toBeNull();
    expect(whyNotNow(text, 1, '2026-03-01')).toContain('level 2 and 3');
    expect(whyNotNow(text, 2, '2026-04-01')).toContain('until 2026-03-31');
  });

  it('[CR-15] needs the signatures of the plan once more than the slots changed, and only then', () => {
    expect(statementMissing(plan, words({ changed: false }), at(0))).toEqual([]);
    expect(statementMissing(plan, words(), at(0))).toEqual([['comms'], ['legal']]);
    expect(statementMissing(plan, words({ signatures: [signature('comms')] }), at(5))).toEqual([['legal']]);
    expect(statementMissing(plan, words({ signatures: [signature('comms')] }), at(31))).toHaveLength(2);
    expect(sayStatementMissing(plan, [['comms'], ['legal']])).toContain('Communications and Legal');
    // A plan without such a sign-off lets no other words out.
    const bare = { ...plan, signOffs: [] };
    const lacks = statementMissing(bare, words(), at(0));
    expect(lacks).toEqual([[]]);
    expect(sayStatementMissing(bare, lacks)).toContain('only a cleared text');
  });

  it('[CR-15] a deputy stands in for a role that was silent as long as the plan says', () => {
    expect(signsAs(plan, words(), 'legal', at(0))).toEqual({ role: 'legal', standsFor: null });
    expect(signsAs(plan, words(), 'executive', at(9))).toBeNull();
    expect(signsAs(plan, words(), 'executive', at(10))).toEqual({ role: 'executive', standsFor: 'legal' });
    expect(signsAs(plan, words({ signatures: [signature('legal')] }), 'executive', at(10))).toBeNull();
    const stood = { ...signature('executive'), standsFor: 'legal' };
    expect(statementMissing(plan, words({ signatures: [signature('comms'), stood] }), at(11))).toEqual([]);
  });

  it('[CR-17] the glass may be broken over its signatures only where the plan says so, and after its time', () => {
    expect(glassOverStatementAt(plan, { prepared }, 3)).toBeNull();
    const glass = altered((p) => {
      p.breakGlass = {
        who: ['commander', 'executive'],
        over: ['sign_offs_valid'],
        fromLevel: 2,
        after: { 1: 1200 },
        marks: [],
        tells: [],
        reviewWithin: 60,
        reviewedBy: [],
        clause: 'Glass §1',
      };
    });
    expect(glassOverStatementAt(glass, { prepared }, 3)).toBe(minute(20));
    expect(glassOverStatementAt(glass, { prepared }, 1)).toBeNull();
  });
});
