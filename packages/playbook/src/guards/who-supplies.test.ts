import type { CardView, MoveFacts } from '@rejoinder/contracts/cards';
import type { Ability, Condition } from '@rejoinder/contracts/playbooks';
import type { RoomFacts } from '@rejoinder/contracts/room-facts';
import { VOICE } from '@rejoinder/contracts/voice-numbers';
import { describe, expect, it } from 'vitest';
import { exampleCard, exampleFacts, exampleSignOff } from '../example-move.ts';
import { stageOf } from '../levels.ts';
import { planWith } from '../plan-for-tests.ts';
import { judge } from './judge.ts';
import type { Lack } from './judging.ts';
import { judgeRoom } from './room.ts';

const ABILITIES: Ability[] = ['view', 'triage', 'own', 'draft', 'move', 'sign', 'publish', 'settle'];
const OF_THE_ROOM: Ability[] = ['raise_level', 'lower_level', 'manage_sources', 'manage_people'];

/** Every ability is held by one role of its own name, so that who is named tells which ability was meant. */
const plan = planWith((playbook) => ({
  ...playbook,
  roles: [...ABILITIES, ...OF_THE_ROOM].map((ability) => ({
    id: ability,
    name: ability,
    may: [ability],
    authority: ability === 'own' ? { money: { 1: 50 }, promises: [] } : null,
    clause: '',
  })),
  stages: playbook.stages.map((stage) => ({
    ...stage,
    workedBy: ['own'],
    checklist: { 1: ['Looked up'] },
    limit:
      stage.id === 'drafting' ? { cards: { 1: 3 }, perPerson: { 1: 2 }, strength: 'block' as const, clause: '' } : null,
  })),
  crisis: [{ id: 'victim', name: 'Victim', signs: [], allowed: ['inform'], forbidden: [], clause: '' }],
}));

/** Whom each lack names and which buttons it offers, without their words; both are always said in words. */
function offered(lacks: Lack[]) {
  return lacks.map(({ says, who, fix }) => {
    expect(says).not.toBe('');
    return {
      who,
      fix: fix.map(({ says, ...button }) => {
        expect(says).not.toBe('');
        return button;
      }),
    };
  });
}

function onCard(condition: Condition, card: Partial<CardView>, facts: Partial<MoveFacts> = {}) {
  const [from, to] = [stageOf(plan, 'owned'), stageOf(plan, 'drafting')];
  if (!from || !to) throw new Error('no stage');
  return offered(judge({ playbook: plan, facts: exampleFacts('owned', card, facts), from, to }, condition));
}

const example = exampleCard('owned');
const draft = (changes: Partial<NonNullable<CardView['draft']>>) => ({
  draft: example.draft && { ...example.draft, ...changes },
});
const reply = (changes: Partial<NonNullable<CardView['reply']>>) => ({
  reply: example.reply && { ...example.reply, ...changes },
});
const finding = (rule: string) => ({ rule, clause: 'Voice §1', strength: 'block', says: 'Not so.' });
const promised = (worth: number | null) => ({ remedy: { promised: 'Money', deliveredAt: null, worth, kind: null } });
const open = { do: 'open-draft', from: null, to: null };
const ask = (...roles: string[]) => roles.map((role) => ({ do: 'ask-sign-off', role }));

