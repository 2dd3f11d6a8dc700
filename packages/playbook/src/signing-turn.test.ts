// Turns and deputies on a plan that asks communications, then legal, and for liability the executive; legal has a deputy.
import type { CardView, SignOffView, StandIn } from '@rejoinder/contracts/cards';
import type { Agreement } from '@rejoinder/contracts/playbooks';
import { describe, expect, it } from 'vitest';
import { bareFacts } from './bare-facts.ts';
import { signOffsValid } from './guards/sign-off.ts';
import { planWith } from './plan-for-tests.ts';
import { askedNow, missingSigners } from './signers.ts';
import { deputyFrom, standInsNow, turnOf } from './signing-turn.ts';
import { awaitedSigners } from './who-waits.ts';

const NOW = '2026-10-01T10:00:00.000Z';
const BEFORE = '2026-10-01T09:30:00.000Z';
const agreement: Agreement = { need: 'all', quorum: 2, roles: ['comms', 'legal'], ifLiability: ['executive'] };

const plan = (over: Partial<Agreement> = {}, order: 'parallel' | 'in_order' = 'in_order') =>
  planWith((playbook) => ({
    ...playbook,
    signOffs: playbook.signOffs.map((each) => ({
      ...each,
      agree: { 1: { ...agreement, ...over } },
      order: { 1: order },
      deputies: { after: { 1: 600 }, roles: [{ role: 'legal', deputy: 'social_lead' }] },
    })),
  }));
const ids = (...roles: string[]) => roles.map((role) => ({ userId: `u_${role}`, role }));
const asked = (signed: string[], over?: Partial<Agreement>, liability = false) =>
  askedNow(plan(over), { signOff: 'reply', level: 1, liability }, ids(...signed));
const signed = (role: string, over: Partial<SignOffView> = {}): SignOffView => ({
  id: `so_${role}`,
  userId: `u_${role}`,
  name: role,
  role,
  fingerprint: 'f1',
  signedAt: BEFORE,
  expiresAt: null,
  voidedAt: null,
  voidReason: null,
  ...over,
});
const silent: StandIn = { role: 'legal', deputy: 'social_lead', silentSince: BEFORE, at: NOW };
const card = (over: Partial<CardView> = {}): CardView =>
  ({
    stage: 'drafting',
    enteredStageAt: BEFORE,
    closedAt: null,
    account: 'acc_1',
    fields: {},
    draft: { id: 'd', generation: 1, empty: false, tooLong: false, findings: [], authors: ['u_x'], likest: null },
    fingerprint: 'f1',
    signOffs: [],
    ...over,
  }) as CardView;
const turn = (role: string, on: CardView, signsFor?: string) =>
  turnOf(plan(), 'reply', 1, on, { role, signsFor, now: NOW });

