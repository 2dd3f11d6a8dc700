import { readFileSync } from 'node:fs';
import type { CardView, MoveFacts } from '@rejoinder/contracts/cards';
import type { Condition } from '@rejoinder/contracts/playbooks';
import { VOICE } from '@rejoinder/contracts/voice-numbers';
import { describe, expect, it } from 'vitest';
import { exampleCard, exampleFacts, exampleSignOff } from '../example-move.ts';
import { stageOf } from '../levels.ts';
import { readPlaybook } from '../read.ts';
import { GUARD_RULES, judge } from './judge.ts';

const read = readPlaybook(readFileSync(new URL('../../../../server/playbooks/default.md', import.meta.url), 'utf8'));
if ('faults' in read) throw new Error('the default plan has faults');
const { playbook } = read;

function lacks(condition: Condition, card: Partial<CardView> = {}, facts: Partial<MoveFacts> = {}, to = 'publish') {
  const target = stageOf(playbook, to);
  if (!target) throw new Error(to);
  return judge({ playbook, facts: exampleFacts('sign-off', card, facts), from: null, to: target }, condition);
}

const draft = (changes: Partial<NonNullable<CardView['draft']>>) => ({
  draft: {
    id: 'drf_1',
    generation: 1,
    empty: false,
    tooLong: false,
    findings: [],
    authors: ['usr_ann'],
    likest: null,
    facts: null,
    ...changes,
  },
});
const finding = (rule: string, strength = 'block') => ({
  rule,
  clause: 'How we speak §1',
  strength,
  says: 'Not like this.',
});
const reply = (changes: Partial<NonNullable<CardView['reply']>>): Partial<CardView> => {
  const { reply: whole } = exampleCard('publish');
  return { reply: whole && { ...whole, ...changes } };
};
const actor = (...roles: string[]): Partial<MoveFacts> => ({
  actor: { kind: 'person', id: 'usr_x', name: 'X', roles },
});

type Spoil = [Partial<CardView>, Partial<MoveFacts>];
const ORDER: Spoil = [{}, {}];

/** The condition is met by `met`, and by nothing less: `unmet` spoils one thing. `fix` is the first button offered. */
function check(rule: string, condition: Condition, met: Spoil, unmet: Spoil, fix: string | null): void {
  expect(GUARD_RULES[condition.guard]).toBe(rule);
  expect(lacks(condition, met[0], met[1], 'owned')).toEqual([]);
  const found = lacks(condition, unmet[0], unmet[1], 'owned');
  expect(found.length).toBeGreaterThan(0);
  for (const each of found) expect(each.says).toMatch(/^[“A-Z0-9].*\.$/);
  expect(found[0]?.fix[0]?.do ?? null).toBe(fix);
}

