import type { CardView, FactView, MoveFacts } from '@rejoinder/contracts/cards';
import type { Condition } from '@rejoinder/contracts/playbooks';
import { VOICE } from '@rejoinder/contracts/voice-numbers';
import { describe, expect, it } from 'vitest';
import { exampleCard, exampleFacts, exampleSignOff } from '../example-move.ts';
import { stageOf } from '../levels.ts';
import { planWith } from '../plan-for-tests.ts';
import { judge } from './judge.ts';

const trial = planWith();
function lacks(condition: Condition, card: Partial<CardView> = {}, facts: Partial<MoveFacts> = {}, playbook = trial) {
  const [from = null, to] = [stageOf(playbook, 'owned'), stageOf(playbook, 'drafting')];
  if (!to) throw new Error('no stage');
  return judge({ playbook, facts: exampleFacts('owned', card, facts), from, to }, condition);
}
const says = (...of: Parameters<typeof lacks>) => lacks(...of).map((lack) => lack.says);

const example = exampleCard('owned');
const draft = (changes: Partial<NonNullable<CardView['draft']>>) => ({
  draft: example.draft && { ...example.draft, ...changes },
});
const reply = (changes: Partial<NonNullable<CardView['reply']>>) => ({
  reply: example.reply && { ...example.reply, ...changes },
});
const fact = (name: FactView['fact'], fingerprint: string | null = null): FactView => ({
  fact: name,
  by: 'usr_ann',
  name: 'Ann',
  at: '2026-03-01T09:30:00.000Z',
  note: '',
  fingerprint,
});

describe('the reply of this round', () => {
  const posted = { guard: 'posted_and_matches' } as const;
  const BEFORE = '2026-03-01T08:59:59.999Z';

  it('[GU-16] a reply with other words from before the card came here answers nothing new', () => {
    expect(says(posted, reply({ publishedAt: BEFORE, fingerprint: 'other' }))).toEqual([
      'The reply to their newest post has not been published.',
    ]);
    expect(says(posted, reply({ publishedAt: null, fingerprint: 'other' }))).toHaveLength(1);
    expect(says(posted, reply({ publishedAt: BEFORE }))).toEqual([]);
    expect(says(posted, reply({ fingerprint: 'other' }))).toEqual([]);
    expect(says(posted, reply({ publishedAt: '2026-03-01T09:00:00.000Z', fingerprint: 'other' }))).toEqual([]);
  });

  it('[GU-16] tells what the platform said, where it said something', () => {
    expect(says(posted, reply({ state: 'rejected', says: 'too long' }))).toEqual([
      'The platform refused the reply: too long.',
    ]);
    expect(says(posted, reply({ state: 'rejected', says: null }))).toEqual(['The platform refused the reply.']);
    expect(says(posted, reply({ state: 'held' }))).toEqual(['The reply is held back.']);
    expect(says(posted, reply({ state: 'unknown' }))).toEqual(['It is not known whether the reply went out.']);
  });

  it('[GU-32] another fact points nowhere, and neither does a reply of an earlier round', () => {
    const pointer = { guard: 'public_pointer_posted' } as const;
    expect(says(pointer, { reply: null, facts: [fact('department_contacted')] })).toHaveLength(1);
    expect(says(pointer, { reply: null, facts: [fact('department_contacted'), fact('public_pointer')] })).toEqual([]);
    expect(says(pointer, reply({ publishedAt: BEFORE, fingerprint: 'other' }))).toHaveLength(1);
  });
});

