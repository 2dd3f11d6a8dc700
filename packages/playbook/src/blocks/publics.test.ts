// What the blocks on where and what we say in public turn into: every key said, and what holds where it is left out; and the sentences of their rules.
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { describe, expect, it } from 'vitest';
import { blockRead } from '../block-for-tests.ts';

type Case = [title: string, fence: string, body: string, of: (plan: Playbook) => unknown, is: unknown, rules: string[]];

const CASES: Case[] = [
  [
    'all of channels',
    'channels',
    `forum: { accounts: [us, help], published_by: [lead, comms], confirmed_by: notice, on_unknown: hold_for_person }
site: { accounts: we, published_by: { 1: [lead, comms], 2: [lead, comms], 3: lead }, confirmed_by: person }
wire: { accounts: we, published_by: lead }`,
    (plan) => plan.channels,
    [
      {
        platform: 'forum',
        accounts: ['us', 'help'],
        publishedBy: { 1: ['lead', 'comms'], 2: ['lead', 'comms'], 3: ['lead', 'comms'] },
        confirmedBy: 'notice',
        onUnknown: 'hold_for_person',
        clause: 'Here §1',
      },
      {
        platform: 'site',
        accounts: ['we'],
        publishedBy: { 1: ['lead', 'comms'], 2: ['lead', 'comms'], 3: ['lead'] },
        confirmedBy: 'person',
        onUnknown: 'hold_for_person',
        clause: 'Here §2',
      },
      {
        platform: 'wire',
        accounts: ['we'],
        publishedBy: { 1: ['lead'], 2: ['lead'], 3: ['lead'] },
        confirmedBy: 'answer',
        onUnknown: 'hold_for_person',
        clause: 'Here §3',
      },
    ],
    [
      '§1, 1: On forum Lead or Comms publishes from us or help; a reply stands when the platform tells us later, and what nobody knows is held for a person.',
      '§2, 2: To publish on site from we takes Lead or Comms at level 1 to 2, Lead at level 3; a reply stands when a person looked, and what nobody knows is held for a person.',
      '§3, 3: On wire Lead publishes from we; a reply stands when the platform says so when it is sent, and what nobody knows is held for a person.',
    ],
  ],
  [
    'all of private',
    'private',
    `policy: prefer_private
pointer: We have written to you
returns: { within: { 1: 2d, 2: 1d, 3: 1d }, declined_counts: false }
redact_after: 30d`,
    (plan) => plan.private,
    {
      policy: 'prefer_private',
      pointer: 'We have written to you',
      returns: { within: { 1: 172_800, 2: 86_400, 3: 86_400 }, declinedCounts: false },
      redactAfter: 2_592_000,
      clause: 'Here §1',
    },
    [
      '§1, 1: We settle in private where we can, and always come back in public.',
      '§2, 2: Before it goes private we say in public: “We have written to you.”',
      '§3, 3: We are back in public within 2 days at level 1, 1 day from level 2.',
      '§4, 4: Private text is redacted 30 days after the end.',
    ],
  ],
  [
    'what private needs',
    'private',
    `policy: personal_data_only`,
    (plan) => plan.private,
    { policy: 'personal_data_only', pointer: null, returns: null, redactAfter: null, clause: 'Here §1' },
    ['§1, 1: We go private for personal data only.'],
  ],
  [
    'a way back',
    'private',
    `policy: either
pointer: We wrote to you!
returns: { within: 2d }`,
    (plan) => plan.private,
    {
      policy: 'either',
      pointer: 'We wrote to you!',
      returns: { within: { 1: 172_800, 2: 172_800, 3: 172_800 }, declinedCounts: true },
      redactAfter: null,
      clause: 'Here §1',
    },
    [
      '§1, 1: We answer in public or in private, as the person likes, and always come back in public.',
      '§2, 2: Before it goes private we say in public: “We wrote to you!”',
      '§3, 3: We are back in public within 2 days, unless the person declined.',
    ],
  ],
  [
    'all of statements',
    'statements',
    `sorry: { kind: holding, text: "We look at {what} and {when}, {what}", slots: { what: the matter, when: the hour }, levels: [1, 3], valid_until: 2026-12-31, cleared_by: [lead, legal] }
over: { kind: closing, text: It is over! }
back: { kind: retraction, text: We were wrong?, levels: 2 }
more: { kind: correction, text: "It  is so." }`,
    (plan) => plan.statements,
    [
      {
        id: 'sorry',
        kind: 'holding',
        text: 'We look at {what} and {when}, {what}',
        slots: [
          { id: 'what', name: 'the matter' },
          { id: 'when', name: 'the hour' },
        ],
        levels: [1, 3],
        validUntil: '2026-12-31',
        clearedBy: ['lead', 'legal'],
        clause: 'Here §1',
      },
      {
        id: 'over',
        kind: 'closing',
        text: 'It is over!',
        slots: [],
        levels: [1, 2, 3],
        validUntil: null,
        clearedBy: [],
        clause: 'Here §2',
      },
      {
        id: 'back',
        kind: 'retraction',
        text: 'We were wrong?',
        slots: [],
        levels: [2],
        validUntil: null,
        clearedBy: [],
        clause: 'Here §3',
      },
      {
        id: 'more',
        kind: 'correction',
        text: 'It  is so.',
        slots: [],
        levels: [1, 2, 3],
        validUntil: null,
        clearedBy: [],
        clause: 'Here §4',
      },
    ],
    [
      '§1, 1: Holding text for level 1 and 3, until 2026-12-31, cleared by Lead and Legal: “We look at {what} and {when}, {what}”.',
      '§2, 2: Closing statement for level 1, 2 and 3: “It is over!”',
      '§3, 3: Retraction for level 2: “We were wrong?”',
      '§4, 4: Correction for level 1, 2 and 3: “It is so.”',
    ],
  ],
];

describe('the blocks on where and what we say in public', () => {
  it.each(CASES)(
    '[PB-12] (%s) read whole, with a numbered sentence for every key that has one',
    (_, fence, body, of, is, rules) => {
      const read = blockRead(fence, body);
      expect(read.faults).toEqual([]);
      expect(read.plan && of(read.plan)).toEqual(is);
      expect(read.rules).toEqual(rules);
    },
  );
});