describe('whose turn it is to sign', () => {
  it('[SG-26] in order each is asked once the one before has signed, those of liability last', () => {
    expect(asked([])).toEqual([['comms']]);
    expect(asked(['comms'])).toEqual([['legal']]);
    expect(asked(['legal'])).toEqual([['comms']]);
    expect(asked(['comms', 'legal'])).toEqual([]);
    expect(asked(['comms'], {}, true)).toEqual([['legal']]);
    expect(asked(['comms', 'legal'], {}, true)).toEqual([['executive']]);
  });

  it('[SG-26] in parallel, and of any or a quorum, all are asked at once', () => {
    const all = { signOff: 'reply', level: 1, liability: false };
    expect(askedNow(plan({}, 'parallel'), all, [])).toEqual([['comms'], ['legal']]);
    expect(asked([], { need: 'quorum' })).toEqual([
      ['comms', 'legal'],
      ['comms', 'legal'],
    ]);
    expect(asked([], { need: 'any' }, true)).toEqual([['comms', 'legal']]);
    expect(asked(['legal'], { need: 'any' }, true)).toEqual([['executive']]);
  });

  it('[SG-26] who signs too early is told whose turn it is; a role nobody asks may sign at any time', () => {
    expect(turn('legal', card())).toMatchObject({
      ok: false,
      rule: 'SG-26',
      who: ['comms'],
      says: expect.stringContaining('turn of Communications'),
    });
    expect(turn('comms', card())).toEqual({ ok: true, standsFor: null });
    expect(turn('legal', card({ signOffs: [signed('comms')] }))).toEqual({ ok: true, standsFor: null });
    expect(turn('social_lead', card())).toEqual({ ok: true, standsFor: null });
  });

  it('[SG-26] the door says who signs first, and the others that they wait', () => {
    const lacks = signOffsValid({ playbook: plan(), facts: bareFacts(card(), 1, NOW) } as never, 'reply');
    expect(lacks).toMatchObject([
      { says: 'The signature of Communications is missing.', fix: [{ do: 'ask-sign-off', role: 'comms' }] },
      { says: 'The signature of Legal is missing. Communications signs first.', fix: [{ do: 'wait' }] },
    ]);
  });

  it('[SG-26] who is waited for follows the order, since the signature before', () => {
    const waits = (over: Partial<CardView>) => awaitedSigners(plan(), card(over), 1, NOW);
    expect(waits({ fingerprint: null })).toEqual([{ role: 'comms', since: null, standsFor: null }]);
    expect(waits({ signOffs: [signed('comms')] })).toEqual([{ role: 'legal', since: BEFORE, standsFor: null }]);
    expect(waits({ signOffs: [signed('comms')], standIns: [silent] })).toEqual([
      { role: 'legal', since: BEFORE, standsFor: null },
      { role: 'social_lead', since: NOW, standsFor: 'legal' },
    ]);
  });
});

describe('deputies', () => {
  it('[SG-27] a deputy may sign from the plan’s time after the role was asked', () => {
    expect(deputyFrom(plan(), 'reply', 1, 'legal', BEFORE)).toEqual({
      deputy: 'social_lead',
      dueAt: '2026-10-01T09:40:00.000Z',
    });
    expect(deputyFrom(plan(), 'reply', 1, 'comms', BEFORE)).toBeNull();
    expect(deputyFrom(plan(), 'statement', 1, 'legal', BEFORE)).toBeNull();
  });

  it('[SG-27] a deputy’s signature counts for the silent role, and a person counts once', () => {
    const standsFor = { role: 'legal', silentSince: BEFORE };
    const lead = { userId: 'u_lead', role: 'social_lead', standsFor };
    expect(missingSigners(plan(), 'reply', 1, [...ids('comms'), lead])).toEqual([]);
    expect(missingSigners(plan(), 'reply', 1, [lead])).toEqual([['comms']]);
    const twice = [
      { userId: 'u_comms', role: 'comms' },
      { ...lead, userId: 'u_comms' },
    ];
    expect(missingSigners(plan(), 'reply', 1, twice)).toHaveLength(1);
  });

  it('[SG-27] stands in only for a role that is silent in this stay, by the plan as it is, and in turn', () => {
    const ready = card({ signOffs: [signed('comms')], standIns: [silent] });
    expect(turn('social_lead', ready)).toEqual({ ok: true, standsFor: silent });
    expect(turn('social_lead', ready, 'legal')).toEqual({ ok: true, standsFor: silent });
    expect(turn('social_lead', card({ signOffs: [signed('comms')] }), 'legal')).toMatchObject({ rule: 'SG-27' });
    expect(turn('social_lead', card({ standIns: [silent] }), 'legal')).toMatchObject({ rule: 'SG-26', who: ['comms'] });
    expect(turn('comms', ready, 'legal')).toMatchObject({ rule: 'SG-27' });
    expect(standInsNow(plan(), 'reply', card({ standIns: [silent], enteredStageAt: NOW }))).toEqual([]);
    const without = planWith((playbook) => playbook);
    expect(standInsNow(without, 'reply', card({ standIns: [silent] }))).toEqual([]);
  });
});
