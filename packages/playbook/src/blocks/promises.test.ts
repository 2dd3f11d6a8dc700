// What the blocks on promised times, signatures and hours turn into: every key said, and what holds where it is left out; and the sentences of their rules.
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { describe, expect, it } from 'vitest';
import { blockRead } from '../block-for-tests.ts';

type Case = [title: string, fence: string, body: string, of: (plan: Playbook) => unknown, is: unknown, rules: string[]];

const CASES: Case[] = [
  [
    'all of a sign-off',
    'sign-off sent',
    `agree: { 1: { any: [lead, comms, lead] }, 2: { quorum: 2, of: [lead, legal, comms], if_liability: [legal, legal] }, 3: { all: [legal, lead, legal] } }
order: { 1: parallel, 2: in_order, 3: in_order }
covers: [text, account, reply_to, media, fact_sheet]
lifetime: { 1: 2h, 2: 1h, 3: 1h }
voided_by: [edit, account_changed, reply_to_changed, new_post_from_author, media_changed, fact_sheet_changed]
deputies: { after: 20m, roles: { legal: lead, comms: legal } }`,
    (plan) => plan.signOffs[0],
    {
      id: 'sent',
      agree: {
        1: { need: 'any', quorum: 1, roles: ['lead', 'comms'], ifLiability: [] },
        2: { need: 'quorum', quorum: 2, roles: ['lead', 'legal', 'comms'], ifLiability: ['legal'] },
        3: { need: 'all', quorum: 2, roles: ['legal', 'lead'], ifLiability: [] },
      },
      order: { 1: 'parallel', 2: 'in_order', 3: 'in_order' },
      covers: ['text', 'account', 'reply_to', 'media', 'fact_sheet'],
      lifetime: { 1: 7200, 2: 3600, 3: 3600 },
      voidedBy: [
        'edit',
        'account_changed',
        'reply_to_changed',
        'new_post_from_author',
        'media_changed',
        'fact_sheet_changed',
      ],
      deputies: {
        after: { 1: 1200, 2: 1200, 3: 1200 },
        roles: [
          { role: 'legal', deputy: 'lead' },
          { role: 'comms', deputy: 'legal' },
        ],
      },
      clause: 'Here §1',
    },
    [
      '§1, 1: To sign: at level 1 one of Lead or Comms; at level 2 any 2 of Lead, Legal or Comms, with Legal when the words touch liability; at level 3 Legal and Lead.',
      '§2, 2: All are asked at once at level 1, each is asked once the one before has signed from level 2.',
      '§3, 3: A signature is about the words, the account, the post it answers, pictures and files and the fact sheet together.',
      '§4, 4: A signature holds for 2 hours at level 1, 1 hour from level 2.',
      '§5, 5: A signature is void after any change of the words, another account, another post to answer, a new post of the person, other pictures or files or a changed fact sheet.',
      '§6, 6: Whoever is silent for 20 minutes is stood in for: Lead for Legal and Legal for Comms.',
    ],
  ],
  [
    'what a sign-off needs',
    'sign-off sent',
    `agree: { all: legal, if_liability: [] }`,
    (plan) => plan.signOffs[0],
    {
      id: 'sent',
      agree: {
        1: { need: 'all', quorum: 1, roles: ['legal'], ifLiability: [] },
        2: { need: 'all', quorum: 1, roles: ['legal'], ifLiability: [] },
        3: { need: 'all', quorum: 1, roles: ['legal'], ifLiability: [] },
      },
      order: { 1: 'parallel', 2: 'parallel', 3: 'parallel' },
      covers: ['text', 'account', 'reply_to'],
      lifetime: { 1: 43_200, 2: 43_200, 3: 43_200 },
      voidedBy: ['edit', 'account_changed', 'reply_to_changed', 'new_post_from_author'],
      deputies: null,
      clause: 'Here §1',
    },
    ['§1, 1: To sign: Legal.'],
  ],
  [
    'all of a clock',
    'clock sent',
    `name: Sent
starts: update_posted
stops: follow_up_recorded
pauses: [waiting_for_author, stood_down]
never_stopped_by: [internal_note, like, private_message, holding_text, draft_edited, signed]
calendar: office
from_level: 2
target: { 1: 3h, 2: 90m, 3: 45s }
warn_at: [25%, 50%, 75%, 99%]
on_warning: ask
on_breach: ask`,
    (plan) => plan.clocks[0],
    {
      id: 'sent',
      name: 'Sent',
      starts: 'update_posted',
      stops: 'follow_up_recorded',
      pauses: ['waiting_for_author', 'stood_down'],
      neverStoppedBy: ['internal_note', 'like', 'private_message', 'holding_text', 'draft_edited', 'signed'],
      calendar: 'office',
      fromLevel: 2,
      target: { 1: 10_800, 2: 5400, 3: 45 },
      warnAt: [0.25, 0.5, 0.75, 0.99],
      onWarning: 'ask',
      onBreach: 'ask',
      clause: 'Here §7',
    },
    [
      '§1, 2: The clock starts when the last update went out.',
      '§2, 3: It stops when we came back in public, or the person declined.',
      '§3, 4: It stands still while we wait for the person or the room has stood down.',
      '§4, 5: It is never stopped by a note among ourselves, a like, a private message, a holding text, an edit of the draft or a signature.',
      '§5, 6: It runs in the hours of office.',
      '§6, 7: It runs from level 2 on.',
      '§7, 8: Sent: 3 hours at level 1, 1 hour 30 minutes at level 2, 45 seconds at level 3.',
      '§8, 9: It warns after 25 %, 50 %, 75 % and 99 % of the time.',
      '§9, 10: At the last warning starts the ladder “Ask around”.',
      '§10, 11: When time has run out starts the ladder “Ask around”.',
    ],
  ],
  [
    'what a clock needs',
    'clock sent',
    `starts: mention_posted
stops: public_reply_published
target: 1h30m`,
    (plan) => plan.clocks[0],
    {
      id: 'sent',
      name: 'sent',
      starts: 'mention_posted',
      stops: 'public_reply_published',
      pauses: [],
      neverStoppedBy: [],
      calendar: 'always',
      fromLevel: 1,
      target: { 1: 5400, 2: 5400, 3: 5400 },
      warnAt: [0.5, 0.8],
      onWarning: null,
      onBreach: null,
      clause: 'Here §3',
    },
    [
      '§1, 1: The clock starts when the person posted.',
      '§2, 2: It stops when a reply stands in public.',
      '§3, 3: sent: 1 hour 30 minutes, day and night.',
    ],
  ],
  [
    'a clock by day and night',
    'clock sent',
    `starts: stage_entered
stops: stage_left
target: 2d
calendar: always
on_breach: ask`,
    (plan) => plan.clocks[0],
    {
      id: 'sent',
      name: 'sent',
      starts: 'stage_entered',
      stops: 'stage_left',
      pauses: [],
      neverStoppedBy: [],
      calendar: 'always',
      fromLevel: 1,
      target: { 1: 172_800, 2: 172_800, 3: 172_800 },
      warnAt: [0.5, 0.8],
      onWarning: null,
      onBreach: 'ask',
      clause: 'Here §3',
    },
    [
      '§1, 1: The clock starts when the card entered the stage.',
      '§2, 2: It stops when the card leaves the stage.',
      '§3, 3: sent: 2 days, day and night.',
      '§4, 4: It runs day and night.',
      '§5, 5: When time has run out starts the ladder “Ask around”.',
    ],
  ],
  [
    'all of a ladder',
    'ladder sent',
    `name: Sent
steps:
  - { whom: owner }
  - { whom: primary, channels: push }
  - { whom: deputy, after: { 1: 10m, 2: 5m, 3: 5m }, channels: [sms, phone] }
  - { whom: out_of_hours, after: 1h }
  - { whom: signers, after: 2h }
  - { whom: legal, after: 3h, channels: [chat, email] }
accepts: 2
on_empty: skip_and_show
reopen_after: 30m`,
    (plan) => plan.ladders[0],
    {
      id: 'sent',
      name: 'Sent',
      steps: [
        { whom: 'owner', after: { 1: 0, 2: 0, 3: 0 }, channels: ['board'], clause: 'Here §1' },
        { whom: 'primary', after: { 1: 0, 2: 0, 3: 0 }, channels: ['push'], clause: 'Here §2' },
        { whom: 'deputy', after: { 1: 600, 2: 300, 3: 300 }, channels: ['sms', 'phone'], clause: 'Here §3' },
        { whom: 'out_of_hours', after: { 1: 3600, 2: 3600, 3: 3600 }, channels: ['board'], clause: 'Here §4' },
        { whom: 'signers', after: { 1: 7200, 2: 7200, 3: 7200 }, channels: ['board'], clause: 'Here §5' },
        { whom: 'legal', after: { 1: 10_800, 2: 10_800, 3: 10_800 }, channels: ['chat', 'email'], clause: 'Here §6' },
      ],
      accepts: 2,
      onEmpty: 'skip_and_show',
      reopenAfter: { 1: 1800, 2: 1800, 3: 1800 },
      clause: 'Here §1',
    },
    [
      '§1, 3: First the owner of the card, by the board.',
      '§2, 4: With them the contact of the department, by push message.',
      '§3, 5: After 10 minutes at level 1, 5 minutes from level 2, the deputy of that contact, by text message, then telephone.',
      '§4, 6: After 1 hour, the contact outside hours, by the board.',
      '§5, 7: After 2 hours, those who have to sign, by the board.',
      '§6, 8: After 3 hours, Legal, by chat, then e-mail.',
      '§7, 9: It stops once 2 people have accepted.',
      '§8, 10: A step with nobody in it is passed over at once, and shown.',
      '§9, 11: It begins again when nothing has happened for 30 minutes after somebody accepted.',
    ],
  ],
  [
    'what a ladder needs',
    'ladder sent',
    `steps: [{ whom: lead }]
accepts: 1`,
    (plan) => plan.ladders[0],
    {
      id: 'sent',
      name: 'sent',
      steps: [{ whom: 'lead', after: { 1: 0, 2: 0, 3: 0 }, channels: ['board'], clause: 'Here §1' }],
      accepts: 1,
      onEmpty: 'skip_and_show',
      reopenAfter: null,
      clause: 'Here §1',
    },
    ['§1, 1: First Lead, by the board.', '§2, 2: The first who accepts stops it.'],
  ],
  [
    'all of calendars',
    'calendars',
    `office:
  zone: Europe/Berlin
  open: { mon-wed: [09:00-12:00, 13:30-17:30], sun: 23:05-24:00 }
  holidays: [2026-12-25, 2026-12-26]
  exceptions: [{ on: 2026-12-24, open: 09:00-12:00 }, { on: 2026-12-31 }]
late: { zone: UTC, open: {} }`,
    (plan) => plan.calendars,
    [
      {
        id: 'office',
        zone: 'Europe/Berlin',
        windows: [
          { day: 1, from: 540, to: 720 },
          { day: 1, from: 810, to: 1050 },
          { day: 2, from: 540, to: 720 },
          { day: 2, from: 810, to: 1050 },
          { day: 3, from: 540, to: 720 },
          { day: 3, from: 810, to: 1050 },
          { day: 7, from: 1385, to: 1440 },
        ],
        holidays: ['2026-12-25', '2026-12-26'],
        exceptions: [
          { on: '2026-12-24', windows: [{ from: 540, to: 720 }] },
          { on: '2026-12-31', windows: [] },
        ],
        clause: 'Here §1',
      },
      { id: 'late', zone: 'UTC', windows: [], holidays: [], exceptions: [], clause: 'Here §2' },
    ],
    [
      '§1, 1: The hours of office: Monday to Wednesday 09:00 to 12:00 and 13:30 to 17:30, Sunday 23:05 to 24:00; closed on 2026-12-25 and 2026-12-26; on 2026-12-24 09:00 to 12:00; on 2026-12-31 closed; in Europe/Berlin.',
      '§2, 6: The hours of late: never; in UTC.',
    ],
  ],
];

describe('the blocks on promised times, signatures and hours', () => {
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
