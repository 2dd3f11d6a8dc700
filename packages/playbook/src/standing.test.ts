import { describe, expect, it } from 'vitest';
import { exampleCard } from './example-move.ts';
import { planWith } from './plan-for-tests.ts';
import { lacksWhereItStands } from './standing.ts';

describe('lacksWhereItStands', () => {
  const facts = {
    now: '2026-03-01T10:00:00.000Z',
    level: 1,
    accounts: [{ id: 'acc_1', platform: 'mastodon' }],
    ownerRoles: [],
  };
  const rules = (stage: string, changes = {}) =>
    lacksWhereItStands(planWith(), exampleCard(stage, changes), facts).map((each) => each.rule);

  it('[RM-8] asks for what the way into the stage asks about the card, not about the step', () => {
    expect(rules('publish')).toEqual([]);
    expect(rules('publish', { signOffs: [] })).toEqual(expect.arrayContaining(['GU-11']));
    expect(rules('publish', { draft: null })).toEqual(expect.arrayContaining(['GU-5']));
    expect(rules('publish', { signOffs: [] })).not.toEqual(expect.arrayContaining(['GU-15']));
  });
  it('[RM-8] asks nothing of a card in the first stage, in one the plan lacks, or in a last one', () => {
    for (const stage of ['owned', 'gone', 'closed']) expect(rules(stage, { draft: null, signOffs: [] })).toEqual([]);
  });
});
