// What the blocks on what follows, is practised, shown and measured turn into: every key said, and what holds where it is left out; and the sentences of their rules.
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { describe, expect, it } from 'vitest';
import { blockRead } from '../block-for-tests.ts';

type Case = [title: string, fence: string, body: string, of: (plan: Playbook) => unknown, is: unknown, rules: string[]];

const CASES: Case[] = [
  [
    'all of retrospective',
    'retrospective',
    `within: 7d
led_by: lead
attended_by: [legal, comms]
asks: [What went well?, "What next"]
publishes: true`,
    (plan) => plan.retrospective,
    {
      within: 604_800,
      ledBy: 'lead',
      attendedBy: ['legal', 'comms'],
      asks: ['What went well?', 'What next'],
      publishes: true,
      clause: 'Here §1',
    },
    [
      '§1, 1: We look back within 7 days of standing down.',
      '§2, 2: Lead leads it.',
      '§3, 3: Also there: Legal and Comms.',
      '§4, 4: It asks: What went well? What next.',
      '§5, 5: What people said and what we did about it goes out in public.',
    ],
  ],
  [
    'what retrospective needs',
    'retrospective',
    `within: 1d`,
    (plan) => plan.retrospective,
    { within: 86_400, ledBy: null, attendedBy: [], asks: [], publishes: false, clause: 'Here §1' },
    ['§1, 1: We look back within 1 day of standing down.'],
  ],
  [
    'what stays inside',
    'retrospective',
    `within: 1d
asks: What now?
publishes: false`,
    (plan) => plan.retrospective,
    { within: 86_400, ledBy: null, attendedBy: [], asks: ['What now?'], publishes: false, clause: 'Here §1' },
    [
      '§1, 1: We look back within 1 day of standing down.',
      '§2, 2: It asks: What now?',
      '§3, 3: Nothing of it goes out in public.',
    ],
  ],
  [
    'all of break-glass',
    'break-glass',
    `who: [lead, legal]
over: [sign_offs_valid, voice_clean]
from_level: 2
after: 15m
marks: [card, wall]
tells: [comms, lead]
review_within: 1d
reviewed_by: legal`,
    (plan) => plan.breakGlass,
    {
      who: ['lead', 'legal'],
      over: ['sign_offs_valid', 'voice_clean'],
      fromLevel: 2,
      after: { 1: 900, 2: 900, 3: 900 },
      marks: ['card', 'wall'],
      tells: ['comms', 'lead'],
      reviewWithin: 86_400,
      reviewedBy: ['legal'],
      clause: 'Here §1',
    },
    [
      '§1, 1: It takes two people, Lead and Legal, and a reason.',
      '§2, 2: It may pass over these, and nothing else: everyone needed at this level has signed these exact words; no finding of the voice block blocks; what warns goes on with a reason.',
      '§3, 3: It is offered from level 2 on.',
      '§4, 4: It is offered once somebody who has to sign has been silent for 15 minutes.',
      '§5, 5: Until it has been reviewed it is marked on the card and wall.',
      '§6, 6: Comms and Lead are told at once.',
      '§7, 7: It is reviewed within 1 day.',
      '§8, 8: Legal reviews it.',
    ],
  ],
  [
    'what break-glass needs',
    'break-glass',
    `who: [lead, legal]
over: sign_offs_valid
review_within: 2h
tells: comms`,
    (plan) => plan.breakGlass,
    {
      who: ['lead', 'legal'],
      over: ['sign_offs_valid'],
      fromLevel: 1,
      after: null,
      marks: ['card', 'wall', 'report'],
      tells: ['comms'],
      reviewWithin: 7200,
      reviewedBy: [],
      clause: 'Here §1',
    },
    [
      '§1, 1: It takes two people, Lead and Legal, and a reason.',
      '§2, 2: It may pass over these, and nothing else: everyone needed at this level has signed these exact words.',
      '§3, 3: It is reviewed within 2 hours.',
      '§4, 4: Comms is told at once.',
    ],
  ],
  [
    'all of wall',
    'wall',
    `shows: [level, next_update]
old_after: 20s
stale_after: 1m
link_lifetime: 7d`,
    (plan) => plan.wall,
    { shows: ['level', 'next_update'], oldAfter: 20, staleAfter: 60, linkLifetime: 604_800, clause: 'Here §1' },
    [
      '§1, 1: The wall shows level and next update, and nobody’s name or words.',
      '§2, 2: After 20 seconds without news it says how old it is.',
      '§3, 3: After 1 minute without news nobody can overlook it.',
      '§4, 4: A link to the wall is good for 7 days.',
    ],
  ],
  [
    'an empty wall',
    'wall',
    ``,
    (plan) => plan.wall,
    {
      shows: [
        'level',
        'oldest_unanswered',
        'breaches',
        'cards_by_stage',
        'awaited_signatures',
        'next_update',
        'last_statement',
        'volume',
      ],
      oldAfter: 10,
      staleAfter: 30,
      linkLifetime: null,
      clause: 'Here §1',
    },
    [],
  ],
  [
    'a wall as old as stale',
    'wall',
    `old_after: 30s`,
    (plan) => plan.wall,
    {
      shows: [
        'level',
        'oldest_unanswered',
        'breaches',
        'cards_by_stage',
        'awaited_signatures',
        'next_update',
        'last_statement',
        'volume',
      ],
      oldAfter: 30,
      staleAfter: 30,
      linkLifetime: null,
      clause: 'Here §1',
    },
    ['§1, 1: After 30 seconds without news it says how old it is.'],
  ],
  [
    'all of rehearsal',
    'rehearsal',
    `every: 90d
taken_by: [lead, comms]
lasts: 2h
pace: { 1: 5, 2: 20, 3: 20 }
passed_when: [share_in_time, breaches, loops_closed, remedies_delivered, satisfied, repeat_posts]`,
    (plan) => plan.rehearsal,
    {
      every: 7_776_000,
      takenBy: ['lead', 'comms'],
      lasts: 7200,
      pace: { 1: 5, 2: 20, 3: 20 },
      passedWhen: ['share_in_time', 'breaches', 'loops_closed', 'remedies_delivered', 'satisfied', 'repeat_posts'],
      clause: 'Here §1',
    },
    [
      '§1, 1: A rehearsal is held every 90 days; nothing in it is published.',
      '§2, 2: Lead and Comms take part.',
      '§3, 3: It lasts 2 hours.',
      '§4, 4: It tells 5 posts a minute at level 1, 20 posts a minute from level 2.',
      '§5, 5: It is passed when the targets are reached for the share answered in time, promised times that ran out, the share of loops closed, the share of promises kept, the share of people who say that it is right now and people who had to write again.',
    ],
  ],
  [
    'what rehearsal needs',
    'rehearsal',
    `every: 30d`,
    (plan) => plan.rehearsal,
    { every: 2_592_000, takenBy: [], lasts: null, pace: { 1: 10, 2: 10, 3: 10 }, passedWhen: [], clause: 'Here §1' },
    ['§1, 1: A rehearsal is held every 30 days; nothing in it is published.'],
  ],
  [
    'all of measures',
    'measures',
    `share_answered: { target: 95%, public: true }
median_reply: { target: { 1: 3h, 2: 1h, 3: 1h } }
breaches: { target: 2 }
p90_reply: { target: 90m, public: false }
acknowledged:`,
    (plan) => plan.measures,
    [
      { id: 'share_answered', target: { 1: 0.95, 2: 0.95, 3: 0.95 }, public: true, clause: 'Here §1' },
      { id: 'median_reply', target: { 1: 10_800, 2: 3600, 3: 3600 }, public: false, clause: 'Here §2' },
      { id: 'breaches', target: { 1: 2, 2: 2, 3: 2 }, public: false, clause: 'Here §3' },
      { id: 'p90_reply', target: { 1: 5400, 2: 5400, 3: 5400 }, public: false, clause: 'Here §4' },
      { id: 'acknowledged', target: null, public: false, clause: 'Here §5' },
    ],
    [
      '§1, 1: We measure the share of people answered, and hold ourselves to 95 %, in public.',
      '§2, 2: We measure the median time to the public reply, and hold ourselves to 3 hours at level 1, 1 hour from level 2.',
      '§3, 3: We measure promised times that ran out, and hold ourselves to at most 2.',
      '§4, 4: We measure the time in which nine of ten have their public reply, and hold ourselves to 1 hour 30 minutes.',
      '§5, 5: We measure the time until somebody has the card.',
    ],
  ],
];

describe('the blocks on what follows, is practised, shown and measured', () => {
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
