import type { Agreement, Playbook } from '@rejoinder/contracts/playbooks';
import { describe, expect, it } from 'vitest';
import { missingSigners, rolesStillNeeded, signOffExpiresAt } from './signers.ts';

function planWith(agreement: Partial<Agreement>): Playbook {
  const agree = { 1: { need: 'all' as const, quorum: 1, roles: [], ifLiability: [], ...agreement } };
  return {
    signOffs: [{ id: 'reply', agree, covers: [], lifetime: { 1: 3600 }, clause: 'X §1' }],
  } as unknown as Playbook;
}
const by = (...signed: string[]) =>
  signed.map((each) => ({ userId: each.split('/')[0] ?? '', role: each.split('/')[1] ?? '' }));

describe('whose signature lacks', () => {
  it('[GU-25] all: one of each role, and a person counts once, wherever it helps most', () => {
    const plan = planWith({ need: 'all', roles: ['comms', 'legal'] });
    expect(missingSigners(plan, 'reply', 1, [])).toEqual([['comms'], ['legal']]);
    expect(missingSigners(plan, 'reply', 1, by('ann/comms', 'ann/legal'))).toEqual([['legal']]);
    expect(missingSigners(plan, 'reply', 1, by('ann/comms', 'ann/legal', 'bo/comms'))).toEqual([]);
    expect(missingSigners(plan, 'reply', 1, by('ann/emperor'))).toEqual([['comms'], ['legal']]);
  });

  it('[GU-25] any: one is enough', () => {
    const plan = planWith({ need: 'any', roles: ['comms', 'legal'] });
    expect(missingSigners(plan, 'reply', 1, [])).toEqual([['comms', 'legal']]);
    expect(missingSigners(plan, 'reply', 1, by('ann/legal'))).toEqual([]);
  });

  it('[GU-25] quorum: so many people of different roles', () => {
    const plan = planWith({ need: 'quorum', quorum: 2, roles: ['comms', 'legal', 'expert'] });
    expect(missingSigners(plan, 'reply', 1, by('ann/comms'))).toEqual([['legal', 'expert']]);
    expect(missingSigners(plan, 'reply', 1, by('ann/comms', 'bo/comms'))).toEqual([['legal', 'expert']]);
    expect(missingSigners(plan, 'reply', 1, by('ann/comms', 'bo/expert'))).toEqual([]);
    expect(rolesStillNeeded(missingSigners(plan, 'reply', 1, []))).toEqual(['comms', 'legal', 'expert']);
  });

  it('[GU-25] liability adds its roles, once', () => {
    const plan = planWith({ need: 'all', roles: ['comms'], ifLiability: ['legal', 'comms'] });
    expect(missingSigners(plan, 'reply', 1, by('ann/comms'), false)).toEqual([]);
    expect(missingSigners(plan, 'reply', 1, by('ann/comms'), true)).toEqual([['legal']]);
  });

  it('[GU-25] where any or so many will do, liability asks for its role besides, also of those named', () => {
    const any = planWith({ need: 'any', roles: ['comms', 'legal'], ifLiability: ['legal'] });
    expect(missingSigners(any, 'reply', 1, [], true)).toEqual([['legal'], ['comms', 'legal']]);
    expect(missingSigners(any, 'reply', 1, by('ann/legal'), true)).toEqual([['comms', 'legal']]);
    expect(missingSigners(any, 'reply', 1, by('ann/comms'), true)).toEqual([['legal']]);
    expect(missingSigners(any, 'reply', 1, by('ann/comms', 'bo/legal'), true)).toEqual([]);
    expect(missingSigners(any, 'reply', 1, [])).toEqual([['comms', 'legal']]);
    const two = planWith({ need: 'quorum', quorum: 2, roles: ['comms', 'legal', 'expert'] });
    expect(missingSigners(two, 'reply', 1, [])).toHaveLength(2);
    expect(missingSigners(two, 'reply', 1, by('ann/comms', 'bo/legal', 'cy/expert'))).toEqual([]);
  });

  it('[GU-25] places are changed round so that as many as possible are taken', () => {
    const plan = planWith({ need: 'all', roles: ['a', 'b', 'c'] });
    const chain = by('ann/a', 'ann/b', 'bo/a', 'bo/c', 'cy/a');
    expect(missingSigners(plan, 'reply', 1, chain)).toEqual([]);
    expect(missingSigners(plan, 'reply', 1, chain.toReversed())).toEqual([]);
    expect(missingSigners(plan, 'reply', 1, by('ann/a', 'bo/a', 'cy/a'))).toEqual([['b'], ['c']]);
  });

  it('[GU-25] a sign-off the plan does not know is never met', () => {
    expect(missingSigners(planWith({}), 'other', 1, by('ann/comms'))).toEqual([[]]);
    const none = { signOffs: planWith({}).signOffs.map((each) => ({ ...each, agree: {} })) } as unknown as Playbook;
    expect(missingSigners(none, 'reply', 1, by('ann/comms'))).toEqual([[]]);
  });

  it('[GU-25] a signature holds for its lifetime at the level', () => {
    expect(signOffExpiresAt(planWith({}), 'reply', 1, '2026-03-01T09:00:00Z')).toBe('2026-03-01T10:00:00.000Z');
    expect(signOffExpiresAt(planWith({}), 'other', 1, '2026-03-01T09:00:00Z')).toBeNull();
    expect(signOffExpiresAt(planWith({}), 'reply', 1, 'some day')).toBeNull();
    expect(signOffExpiresAt(planWith({}), 'reply', 0, '2026-03-01T09:00:00Z')).toBeNull();
    expect(rolesStillNeeded([['a', 'b'], ['b'], []])).toEqual(['a', 'b']);
  });
});