describe('guards pass and fail beside each other', () => {
  it('[GU-1] has_fields', () => {
    const fields = { class: 'complaint', department: ' ' };
    check('GU-1', { guard: 'has_fields', fields: ['class', 'department'] }, ORDER, [{ fields }, {}], 'set-field');
  });
  it('[GU-2] class_in', () => {
    check(
      'GU-2',
      { guard: 'class_in', classes: ['complaint'] },
      ORDER,
      [{ fields: { class: 'troll' } }, {}],
      'set-field',
    );
  });
  it('[GU-3] level_at_least', () => {
    check('GU-3', { guard: 'level_at_least', level: 2 }, [{}, { level: 2 }], [{}, { level: 1 }], null);
  });
  it('[GU-4] owner_accepted', () => {
    check('GU-4', { guard: 'owner_accepted' }, ORDER, [{ owner: null }, {}], 'take-card');
    check(
      'GU-4',
      { guard: 'owner_accepted' },
      ORDER,
      [{ owner: { userId: 'usr_ann', acceptedAt: null } }, {}],
      'accept-card',
    );
  });
  it('[GU-5] draft_not_empty', () => {
    check('GU-5', { guard: 'draft_not_empty' }, ORDER, [draft({ empty: true }), {}], 'open-draft');
    check('GU-5', { guard: 'draft_not_empty' }, ORDER, [{ draft: null }, {}], 'open-draft');
  });
  it('[GU-6] length_within_channel', () => {
    check('GU-6', { guard: 'length_within_channel' }, ORDER, [draft({ tooLong: true }), {}], 'open-draft');
  });
  it('[GU-7] same_platform_as_origin', () => {
    check('GU-7', { guard: 'same_platform_as_origin' }, ORDER, [{ platform: 'bluesky' }, {}], null);
  });
  it('[GU-8] account_allowed', () => {
    check('GU-8', { guard: 'account_allowed' }, ORDER, [{ account: 'acc_other' }, {}], null);
    check('GU-8', { guard: 'account_allowed' }, ORDER, [{ account: null }, {}], null);
  });
  it('[GU-9] voice_clean', () => {
    const clean = draft({ findings: [finding(VOICE.liability), finding(VOICE.phrase, 'warn')] });
    check(
      'GU-9',
      { guard: 'voice_clean' },
      [clean, {}],
      [draft({ findings: [finding(VOICE.phrase)] }), {}],
      'open-draft',
    );
  });
  it('[GU-10] no_personal_data', () => {
    const other = draft({ findings: [finding(VOICE.phrase)] });
    check(
      'GU-10',
      { guard: 'no_personal_data' },
      [other, {}],
      [draft({ findings: [finding(VOICE.personalData)] }), {}],
      'open-draft',
    );
  });
  it('[GU-11] sign_offs_valid', () => {
    check('GU-11', { guard: 'sign_offs_valid', signOff: 'reply' }, ORDER, [{ signOffs: [] }, {}], 'ask-sign-off');
  });
  it('[GU-12] signer_not_sole_author', () => {
    const own = { signOffs: [exampleSignOff('usr_ann', 'comms')] };
    check('GU-12', { guard: 'signer_not_sole_author' }, ORDER, [own, {}], 'ask-sign-off');
  });
  it('[GU-13] no_unseen_mention_from_author', () => {
    const posts = { ...exampleCard('new').posts, unseen: 2 };
    check('GU-13', { guard: 'no_unseen_mention_from_author' }, ORDER, [{ posts }, {}], 'read-posts');
  });
  it('[GU-14] actor_is_current', () => {
    const server: Spoil = [
      {},
      { seenVersion: null, actor: { kind: 'system', id: 'sys', name: 'Rejoinder', roles: [] } },
    ];
    check('GU-14', { guard: 'actor_is_current' }, ORDER, [{}, { seenVersion: 6 }], 'reload');
    check('GU-14', { guard: 'actor_is_current' }, server, [{}, { seenVersion: null }], 'reload');
  });
  it('[GU-15] actor_has_role', () => {
    check('GU-15', { guard: 'actor_has_role', roles: ['legal'] }, [{}, actor('legal')], [{}, actor('comms')], null);
  });
  it('[GU-16] posted_and_matches', () => {
    check('GU-16', { guard: 'posted_and_matches' }, ORDER, [{ reply: null }, {}], 'publish');
    check('GU-16', { guard: 'posted_and_matches' }, ORDER, [reply({ matches: false }), {}], 'settle');
    check('GU-16', { guard: 'posted_and_matches' }, ORDER, [reply({ state: 'unknown' }), {}], 'settle');
    check(
      'GU-16',
      { guard: 'posted_and_matches' },
      ORDER,
      [reply({ state: 'rejected', says: 'too long' }), {}],
      'publish',
    );
  });
  it('[GU-17] public_follow_up_posted_or_declined', () => {
    check(
      'GU-17',
      { guard: 'public_follow_up_posted_or_declined' },
      ORDER,
      [{ followUp: null }, {}],
      'record-follow-up',
    );
  });
  it('[GU-18] remedy_delivered', () => {
    const done = { remedy: { promised: 'a refund', deliveredAt: '2026-03-01T10:00:00.000Z', worth: 20, kind: null } };
    const owed = { remedy: { promised: 'a refund', deliveredAt: null, worth: 20, kind: null } };
    check('GU-18', { guard: 'remedy_delivered' }, [done, {}], [owed, {}], 'deliver-remedy');
    check('GU-18', { guard: 'remedy_delivered' }, ORDER, [owed, {}], 'deliver-remedy');
  });
  it('[GU-19] reason_given', () => {
    check('GU-19', { guard: 'reason_given' }, [{}, { reason: 'because' }], [{}, { reason: '  ' }], 'give-reason');
  });
  it('[GU-20] elapsed', () => {
    const early: Spoil = [{}, { now: '2026-03-01T09:59:59.000Z' }];
    check('GU-20', { guard: 'elapsed', seconds: { 1: 3600, 2: 60 } }, ORDER, early, 'wait');
  });
  it('[GU-21] below_limit', () => {
    check('GU-21', { guard: 'below_limit' }, [{}, { counts: { owned: 39 } }], [{}, { counts: { owned: 40 } }], null);
    check(
      'GU-21',
      { guard: 'below_limit' },
      [{}, { countsOfOwner: { owned: 4 } }],
      [{}, { countsOfOwner: { owned: 5 } }],
      null,
    );
  });
  it('[GU-22] not_moved_within', () => {
    const soon: Spoil = [{}, { now: '2026-03-01T09:00:10.000Z' }];
    check('GU-22', { guard: 'not_moved_within', seconds: { 1: 60 } }, ORDER, soon, 'wait');
  });
  it('[GU-23] private_reason_given', () => {
    check('GU-23', { guard: 'private_reason_given' }, ORDER, [{ fields: {} }, {}], 'set-field');
  });
});

