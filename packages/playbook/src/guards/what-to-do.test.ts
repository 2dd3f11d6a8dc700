// What a refusal tells people to go by: how long ago, how many, which of the conditions would do, and what the platform said.
import type { CardView, MoveFacts } from '@rejoinder/contracts/cards';
import type { Condition, Playbook, Stage } from '@rejoinder/contracts/playbooks';
import { describe, expect, it } from 'vitest';
import { exampleCard, exampleFacts } from '../example-move.ts';
import { planWith } from '../plan-for-tests.ts';
import { judge } from './judge.ts';

const trial = planWith();

function lacks(condition: Condition, card: Partial<CardView> = {}, facts: Partial<MoveFacts> = {}, plan = trial) {
  const [from = null, to] = plan.stages;
  if (!to) throw new Error('no stage');
  return judge({ playbook: plan, facts: exampleFacts('owned', card, facts), from, to }, condition);
}
const says = (...asked: Parameters<typeof lacks>): string[] => lacks(...asked).map((each) => each.says);
const drafting = (changes: Partial<Stage>): Playbook => ({
  ...trial,
  stages: trial.stages.map((stage) => (stage.id === 'drafting' ? { ...stage, ...changes } : stage)),
});

describe('what a refusal tells people to go by', () => {
  it('[GU-22] says how long ago the card was moved, never less than a second', () => {
    const condition: Condition = { guard: 'not_moved_within', seconds: { 1: 3600 } };
    const moved = (enteredStageAt: string) => says(condition, { enteredStageAt });
    expect(moved('2026-03-01T09:58:30.000Z')).toEqual(['The card was moved 1 minute 30 seconds ago.']);
    expect(moved('2026-03-01T10:00:00.000Z')).toEqual(['The card was moved 1 second ago.']);
    expect(moved('some day')).toEqual(['The card was moved 1 second ago.']);
  });

  it('[GU-21] says how many cards stand there and how many may', () => {
    const limit = { perPerson: null, strength: 'block' as const, clause: 'Drafting §3' };
    const full = (most: number, here: number) =>
      says(
        { guard: 'below_limit' },
        {},
        { counts: { drafting: here } },
        drafting({ limit: { ...limit, cards: { 1: most } } }),
      );
    expect(full(2, 1)).toEqual([]);
    expect(full(1, 1)).toEqual(['Drafting holds 1 card; the plan allows 1.']);
    expect(full(2, 3)).toEqual(['Drafting holds 3 cards; the plan allows 2.']);
  });

  it('[GU-24] names each of the conditions of which one would do, and those that may not be so together', () => {
    const owned: Condition = { guard: 'owner_accepted' };
    const level: Condition = { guard: 'level_at_least', level: 2 };
    const [any] = lacks({ guard: 'any', of: [owned, level] }, { owner: null });
    expect(any?.says).toMatch(/^None of these is so: .*owns the card.*; the level is 2 or higher\.$/);
    expect(any?.who).toContain('commander');
    const [not] = lacks({ guard: 'not', of: [owned, level] }, {}, { level: 2 });
    expect(not?.says).toMatch(/^It may not be so that .*owns the card.* and the level is 2 or higher\.$/);
    expect(not).toMatchObject({ who: [], fix: [] });
  });

  it('[GU-16] passes on what the platform said when it refused', () => {
    const { reply } = exampleCard('publish');
    const refused = (saysIt: string | null) =>
      says({ guard: 'posted_and_matches' }, { reply: reply && { ...reply, state: 'rejected', says: saysIt } });
    expect(refused(null)).toEqual(['The platform refused the reply.']);
    expect(refused('Too long')).toEqual(['The platform refused the reply: Too long.']);
  });

  it('[GU-26] a promise of no kind is covered only where the plan tells no kinds apart', () => {
    const able = (promises: string[]): Playbook => ({
      ...trial,
      roles: trial.roles.map((role) =>
        role.id === 'responder' ? { ...role, authority: { money: { 1: 50 }, promises } } : role,
      ),
    });
    const promised = (kind: string | null, plan: Playbook) =>
      lacks(
        { guard: 'owner_authority_covers_remedy' },
        { remedy: { promised: 'Money', deliveredAt: null, worth: 50, kind } },
        { ownerRoles: ['responder'] },
        plan,
      );
    expect(promised(null, able([]))).toEqual([]);
    expect(promised('refund', able(['refund']))).toEqual([]);
    expect(promised(null, able(['refund']))[0]?.says).toMatch(/kind/);
    expect(promised('refund', able(['replacement']))).toHaveLength(1);
  });
});
