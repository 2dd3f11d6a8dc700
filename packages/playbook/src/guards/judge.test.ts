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
  draft: { id: 'drf_1', generation: 1, empty: false, tooLong: false, findings: [], authors: ['usr_ann'], ...changes },
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

/** Rule, condition, how it is met (nothing spoilt where left out), how it is not, and the first fix offered. */
type Row = [
  string,
  Condition,
  [Partial<CardView>, Partial<MoveFacts>],
  [Partial<CardView>, Partial<MoveFacts>],
  string | null,
];
const rows: Row[] = [
  [
    'GU-1',
    { guard: 'has_fields', fields: ['class', 'department'] },
    [{}, {}],
    [{ fields: { class: 'complaint', department: ' ' } }, {}],
    'set-field',
  ],
  ['GU-2', { guard: 'class_in', classes: ['complaint'] }, [{}, {}], [{ fields: { class: 'troll' } }, {}], 'set-field'],
  ['GU-3', { guard: 'level_at_least', level: 2 }, [{}, { level: 2 }], [{}, { level: 1 }], null],
  ['GU-4', { guard: 'owner_accepted' }, [{}, {}], [{ owner: null }, {}], 'take-card'],
  [
    'GU-4',
    { guard: 'owner_accepted' },
    [{}, {}],
    [{ owner: { userId: 'usr_ann', acceptedAt: null } }, {}],
    'accept-card',
  ],
  ['GU-5', { guard: 'draft_not_empty' }, [{}, {}], [draft({ empty: true }), {}], 'open-draft'],
  ['GU-5', { guard: 'draft_not_empty' }, [{}, {}], [{ draft: null }, {}], 'open-draft'],
  ['GU-6', { guard: 'length_within_channel' }, [{}, {}], [draft({ tooLong: true }), {}], 'open-draft'],
  ['GU-7', { guard: 'same_platform_as_origin' }, [{}, {}], [{ platform: 'bluesky' }, {}], null],
  ['GU-8', { guard: 'account_allowed' }, [{}, {}], [{ account: 'acc_other' }, {}], null],
  ['GU-8', { guard: 'account_allowed' }, [{}, {}], [{ account: null }, {}], null],
  [
    'GU-9',
    { guard: 'voice_clean' },
    [draft({ findings: [finding(VOICE.liability), finding(VOICE.phrase, 'warn')] }), {}],
    [draft({ findings: [finding(VOICE.phrase)] }), {}],
    'open-draft',
  ],
  [
    'GU-10',
    { guard: 'no_personal_data' },
    [draft({ findings: [finding(VOICE.phrase)] }), {}],
    [draft({ findings: [finding(VOICE.personalData)] }), {}],
    'open-draft',
  ],
  ['GU-11', { guard: 'sign_offs_valid', signOff: 'reply' }, [{}, {}], [{ signOffs: [] }, {}], 'ask-sign-off'],
  [
    'GU-12',
    { guard: 'signer_not_sole_author' },
    [{}, {}],
    [{ signOffs: [exampleSignOff('usr_ann', 'comms')] }, {}],
    'ask-sign-off',
  ],
  [
    'GU-13',
    { guard: 'no_unseen_mention_from_author' },
    [{}, {}],
    [{ posts: { ...exampleCard('new').posts, unseen: 2 } }, {}],
    'read-posts',
  ],
  ['GU-14', { guard: 'actor_is_current' }, [{}, {}], [{}, { seenVersion: 6 }], 'reload'],
  [
    'GU-14',
    { guard: 'actor_is_current' },
    [{}, { seenVersion: null, actor: { kind: 'system', id: 'sys', name: 'Rejoinder', roles: [] } }],
    [{}, { seenVersion: null }],
    'reload',
  ],
  ['GU-15', { guard: 'actor_has_role', roles: ['legal'] }, [{}, actor('legal')], [{}, actor('comms')], null],
  ['GU-16', { guard: 'posted_and_matches' }, [{}, {}], [{ reply: null }, {}], 'publish'],
  ['GU-16', { guard: 'posted_and_matches' }, [{}, {}], [reply({ matches: false }), {}], 'settle'],
  ['GU-16', { guard: 'posted_and_matches' }, [{}, {}], [reply({ state: 'unknown' }), {}], 'settle'],
  ['GU-17', { guard: 'public_follow_up_posted_or_declined' }, [{}, {}], [{ followUp: null }, {}], 'record-follow-up'],
  [
    'GU-18',
    { guard: 'remedy_delivered' },
    [{ remedy: { promised: 'a refund', deliveredAt: '2026-03-01T10:00:00.000Z' } }, {}],
    [{ remedy: { promised: 'a refund', deliveredAt: null } }, {}],
    'deliver-remedy',
  ],
  ['GU-19', { guard: 'reason_given' }, [{}, { reason: 'because' }], [{}, { reason: '  ' }], 'give-reason'],
  [
    'GU-20',
    { guard: 'elapsed', seconds: { 1: 3600, 2: 60 } },
    [{}, {}],
    [{}, { now: '2026-03-01T09:59:59.000Z' }],
    'wait',
  ],
  ['GU-21', { guard: 'below_limit' }, [{}, {}], [{}, { counts: { owned: 40 } }], null],
  [
    'GU-21',
    { guard: 'below_limit' },
    [{}, { countsOfOwner: { owned: 4 } }],
    [{}, { countsOfOwner: { owned: 5 } }],
    null,
  ],
  [
    'GU-22',
    { guard: 'not_moved_within', seconds: { 1: 60 } },
    [{}, {}],
    [{}, { now: '2026-03-01T09:00:10.000Z' }],
    'wait',
  ],
  ['GU-23', { guard: 'private_reason_given' }, [{}, {}], [{ fields: {} }, {}], 'set-field'],
];

describe('guards', () => {
  it.each(rows)('[%s] passes and fails beside each other', (rule, condition, met, unmet, fix) => {
    expect(GUARD_RULES[condition.guard]).toBe(rule);
    expect(lacks(condition, met[0], met[1], 'owned')).toEqual([]);
    const found = lacks(condition, unmet[0], unmet[1], 'owned');
    expect(found.length).toBeGreaterThan(0);
    for (const each of found) expect(each.says).toMatch(/^[“A-Z0-9].*\.$/);
    expect(found[0]?.fix[0]?.do ?? null).toBe(fix);
  });

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