describe('guards in detail', () => {
  it('[GU-1] names each field that lacks, and who may fill it in', () => {
    const found = lacks({ guard: 'has_fields', fields: ['class', 'department'] }, { fields: {} });
    expect(found.map((each) => each.says)).toEqual(['“Class” is not filled in.', '“Department” is not filled in.']);
    expect(found[0]?.who).toContain('responder');
  });

  it('[GU-11] counts no signature that is void, expired or over other words, and asks by name for the rest', () => {
    const spoilt = [
      { voidedAt: '2026-03-01T09:30:00.000Z' },
      { expiresAt: '2026-03-01T09:59:00.000Z' },
      { fingerprint: 'e'.repeat(64) },
    ];
    for (const each of spoilt) {
      const found = lacks(
        { guard: 'sign_offs_valid', signOff: 'reply' },
        { signOffs: [exampleSignOff('usr_bo', 'comms', each)] },
      );
      expect(found[0]?.says).toContain('The signature of Communications or Social lead is missing. Earlier signatures');
    }
    expect(lacks({ guard: 'sign_offs_valid', signOff: 'reply' }, { fingerprint: null })).toHaveLength(1);
  });

  it('[GU-11] a raised level keeps the signature given and asks only for the missing ones', () => {
    const found = lacks({ guard: 'sign_offs_valid', signOff: 'reply' }, {}, { level: 3 });
    expect(found.flatMap((each) => each.who)).toEqual(['legal', 'expert']);
  });

  it('[GU-11] words that touch liability bring legal in from level 2', () => {
    const spoken = draft({ findings: [finding(VOICE.liability, 'warn')] });
    const signOffs = [exampleSignOff('usr_bo', 'comms'), exampleSignOff('usr_di', 'department')];
    const condition = { guard: 'sign_offs_valid', signOff: 'reply' } as const;
    expect(lacks(condition, { signOffs }, { level: 2 })).toEqual([]);
    expect(lacks(condition, { ...spoken, signOffs }, { level: 2 }).flatMap((each) => each.who)).toEqual(['legal']);
    expect(lacks(condition, { ...spoken }, { level: 1 })).toEqual([]);
  });

  it('[GU-12] two authors may sign for each other; an unsigned text is another rule', () => {
    const condition = { guard: 'signer_not_sole_author' } as const;
    expect(
      lacks(condition, {
        ...draft({ authors: ['usr_ann', 'usr_bo'] }),
        signOffs: [exampleSignOff('usr_ann', 'comms')],
      }),
    ).toEqual([]);
    expect(lacks(condition, { signOffs: [] })).toEqual([]);
  });

  it('[GU-24] all, any, not and at_level join guards', () => {
    const yes: Condition = { guard: 'owner_accepted' };
    const no: Condition = { guard: 'reason_given' };
    expect(lacks({ guard: 'all', of: [yes, no] })).toHaveLength(1);
    expect(lacks({ guard: 'any', of: [yes, no] })).toEqual([]);
    expect(lacks({ guard: 'any', of: [no, { guard: 'class_in', classes: ['troll'] }] })).toHaveLength(1);
    expect(lacks({ guard: 'not', of: [no] })).toEqual([]);
    expect(lacks({ guard: 'not', of: [yes] })).toHaveLength(1);
    expect(lacks({ guard: 'at_level', levels: { 3: [no] } })).toEqual([]);
    expect(lacks({ guard: 'at_level', levels: { 3: [no] } }, {}, { level: 3 })).toHaveLength(1);
  });
});