type Row = [Condition, Partial<CardView>, string[], object[], Partial<MoveFacts>?];
const cards: Row[] = [
  [{ guard: 'has_fields', fields: ['class'] }, { fields: {} }, ['triage'], [{ do: 'set-field', field: 'class' }]],
  [{ guard: 'class_in', classes: ['troll'] }, {}, ['triage'], [{ do: 'set-field', field: 'class' }]],
  [{ guard: 'level_at_least', level: 2 }, {}, ['raise_level'], []],
  [{ guard: 'owner_accepted' }, { owner: null }, ['own'], [{ do: 'take-card' }]],
  [{ guard: 'owner_accepted' }, { owner: { userId: 'u', acceptedAt: null } }, [], [{ do: 'accept-card' }]],
  [{ guard: 'draft_not_empty' }, { draft: null }, ['draft'], [open]],
  [{ guard: 'length_within_channel' }, draft({ tooLong: true }), ['draft'], [open]],
  [{ guard: 'same_platform_as_origin' }, { platform: 'bluesky' }, ['manage_sources'], []],
  [{ guard: 'account_allowed' }, { account: null }, ['manage_sources'], []],
  [{ guard: 'voice_clean' }, draft({ findings: [finding(VOICE.phrase)] }), ['draft'], [open]],
  [{ guard: 'no_personal_data' }, draft({ findings: [finding(VOICE.personalData)] }), ['draft'], [open]],
  [{ guard: 'sign_offs_valid', signOff: 'reply' }, { signOffs: [] }, ['comms', 'legal'], ask('comms', 'legal')],
  [
    { guard: 'signer_not_sole_author' },
    { signOffs: [exampleSignOff('usr_ann', 'comms')] },
    ['comms', 'legal'],
    ask('comms', 'legal'),
  ],
  [
    { guard: 'no_unseen_mention_from_author' },
    { posts: { ...example.posts, unseen: 1 } },
    ['view'],
    [{ do: 'read-posts' }],
  ],
  [{ guard: 'actor_is_current' }, { version: 8 }, [], [{ do: 'reload' }]],
  [{ guard: 'actor_has_role', roles: ['legal', 'comms'] }, {}, ['legal', 'comms'], []],
  [{ guard: 'posted_and_matches' }, { reply: null }, ['publish'], [{ do: 'publish' }]],
  [{ guard: 'posted_and_matches' }, reply({ matches: false }), ['settle'], [{ do: 'settle' }]],
  [{ guard: 'posted_and_matches' }, reply({ state: 'unknown' }), ['settle'], [{ do: 'settle' }]],
  [{ guard: 'posted_and_matches' }, reply({ state: 'held' }), ['settle'], [{ do: 'settle' }]],
  [{ guard: 'posted_and_matches' }, reply({ state: 'approved' }), [], [{ do: 'wait', until: null }]],
  [{ guard: 'posted_and_matches' }, reply({ state: 'sending' }), [], [{ do: 'wait', until: null }]],
  [{ guard: 'posted_and_matches' }, reply({ state: 'rejected' }), ['publish'], [{ do: 'publish' }]],
  [
    { guard: 'posted_and_matches' },
    reply({ publishedAt: '2026-03-01T08:59:59.000Z', fingerprint: 'other' }),
    ['publish'],
    [{ do: 'publish' }],
  ],
  [{ guard: 'public_follow_up_posted_or_declined' }, { followUp: null }, ['draft'], [{ do: 'record-follow-up' }]],
  [{ guard: 'remedy_delivered' }, promised(10), ['own'], [{ do: 'deliver-remedy' }]],
  [{ guard: 'reason_given' }, {}, [], [{ do: 'give-reason' }]],
  [{ guard: 'elapsed', seconds: { 1: 7200 } }, {}, [], [{ do: 'wait', until: '2026-03-01T11:00:00.000Z' }]],
  [{ guard: 'not_moved_within', seconds: { 1: 7200 } }, {}, [], [{ do: 'wait', until: '2026-03-01T11:00:00.000Z' }]],
  [{ guard: 'elapsed', seconds: { 1: 1 } }, { enteredStageAt: 'some day' }, [], [{ do: 'wait', until: null }]],
  [{ guard: 'below_limit' }, {}, ['own'], [], { counts: { drafting: 3 } }],
  [{ guard: 'below_limit' }, {}, ['own'], [], { countsOfOwner: { drafting: 2 } }],
  [
    { guard: 'private_reason_given' },
    { fields: {} },
    [],
    [{ do: 'set-field', field: 'private_reason' }, { do: 'give-reason' }],
  ],
  [{ guard: 'owner_authority_covers_remedy' }, promised(null), ['triage'], [{ do: 'say-remedy' }]],
  [{ guard: 'owner_authority_covers_remedy' }, { fields: { remedy: 'Money' } }, ['triage'], [{ do: 'say-remedy' }]],
  [{ guard: 'owner_authority_covers_remedy' }, { ...promised(10), owner: null }, ['own'], [{ do: 'take-card' }]],
  [{ guard: 'owner_authority_covers_remedy' }, promised(10), ['own'], [{ do: 'give-card', role: 'own' }]],
  [{ guard: 'owner_authority_covers_remedy' }, promised(51), ['own'], [{ do: 'say-remedy' }]],
  [{ guard: 'department_contacted' }, {}, ['triage'], [{ do: 'record-fact', fact: 'department_contacted' }]],
  [{ guard: 'checklist_complete' }, {}, ['own'], [{ do: 'tick', stage: 'owned', item: 'Looked up' }]],
  [{ guard: 'not_too_like_sent' }, {}, ['draft'], [open], { likest: { cardId: 'card_2', share: 0.5, text: 'So.' } }],
  [{ guard: 'comments_resolved' }, { openComments: 1 }, ['draft', 'sign'], [{ do: 'read-comments' }]],
  [{ guard: 'claims_in_fact_sheet' }, {}, ['sign'], [{ do: 'record-fact', fact: 'claims_checked' }]],
  [
    { guard: 'strategy_allowed' },
    { fields: { crisis_type: 'victim' } },
    ['triage'],
    [{ do: 'set-field', field: 'strategy' }],
  ],
  [
    { guard: 'strategy_allowed' },
    { fields: { crisis_type: 'victim', strategy: 'deny' } },
    ['triage'],
    [{ do: 'set-field', field: 'strategy' }],
  ],
  [
    { guard: 'public_pointer_posted' },
    { reply: null },
    ['publish'],
    [{ do: 'publish' }, { do: 'record-fact', fact: 'public_pointer' }],
  ],
  [{ guard: 'no_breach_open' }, {}, [], [{ do: 'see-room', part: 'playbook' }]],
];

