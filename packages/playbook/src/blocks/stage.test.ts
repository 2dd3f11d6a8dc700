// What the block of a column turn into: every key said, and what holds where it is left out; and the sentences of their rules.
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { describe, expect, it } from 'vitest';
import { blockRead } from '../block-for-tests.ts';

type Case = [title: string, fence: string, body: string, of: (plan: Playbook) => unknown, is: unknown, rules: string[]];

const CASES: Case[] = [
  [
    'all of a stage',
    'stage sent',
    `worked_by: [lead, legal]
text: edits-void-sign-offs
limit: { cards: { 1: 12, 2: 1, 3: 1 }, per_person: 5, strength: warn }
enter: { sign_offs_valid: reply }
leave:
  - draft_not_empty
  - has_fields: class
    to: closed
    strength: note
    says: Say what it is.
    both_ways: true
next: [open, closed]
time_limit: { 1: 10m, 2: 5m, 3: 5m }
ladder: ask
clocks: [first]
checklist: { 1: [called], 2: [called, written], 3: [called, written] }
on_wall: false
final: false
reopens: { within: 2d, to: open }
says: In your own words.`,
    (plan) => plan.stages[0],
    {
      id: 'sent',
      title: 'Here',
      purpose: '',
      sentence: 'In your own words.',
      clause: 'Here §1',
      workedBy: ['lead', 'legal'],
      text: 'edits-void-sign-offs',
      limit: { cards: { 1: 12, 2: 1, 3: 1 }, perPerson: { 1: 5, 2: 5, 3: 5 }, strength: 'warn', clause: 'Here §3' },
      enter: [
        {
          guard: 'sign_offs_valid',
          signOff: 'reply',
          strength: 'block',
          clause: 'Here §4',
          sentence: 'Everyone whose signature is needed has signed these exact words.',
          to: null,
          bothWays: false,
        },
      ],
      leave: [
        {
          guard: 'draft_not_empty',
          strength: 'block',
          clause: 'Here §5',
          sentence: 'There is a reply written.',
          to: null,
          bothWays: false,
        },
        {
          guard: 'has_fields',
          fields: ['class'],
          strength: 'note',
          clause: 'Here §6',
          sentence: 'Say what it is.',
          to: ['closed'],
          bothWays: true,
        },
      ],
      next: ['open', 'closed'],
      clocks: ['first'],
      onWall: false,
      timeLimit: { 1: 600, 2: 300, 3: 300 },
      ladder: 'ask',
      checklist: { 1: ['called'], 2: ['called', 'written'], 3: ['called', 'written'] },
      final: false,
      reopens: { within: 172_800, to: 'open' },
    },
    [
      '§1, 1: Lead or Legal may work here.',
      '§2, 2: The reply may still be changed here; every change voids the signatures on it.',
      '§3, 3: At most 12 cards at level 1, 1 card from level 2 and 5 of one person stand here; more only with a reason.',
      '§4, 4: Everyone whose signature is needed has signed these exact words.',
      '§5, 6: There is a reply written.',
      '§6, 7: Say what it is.',
      '§7, 12: A card goes on to Around 3 or Around 4.',
      '§8, 13: A card should stay here for at most 10 minutes at level 1, 5 minutes from level 2.',
      '§9, 14: When a card stays longer starts the ladder “Ask around”.',
      '§10, 15: Here runs First word.',
      '§11, 16: To be ticked here: at level 1 called; from level 2 called and written.',
      '§12, 17: The wall does not show this stage.',
      '§13, 18: Cards here are open.',
      '§14, 19: A card whose author comes back within 2 days opens again in Around 3.',
    ],
  ],
  [
    'what a stage needs',
    'stage sent',
    `worked_by: lead
text: none`,
    (plan) => plan.stages[0],
    {
      id: 'sent',
      title: 'Here',
      purpose: '',
      sentence: 'A card may go on to any later stage at any time.',
      clause: 'Here §1',
      workedBy: ['lead'],
      text: 'none',
      limit: null,
      enter: [],
      leave: [],
      next: 'all',
      clocks: [],
      onWall: true,
      timeLimit: null,
      ladder: null,
      checklist: { 1: [], 2: [], 3: [] },
      final: false,
      reopens: null,
    },
    ['§1, 1: Lead may work here.', '§2, 2: No reply is written here.'],
  ],
  [
    'a stage that is the last',
    'stage sent',
    `worked_by: lead
text: frozen
next: []
final: true
on_wall: true
leave: owner_accepted
enter:
limit: { cards: 3 }`,
    (plan) => plan.stages[0],
    {
      id: 'sent',
      title: 'Here',
      purpose: '',
      sentence: 'The loop is closed; moving a card back from here opens it again, with a reason.',
      clause: 'Here §1',
      workedBy: ['lead'],
      text: 'frozen',
      limit: { cards: { 1: 3, 2: 3, 3: 3 }, perPerson: null, strength: 'block', clause: 'Here §7' },
      enter: [],
      leave: [
        {
          guard: 'owner_accepted',
          strength: 'block',
          clause: 'Here §6',
          sentence: 'One person owns the card and has accepted it.',
          to: null,
          bothWays: false,
        },
      ],
      next: [],
      clocks: [],
      onWall: true,
      timeLimit: null,
      ladder: null,
      checklist: { 1: [], 2: [], 3: [] },
      final: true,
      reopens: null,
    },
    [
      '§1, 1: Lead may work here.',
      '§2, 2: The reply cannot be changed here.',
      '§3, 3: Nothing comes after this.',
      '§4, 4: Cards here are closed.',
      '§5, 5: The wall shows this stage.',
      '§6, 6: One person owns the card and has accepted it.',
      '§7, 8: At most 3 cards stand here.',
    ],
  ],
  [
    'a stage open to all',
    'stage sent',
    `worked_by: lead
text: editable
next: all
limit: { per_person: 2, strength: note }
checklist: one thing`,
    (plan) => plan.stages[0],
    {
      id: 'sent',
      title: 'Here',
      purpose: '',
      sentence: 'A card may go on to any later stage at any time.',
      clause: 'Here §1',
      workedBy: ['lead'],
      text: 'editable',
      limit: { cards: null, perPerson: { 1: 2, 2: 2, 3: 2 }, strength: 'note', clause: 'Here §4' },
      enter: [],
      leave: [],
      next: 'all',
      clocks: [],
      onWall: true,
      timeLimit: null,
      ladder: null,
      checklist: { 1: ['one thing'], 2: ['one thing'], 3: ['one thing'] },
      final: false,
      reopens: null,
    },
    [
      '§1, 1: Lead may work here.',
      '§2, 2: The reply is written here.',
      '§3, 3: A card may go on to any later stage.',
      '§4, 4: At most 2 of one person stand here; more only with a reason.',
      '§5, 5: To be ticked here: one thing.',
    ],
  ],
];

describe('the block of a column', () => {
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
