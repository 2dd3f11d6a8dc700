// What the blocks on roles, levels and assessment turn into: every key said, and what holds where it is left out; and the sentences of their rules.
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { describe, expect, it } from 'vitest';
import { blockRead } from '../block-for-tests.ts';

type Case = [title: string, fence: string, body: string, of: (plan: Playbook) => unknown, is: unknown, rules: string[]];

const CASES: Case[] = [
  [
    'all of roles',
    'roles',
    `lead: { name: Lead, may: [view, triage, own, draft, move, sign, sign], authority: { money: { 1: 0, 2: 50, 3: 2.5 }, promises: [refund, call] } }
legal: { name: Legal, may: [publish, settle, raise_level, lower_level], authority: { money: 10 } }
comms: { name: Comms, may: [manage_sources, manage_people, adopt_playbook, break_glass], authority: { promises: voucher } }
not_one_person:
  - [author, only_signer]`,
    (plan) => plan.roles,
    [
      {
        id: 'lead',
        name: 'Lead',
        may: ['view', 'triage', 'own', 'draft', 'move', 'sign'],
        authority: { money: { 1: 0, 2: 50, 3: 2.5 }, promises: ['refund', 'call'] },
        clause: 'Here §1',
      },
      {
        id: 'legal',
        name: 'Legal',
        may: ['publish', 'settle', 'raise_level', 'lower_level'],
        authority: { money: { 1: 10, 2: 10, 3: 10 }, promises: [] },
        clause: 'Here §2',
      },
      {
        id: 'comms',
        name: 'Comms',
        may: ['manage_sources', 'manage_people', 'adopt_playbook', 'break_glass'],
        authority: { money: { 1: 0, 2: 0, 3: 0 }, promises: ['voucher'] },
        clause: 'Here §3',
      },
    ],
    [
      '§1, 1: Lead may read the board, assess cards, own cards, write replies, move cards and sign. Lead may promise alone nothing of worth at level 1, up to 50 EUR at level 2, up to 2.5 EUR at level 3, of these kinds: refund and call.',
      '§2, 2: Legal may publish, settle an unclear outcome, raise the level and lower the level. Legal may promise alone up to 10 EUR.',
      '§3, 3: Comms may manage sources, manage people, adopt a new plan and break the glass. Comms may promise alone nothing of worth, of these kinds: voucher.',
      '§4, 5: Whoever wrote a reply alone may not be the only one who signs it.',
    ],
  ],
  [
    'one role',
    'roles',
    `lead: { name: Lead, may: view }
legal: { name: Legal, may: [view, view] }
comms: { name: Comms, may: sign }`,
    (plan) => plan.roles,
    [
      { id: 'lead', name: 'Lead', may: ['view'], authority: null, clause: 'Here §1' },
      { id: 'legal', name: 'Legal', may: ['view'], authority: null, clause: 'Here §2' },
      { id: 'comms', name: 'Comms', may: ['sign'], authority: null, clause: 'Here §3' },
    ],
    ['§1, 1: Lead may read the board.', '§2, 2: Legal may read the board.', '§3, 3: Comms may sign.'],
  ],
  [
    'all of levels',
    'levels',
    `1: { name: Calm }
2:
  name: Tense
  raised_by: [the press calls, { volume_over_baseline: 2.5, within: 1h }, { reach: 50000 }, { words: [burn*, (lawyer|court)] }]
  may_raise: [lead, legal]
  may_lower: lead
  lower_after: 4h
  lower_takes: 2
3: { name: Storm, raised_by: [{ repeat_posts: 3, within: 2d }, { severity: 80 }], lower_after: 30m }`,
    (plan) => plan.levels,
    [
      {
        level: 1,
        name: 'Calm',
        raisedBy: [],
        mayRaise: [],
        mayLower: [],
        lowerAfter: 0,
        lowerTakes: 1,
        triggers: [],
        clause: 'Here §1',
      },
      {
        level: 2,
        name: 'Tense',
        raisedBy: [
          'the press calls',
          'posts come at 2.5 times the usual rate within 1 hour',
          'one post reaches more than 50000 people',
          'a post says “burn…” or “lawyer”',
        ],
        mayRaise: ['lead', 'legal'],
        mayLower: ['lead'],
        lowerAfter: 14_400,
        lowerTakes: 2,
        triggers: [
          { on: 'volume_over_baseline', at: 2.5, within: 3600 },
          { on: 'reach', at: 50_000, within: null },
          { on: 'words', words: ['burn*', '(lawyer|court)'] },
        ],
        clause: 'Here §2',
      },
      {
        level: 3,
        name: 'Storm',
        raisedBy: ['the same person writes 3 times within 2 days', 'a post is as severe as 80 of 100'],
        mayRaise: [],
        mayLower: [],
        lowerAfter: 1800,
        lowerTakes: 1,
        triggers: [
          { on: 'repeat_posts', at: 3, within: 172_800 },
          { on: 'severity', at: 80, within: null },
        ],
        clause: 'Here §3',
      },
    ],
    [
      '§1, 1: Level 1, Calm.',
      '§2, 2: Level 2, Tense when the press calls, posts come at 2.5 times the usual rate within 1 hour, one post reaches more than 50000 people or a post says “burn…” or “lawyer”. Lead or Legal may raise to it. It may be lowered after 4 hours by Lead, and takes 2 people.',
      '§3, 9: Level 3, Storm when the same person writes 3 times within 2 days or a post is as severe as 80 of 100. It may be lowered after 30 minutes.',
    ],
  ],
  [
    'all of triage',
    'triage',
    `classes:
  praise: { name: Praise, first_stage: open, department: goods, words: [thanks, great], reply: false }
  plain: { name: Plain }
departments: { goods: Goods, bills: Bills }
fields:
  region: { name: Region, choices: { north: North, south: South } }
  note: { name: Note }
required: [class, region]`,
    (plan) => plan.triage,
    {
      classes: [
        {
          id: 'praise',
          name: 'Praise',
          firstStage: 'open',
          department: 'goods',
          reply: false,
          words: ['thanks', 'great'],
          clause: 'Here §1',
        },
        { id: 'plain', name: 'Plain', firstStage: null, department: null, reply: true, words: [], clause: 'Here §2' },
      ],
      fields: [
        {
          id: 'class',
          name: 'Class',
          choices: [
            { id: 'praise', name: 'Praise' },
            { id: 'plain', name: 'Plain' },
          ],
        },
        {
          id: 'department',
          name: 'Department',
          choices: [
            { id: 'goods', name: 'Goods' },
            { id: 'bills', name: 'Bills' },
          ],
        },
        {
          id: 'region',
          name: 'Region',
          choices: [
            { id: 'north', name: 'North' },
            { id: 'south', name: 'South' },
          ],
        },
        { id: 'note', name: 'Note', choices: null },
      ],
      required: ['class', 'region'],
    },
    [
      '§1, 2: Praise, goes to Around 2 first, needs no answer.',
      '§2, 3: Plain.',
      '§3, 4: A card belongs to Goods or Bills.',
      '§4, 6: “Region” is answered with North or South.',
      '§5, 7: “Note” is answered in words.',
      '§6, 8: Every card has “Class” and “Region” before it leaves assessment.',
    ],
  ],
  [
    'what triage needs',
    'triage',
    `classes: { praise: { name: Praise, reply: true } }`,
    (plan) => plan.triage,
    {
      classes: [
        { id: 'praise', name: 'Praise', firstStage: null, department: null, reply: true, words: [], clause: 'Here §1' },
      ],
      fields: [{ id: 'class', name: 'Class', choices: [{ id: 'praise', name: 'Praise' }] }],
      required: [],
    },
    ['§1, 1: Praise.'],
  ],
];

describe('the blocks on roles, levels and assessment', () => {
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