const QUIET: RoomFacts = {
  now: '2026-03-01T12:00:00.000Z',
  level: 1,
  levelSince: '2026-03-01T09:00:00.000Z',
  members: [],
  readers: null,
  playbookVersion: 1,
  freezeConfirmedAt: null,
  holdingPostedAt: null,
  nextUpdateDueAt: null,
  openBreaches: null,
  oldestUnansweredAt: null,
  volumeBelowSince: null,
  closingStatementAt: null,
  retrospectiveAt: null,
};
const see = (part: string) => [{ do: 'see-room', part }];
const rooms: [Condition, string[], object[], Partial<RoomFacts>?][] = [
  [{ guard: 'roles_filled', roles: ['sign'] }, ['manage_people'], see('people')],
  [{ guard: 'readers_confirmed', roles: ['sign'] }, ['sign'], see('playbook')],
  [{ guard: 'freeze_confirmed' }, ['raise_level'], see('crisis')],
  [{ guard: 'holding_posted_within', seconds: { 1: 60 } }, ['raise_level'], see('crisis')],
  [
    { guard: 'holding_posted_within', seconds: { 1: 60 } },
    ['raise_level'],
    see('crisis'),
    { holdingPostedAt: '2026-03-01T09:01:01.000Z' },
  ],
  [{ guard: 'update_not_overdue' }, ['raise_level'], see('crisis')],
  [{ guard: 'update_not_overdue' }, ['raise_level'], see('crisis'), { nextUpdateDueAt: '2026-03-01T11:00:00.000Z' }],
  [{ guard: 'no_breach_open' }, ['move'], see('board')],
  [{ guard: 'oldest_unanswered_below', seconds: { 1: 60 } }, ['draft'], see('board')],
  [{ guard: 'volume_below_baseline_for', seconds: { 1: 60 } }, ['lower_level'], [{ do: 'wait', until: null }]],
  [{ guard: 'closing_statement_posted' }, ['raise_level'], see('crisis')],
  [{ guard: 'retrospective_scheduled' }, ['raise_level'], see('crisis')],
  [{ guard: 'reason_given' }, [], see('playbook')],
];

describe('what lacks names who can supply it, and offers what to press', () => {
  for (const [condition, card, who, fix, facts] of cards)
    it(`[MV-6] ${condition.guard} about a card: ${JSON.stringify(facts ?? card).slice(0, 60)}`, () => {
      expect(onCard(condition, card, facts)).toEqual([{ who, fix }]);
    });
  for (const [condition, who, fix, facts] of rooms)
    it(`[MV-6] ${condition.guard} about the room: ${JSON.stringify(facts ?? {})}`, () => {
      expect(offered(judgeRoom({ playbook: plan, facts: { ...QUIET, ...facts } }, condition))).toEqual([{ who, fix }]);
    });
});
