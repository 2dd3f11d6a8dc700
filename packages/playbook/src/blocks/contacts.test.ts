// What the blocks on whom to ask and which answers fit turn into: every key said, and what holds where it is left out; and the sentences of their rules.
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { describe, expect, it } from 'vitest';
import { blockRead } from '../block-for-tests.ts';

type Case = [title: string, fence: string, body: string, of: (plan: Playbook) => unknown, is: unknown, rules: string[]];

const CASES: Case[] = [
  [
    'all of contacts',
    'contacts',
    `goods:
  primary: { name: Ann, user: ann@example.org, phone: "+49 1" }
  deputy: Bo
  out_of_hours: { name: Cy }
  channels: [push, chat, email, sms, phone, board]
  hours: office
  authority: { money: 20, promises: [refund] }
  last_verified: 2026-09-01
bills: { primary: Di }
no_department: { primary: Ed, out_of_hours: Flo }`,
    (plan) => plan.contacts,
    [
      {
        department: 'goods',
        primary: { name: 'Ann', user: 'ann@example.org', phone: '+49 1' },
        deputy: { name: 'Bo', user: null, phone: null },
        outOfHours: { name: 'Cy', user: null, phone: null },
        channels: ['push', 'chat', 'email', 'sms', 'phone', 'board'],
        hours: 'office',
        authority: { money: { 1: 20, 2: 20, 3: 20 }, promises: ['refund'] },
        lastVerified: '2026-09-01',
        clause: 'Here §1',
      },
      {
        department: 'bills',
        primary: { name: 'Di', user: null, phone: null },
        deputy: null,
        outOfHours: null,
        channels: ['board'],
        hours: 'always',
        authority: null,
        lastVerified: null,
        clause: 'Here §2',
      },
      {
        department: 'no_department',
        primary: { name: 'Ed', user: null, phone: null },
        deputy: null,
        outOfHours: { name: 'Flo', user: null, phone: null },
        channels: ['board'],
        hours: 'always',
        authority: null,
        lastVerified: null,
        clause: 'Here §3',
      },
    ],
    [
      '§1, 1: Goods: Ann, by push message, then chat, then e-mail, then text message, then telephone, then the board; deputy Bo; outside hours Cy. They may promise up to 20 EUR, of these kinds: refund. Last verified on 2026-09-01.',
      '§2, 9: Bills: Di, by the board.',
      '§3, 10: While a card has no department: Ed, by the board; outside hours Flo.',
    ],
  ],
  [
    'all of crisis',
    'crisis',
    `victim:
  name: Harmed
  signs: [a break-in, a rumour]
  allowed: [inform, express_sympathy, correct, deny, attack_accuser, thank_supporters, point_out_harm_to_us]
  forbidden: [blame_others, apologise]
accidental: { name: Mishap, allowed: [excuse, justify, remind] }
preventable: { name: Fault, allowed: [compensate, apologise], forbidden: deny }`,
    (plan) => plan.crisis,
    [
      {
        id: 'victim',
        name: 'Harmed',
        signs: ['a break-in', 'a rumour'],
        allowed: [
          'inform',
          'express_sympathy',
          'correct',
          'deny',
          'attack_accuser',
          'thank_supporters',
          'point_out_harm_to_us',
        ],
        forbidden: ['blame_others', 'apologise'],
        clause: 'Here §1',
      },
      {
        id: 'accidental',
        name: 'Mishap',
        signs: [],
        allowed: ['excuse', 'justify', 'remind'],
        forbidden: [],
        clause: 'Here §2',
      },
      {
        id: 'preventable',
        name: 'Fault',
        signs: [],
        allowed: ['compensate', 'apologise'],
        forbidden: ['deny'],
        clause: 'Here §3',
      },
    ],
    [
      '§1, 1: Harmed (a break-in or a rumour): we say what people need to know, say that we feel with those who were harmed, say what we change, say that it did not happen, attack whoever accuses us, thank those who stand by us or say that we were harmed too, and never put the fault on somebody else or say that we are at fault and are sorry.',
      '§2, 6: Mishap: we say that we could not help it, say that it was not so bad or remind people of good we did.',
      '§3, 7: Fault: we make good what was lost or say that we are at fault and are sorry, and never say that it did not happen.',
    ],
  ],
];

describe('the blocks on whom to ask and which answers fit', () => {
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
