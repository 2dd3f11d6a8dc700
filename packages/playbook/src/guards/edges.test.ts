import type { CardView, MoveFacts } from '@rejoinder/contracts/cards';
import type { Condition, Playbook, Stage } from '@rejoinder/contracts/playbooks';
import { describe, expect, it } from 'vitest';
import { exampleCard, exampleFacts } from '../example-move.ts';
import { stageOf } from '../levels.ts';
import { planWith } from '../plan-for-tests.ts';
import { judge } from './judge.ts';

const trial = planWith();

/** What lacks on the way from Owned to Drafting of the trial plan, in words. */
function says(condition: Condition, card: Partial<CardView> = {}, facts: Partial<MoveFacts> = {}, playbook = trial) {
  const [from = null, to] = [stageOf(playbook, 'owned'), stageOf(playbook, 'drafting')];
  if (!to) throw new Error('no stage');
  const judging = { playbook, facts: exampleFacts('owned', card, facts), from, to };
  return judge(judging, condition).map((lack) => lack.says);
}
const withDrafting = (changes: Partial<Stage>): Playbook => ({
  ...trial,
  stages: trial.stages.map((stage) => (stage.id === 'drafting' ? { ...stage, ...changes } : stage)),
});
const { fields } = exampleCard('owned');

describe('what stands just inside and just outside of a guard', () => {
  it('[GU-2] names the classes it wants and the one that is given', () => {
    const wanted: Condition = { guard: 'class_in', classes: ['complaint', 'troll'] };
    expect(says(wanted, { fields: { class: 'praise' } })).toEqual([
      'The class is praise; it would have to be Complaint or Troll.',
    ]);
    expect(says(wanted, { fields: {} })).toEqual(['The class is not set; it would have to be Complaint or Troll.']);
  });

  it('[GU-7] [GU-8] looks at the account of this card among several', () => {
    const accounts = [
      { id: 'acc_0', platform: 'bluesky' },
      { id: 'acc_1', platform: 'mastodon' },
    ];
    expect(says({ guard: 'same_platform_as_origin' }, {}, { accounts })).toEqual([]);
    expect(says({ guard: 'same_platform_as_origin' }, { account: 'acc_0' }, { accounts })).toEqual([
      'The person wrote on mastodon; the reply would go out on bluesky.',
    ]);
    expect(says({ guard: 'account_allowed' }, {}, { accounts })).toEqual([]);
    expect(says({ guard: 'account_allowed' }, { account: 'acc_9' }, { accounts })).toEqual([
      'The account the reply would go out from does not belong to this room.',
    ]);
    expect(says({ guard: 'account_allowed' }, { account: null }, { accounts })).toEqual([
      'This room has no account that can answer on mastodon.',
    ]);
  });

  it('[GU-13] tells one new message from several', () => {
    const unseen = (count: number) => ({ posts: { ...exampleCard('owned').posts, unseen: count } });
    expect(says({ guard: 'no_unseen_mention_from_author' }, unseen(1))[0]).toContain('a new message');
    expect(says({ guard: 'no_unseen_mention_from_author' }, unseen(3))[0]).toContain('3 new messages');
  });

  it('[GU-14] [GU-15] nobody known holds no role, and has seen what they say they have seen', () => {
    expect(says({ guard: 'actor_has_role', roles: ['legal'] }, {}, { actor: null })).toEqual(['This takes Legal.']);
    expect(says({ guard: 'actor_is_current' }, {}, { actor: null })).toEqual([]);
    expect(says({ guard: 'actor_is_current' }, {}, { seenVersion: null })[0]).toContain('does not say which state');
    expect(says({ guard: 'actor_is_current' }, {}, { seenVersion: 6 })[0]).toContain('has changed since');
  });

  it('[GU-18] a promise may stand in the field alone; blanks promise nothing; a long one is told short', () => {
    const owed = { guard: 'remedy_delivered' } as const;
    expect(says(owed, { fields: { ...fields, remedy: 'A new parcel' } })).toEqual([
      'We promised “A new parcel” and nobody has marked it as done.',
    ]);
    expect(says(owed, { fields: { ...fields, remedy: '  ' } })).toEqual([]);
    expect(says(owed, { fields: { ...fields, remedy: 'x'.repeat(80) } })[0]).toContain(`“${'x'.repeat(80)}”`);
    expect(says(owed, { fields: { ...fields, remedy: 'x'.repeat(81) } })[0]).toContain(`“${'x'.repeat(79)}…”`);
  });

  it('[GU-20] [GU-22] hold from the very second on, and say how long ago the card came', () => {
    const seconds = { 1: 3600 };
    expect(says({ guard: 'elapsed', seconds })).toEqual([]);
    expect(says({ guard: 'not_moved_within', seconds })).toEqual([]);
    expect(says({ guard: 'elapsed', seconds: { 1: 3601 } })).toHaveLength(1);
    expect(says({ guard: 'not_moved_within', seconds: { 1: 3601 } })).toEqual(['The card was moved 1 hour ago.']);
    const unreadable = { enteredStageAt: 'some day' };
    expect(says({ guard: 'not_moved_within', seconds }, unreadable)).toEqual(['The card was moved 1 second ago.']);
  });

  it('[GU-21] counts cards and those of one person apart; no limit, no owner, nothing to count', () => {
    const limit = (cards: number | null, perPerson: number | null) =>
      withDrafting({
        limit: {
          cards: cards === null ? null : { 1: cards },
          perPerson: perPerson === null ? null : { 1: perPerson },
          strength: 'block',
          clause: '',
        },
      });
    const below = { guard: 'below_limit' } as const;
    const counts = { counts: { drafting: 1 }, countsOfOwner: { drafting: 1 } };
    expect(says(below, {}, counts, withDrafting({ limit: null }))).toEqual([]);
    expect(says(below, {}, counts, limit(null, 2))).toEqual([]);
    expect(says(below, {}, counts, limit(2, null))).toEqual([]);
    expect(says(below, {}, counts, limit(1, null))).toEqual(['Drafting holds 1 card; the plan allows 1.']);
    expect(says(below, {}, counts, limit(null, 1))).toEqual([
      'Its owner already has one card in Drafting; the plan allows 1.',
    ]);
    expect(says(below, { owner: null }, counts, limit(null, 1))).toEqual([]);
    const more = { counts: { drafting: 4 }, countsOfOwner: { drafting: 3 } };
    expect(says(below, {}, more, limit(2, 2))).toEqual(['Drafting holds 4 cards; the plan allows 2.']);
    expect(says(below, {}, more, limit(5, 2))).toEqual([
      'Its owner already has 3 cards in Drafting; the plan allows 2.',
    ]);
  });

  it('[GU-23] a field or the reason of the move is enough, blanks are not', () => {
    const given = { guard: 'private_reason_given' } as const;
    expect(says(given, { fields: {} }, { reason: 'Her address' })).toEqual([]);
    expect(says(given, { fields: { private_reason: 'personal_data' } })).toEqual([]);
    expect(says(given, { fields: { private_reason: ' ' } }, { reason: ' ' })).toHaveLength(1);
  });

  it('[GU-24] not: it is enough that one of them is not so; the refusal names them all', () => {
    const yes: Condition = { guard: 'owner_accepted' };
    const no: Condition = { guard: 'reason_given' };
    expect(says({ guard: 'not', of: [yes, no] })).toEqual([]);
    expect(says({ guard: 'not', of: [no, yes] })).toEqual([]);
    const [both] = says({ guard: 'not', of: [yes, { guard: 'draft_not_empty' }] });
    expect(both).toMatch(/^It may not be so that .+ and .+\.$/);
    expect(both).not.toContain('undefined');
    const [none] = says({ guard: 'any', of: [no, { guard: 'department_contacted' }] });
    expect(none).toMatch(/^None of these is so: [^;]+; [^;]+\.$/);
    expect(none).not.toContain('undefined');
  });

  it('[GU-26] without kinds of promise only the worth counts; blanks promise nothing', () => {
    const covered = { guard: 'owner_authority_covers_remedy' } as const;
    const plan = planWith((playbook) => ({
      ...playbook,
      currency: 'EUR',
      roles: playbook.roles.map((role) => ({ ...role, authority: { money: { 1: 50 }, promises: [] } })),
    }));
    const promised = (worth: number | null) => ({
      remedy: { promised: 'Money', deliveredAt: null, worth, kind: null },
    });
    expect(says(covered, promised(50), {}, plan)).toEqual([]);
    expect(says(covered, promised(null), {}, plan)[0]).toContain('Nobody has said what');
    expect(says(covered, promised(60), {}, plan)[0]).toContain('(60 EUR)');
    expect(says(covered, { fields: { ...fields, remedy: ' ' } }, {}, plan)).toEqual([]);
  });

  it('[GU-28] [GU-31] a card in a stage the plan lacks has no list to tick; blanks choose nothing', () => {
    const to = stageOf(trial, 'drafting');
    if (!to) throw new Error('no stage');
    const judging = { playbook: trial, facts: exampleFacts('gone'), from: null, to };
    expect(judge(judging, { guard: 'checklist_complete' })).toEqual([]);
    expect(says({ guard: 'strategy_allowed' }, { fields: { crisis_type: ' ', strategy: 'deny' } })).toHaveLength(1);
  });
});