describe('signatures', () => {
  const signed = { guard: 'sign_offs_valid', signOff: 'reply' } as const;
  const lost = 'Earlier signatures are over other words or have run out.';

  it('[GU-11] a signature runs out at its instant; one without an end does not; without words none counts', () => {
    const until = (expiresAt: string | null) => ({ signOffs: [exampleSignOff('usr_bo', 'comms', { expiresAt })] });
    expect(says(signed, until('2026-03-01T10:00:00.001Z'))).toEqual([]);
    expect(says(signed, until('2026-03-01T10:00:00.000Z'))).toEqual([expect.stringContaining(lost)]);
    expect(says(signed, until(null))).toEqual([]);
    const nothing = {
      fingerprint: null,
      signOffs: [exampleSignOff('usr_bo', 'comms', { fingerprint: null as never })],
    };
    expect(says(signed, nothing)).toHaveLength(1);
  });

  it('[GU-11] tells how many are missing, and of lost ones only where some were lost', () => {
    const quorum = planWith((playbook) => ({
      ...playbook,
      signOffs: playbook.signOffs.map((each) => ({
        ...each,
        agree: { 1: { need: 'quorum' as const, quorum: 2, roles: ['comms', 'legal', 'executive'], ifLiability: [] } },
      })),
    }));
    expect(says(signed, { signOffs: [] }, {}, quorum)).toEqual([
      '2 signatures of Communications, Legal or Executive are missing.',
    ]);
    expect(says(signed, {}, {}, quorum)).toEqual(['The signature of Legal or Executive is missing.']);
    const void_ = { voidedAt: '2026-03-01T09:30:00.000Z' };
    const both = [exampleSignOff('usr_bo', 'comms'), exampleSignOff('usr_cy', 'legal', void_)];
    expect(says(signed, { signOffs: both }, {}, quorum)).toEqual([
      `The signature of Legal or Executive is missing. ${lost}`,
    ]);
  });

  it('[GU-11] liability is brought in by the words or by the field, and by nothing else', () => {
    const careful = planWith((playbook) => ({
      ...playbook,
      signOffs: playbook.signOffs.map((each) => ({
        ...each,
        agree: { 1: { need: 'any' as const, quorum: 1, roles: ['comms'], ifLiability: ['legal'] } },
      })),
    }));
    const found = (rule: string) => draft({ findings: [{ rule, clause: '', strength: 'warn', says: 'Hm.' }] });
    const who = (card: Partial<CardView>) => lacks(signed, card, {}, careful).flatMap((each) => each.who);
    expect(who({})).toEqual([]);
    expect(who({ draft: null })).toEqual([]);
    expect(who(found(VOICE.liability))).toEqual(['legal']);
    expect(who(found(VOICE.phrase))).toEqual([]);
    expect(who({ fields: { liability: 'yes' } })).toEqual(['legal']);
    expect(who({ fields: { liability: 'no' } })).toEqual([]);
  });

  it('[GU-12] one other signer is enough; nobody wrote it, nobody is asked; the roles still open are named', () => {
    const alone = { guard: 'signer_not_sole_author' } as const;
    const own = exampleSignOff('usr_ann', 'comms');
    expect(says(alone, { signOffs: [own, exampleSignOff('usr_bo', 'legal')] })).toEqual([]);
    expect(says(alone, { signOffs: [own], ...draft({ authors: [] }) })).toEqual([]);
    expect(says(alone, { signOffs: [own], draft: null })).toEqual([]);
    expect(says(alone, { signOffs: [own, exampleSignOff('usr_bo', 'legal', { voidedAt: 'x' })] })).toHaveLength(1);
    const unsigned = { ...trial, signOffs: trial.signOffs.map((each) => ({ ...each, agree: {} })) };
    expect(lacks(alone, { signOffs: [own] }, {}, unsigned)[0]?.who).toEqual([
      'social_lead',
      'comms',
      'legal',
      'executive',
    ]);
    expect(lacks(alone, { signOffs: [own] }, {}, { ...trial, signOffs: [] })[0]?.who).toContain('legal');
  });
});

describe('words in comparison', () => {
  it('[GU-29] a long earlier reply is told short', () => {
    const like = (text: string) => ({ likest: { cardId: 'card_2', share: 0.9, text } });
    const [whole] = says({ guard: 'not_too_like_sent' }, {}, like('x'.repeat(120)));
    const [cut] = says({ guard: 'not_too_like_sent' }, {}, like('x'.repeat(121)));
    expect(whole).toContain(`“${'x'.repeat(120)}”`);
    expect(cut).toContain(`“${'x'.repeat(119)}…”`);
  });

  it('[GU-30] where the story has approved facts, each claim outside them asks for whom the plan asks about liability', () => {
    const facts = (...outside: string[]) => ({ storyId: 'sto_1', version: 2, sheet: 's', covered: true, outside });
    const claims = { guard: 'claims_in_fact_sheet' } as const;
    expect(says(claims, draft({ facts: facts() }))).toEqual([]);
    expect(says(claims, draft({ facts: facts(), empty: true }))).toHaveLength(1);
    const signOffs = trial.signOffs.map((each) => ({
      ...each,
      agree: Object.fromEntries(
        Object.entries(each.agree).map(([level, agreement]) => [level, { ...agreement, ifLiability: ['legal'] }]),
      ),
    }));
    const found = lacks(claims, draft({ facts: facts('15,000', 'x'.repeat(130)) }), {}, { ...trial, signOffs });
    expect(found).toMatchObject([
      {
        says: '“15,000” stands in no approved fact of this story.',
        who: ['legal'],
        fix: [
          { do: 'open-draft' },
          { do: 'record-fact', fact: 'claims_checked', says: expect.stringContaining('Legal') },
        ],
      },
      { says: expect.stringContaining('…”') },
    ]);
    const checked = { ...draft({ facts: facts('15,000') }), facts: [fact('claims_checked', example.fingerprint)] };
    expect(says(claims, checked)).toEqual([]);
    const nobody = { ...trial, signOffs: [] };
    expect(lacks(claims, draft({ facts: facts('15,000') }), {}, nobody)[0]?.who).toContain('comms');
  });

  it('[GU-30] another fact about the same words is no check of their claims', () => {
    const words = example.fingerprint;
    expect(says({ guard: 'claims_in_fact_sheet' }, { facts: [fact('public_pointer', words)] })).toHaveLength(1);
    const both = [fact('public_pointer', words), fact('claims_checked', words)];
    expect(says({ guard: 'claims_in_fact_sheet' }, { facts: both })).toEqual([]);
  });
});
