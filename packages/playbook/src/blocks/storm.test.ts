// What the blocks for a storm turn into: every key said, and what holds where it is left out; and the sentences of their rules.
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { describe, expect, it } from 'vitest';
import { blockRead } from '../block-for-tests.ts';

type Case = [title: string, fence: string, body: string, of: (plan: Playbook) => unknown, is: unknown, rules: string[]];

const CASES: Case[] = [
  [
    'all of freeze',
    'freeze',
    `from_level: 3
what: [scheduled_posts, advertising, campaigns, automatic_replies, newsletters]
confirmed_by: [lead, comms]
within: { 1: 30m, 2: 20m, 3: 10m }
released_by: legal`,
    (plan) => plan.freeze,
    {
      fromLevel: 3,
      what: ['scheduled_posts', 'advertising', 'campaigns', 'automatic_replies', 'newsletters'],
      confirmedBy: ['lead', 'comms'],
      within: { 1: 1800, 2: 1200, 3: 600 },
      releasedBy: ['legal'],
      clause: 'Here §2',
    },
    [
      '§1, 1: The freeze holds from level 3 on.',
      '§2, 2: Stopped are scheduled posts, advertising, campaigns, automatic replies and newsletters.',
      '§3, 3: Lead or Comms confirms that it is done.',
      '§4, 4: It is confirmed within 30 minutes at level 1, 20 minutes at level 2, 10 minutes at level 3.',
      '§5, 5: Legal releases what was stopped, one thing after the other.',
    ],
  ],
  [
    'what freeze needs',
    'freeze',
    `what: campaigns
confirmed_by: lead
within: 15m
released_by: lead`,
    (plan) => plan.freeze,
    {
      fromLevel: 2,
      what: ['campaigns'],
      confirmedBy: ['lead'],
      within: { 1: 900, 2: 900, 3: 900 },
      releasedBy: ['lead'],
      clause: 'Here §1',
    },
    [
      '§1, 1: Stopped are campaigns.',
      '§2, 2: Lead confirms that it is done.',
      '§3, 3: It is confirmed within 15 minutes.',
      '§4, 4: Lead releases what was stopped, one thing after the other.',
    ],
  ],
  [
    'all of updates',
    'updates',
    `1: { internal: 4h }
2: { public: { every: 1h, for: 2h, afterwards: 90m }, by: lead, names_next: false }
3: { internal: { every: 30m }, public: 1h, by: [lead, comms], to: [legal], names_next: true }`,
    (plan) => plan.updates,
    [
      {
        internal: { every: 14_400, for: null, afterwards: null },
        public: null,
        by: [],
        to: [],
        namesNext: true,
        level: 1,
        clause: 'Here §1',
      },
      {
        internal: null,
        public: { every: 3600, for: 7200, afterwards: 5400 },
        by: ['lead'],
        to: [],
        namesNext: false,
        level: 2,
        clause: 'Here §2',
      },
      {
        internal: { every: 1800, for: null, afterwards: null },
        public: { every: 3600, for: null, afterwards: null },
        by: ['lead', 'comms'],
        to: ['legal'],
        namesNext: true,
        level: 3,
        clause: 'Here §3',
      },
    ],
    [
      '§1, 1: At level 1 colleagues hear every 4 hours. Every update names the time of the next.',
      '§2, 2: At level 2 the public hears every hour for the first 2 hours, then every 1 hour 30 minutes. Lead sees to it.',
      '§3, 3: At level 3 colleagues hear every 30 minutes and the public hears every hour. Lead or Comms sees to it. Every update names the time of the next.',
    ],
  ],
  [
    'all of stand-down',
    'stand-down',
    `criteria:
  - no_breach_open
  - oldest_unanswered_below: 1h
    held_for: { 1: 1h, 2: 2h, 3: 2h }
    says: Nobody waits.
  - roles_filled: [lead, legal]
held_for: { 1: 4h, 2: 8h, 3: 8h }
decided_by: [lead, legal]`,
    (plan) => plan.standDown,
    {
      criteria: [
        {
          guard: {
            guard: 'no_breach_open',
            strength: 'block',
            clause: 'Here §1',
            sentence: 'No promised time has run out and is still open.',
            to: null,
            bothWays: false,
          },
          heldFor: null,
        },
        {
          guard: {
            guard: 'oldest_unanswered_below',
            seconds: { 1: 3600, 2: 3600, 3: 3600 },
            strength: 'block',
            clause: 'Here §2',
            sentence: 'Nobody waits.',
            to: null,
            bothWays: false,
          },
          heldFor: { 1: 3600, 2: 7200, 3: 7200 },
        },
        {
          guard: {
            guard: 'roles_filled',
            roles: ['lead', 'legal'],
            strength: 'block',
            clause: 'Here §3',
            sentence: 'Somebody in the room is Lead and Legal.',
            to: null,
            bothWays: false,
          },
          heldFor: null,
        },
      ],
      heldFor: { 1: 14_400, 2: 28_800, 3: 28_800 },
      decidedBy: ['lead', 'legal'],
      clause: 'Here §1',
    },
    [
      '§1, 2: No promised time has run out and is still open.',
      '§2, 3: Nobody waits.',
      '§3, 6: Somebody in the room is Lead and Legal.',
      '§4, 7: All of this holds without a break for 4 hours at level 1, 8 hours from level 2.',
      '§5, 8: Lead or Legal decides then.',
    ],
  ],
  [
    'what stand-down needs',
    'stand-down',
    `criteria: freeze_confirmed
decided_by: lead`,
    (plan) => plan.standDown,
    {
      criteria: [
        {
          guard: {
            guard: 'freeze_confirmed',
            strength: 'block',
            clause: 'Here §1',
            sentence: 'Somebody confirmed that scheduled posts are frozen.',
            to: null,
            bothWays: false,
          },
          heldFor: null,
        },
      ],
      heldFor: { 1: 3600, 2: 3600, 3: 3600 },
      decidedBy: ['lead'],
      clause: 'Here §1',
    },
    ['§1, 1: Somebody confirmed that scheduled posts are frozen.', '§2, 2: Lead decides then.'],
  ],
];

describe('the blocks for a storm', () => {
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
