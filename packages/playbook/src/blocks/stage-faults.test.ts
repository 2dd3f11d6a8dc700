// What is wrong with the blocks of columns and of what we say in public: every wrong shape gives its fault, at its line and column, with what would be right.
import { describe, expect, it } from 'vitest';
import { blockRead } from '../block-for-tests.ts';

/** Places count from the first line of the block; line 0 is its fence. */
const CASES: [fence: string, title: string, body: string, faults: string[]][] = [
  [
    'stage sent',
    'keys left out',
    `next: all`,
    [
      '1:1 `worked_by` is missing here. → `worked_by: …`',
      '1:1 `text` is missing here. → `text: …`',
      '1:1 Nobody works this stage. → at least one role',
    ],
  ],
  [
    'stage sent',
    'nobody who works it',
    `worked_by: []
text: froze`,
    [
      '1:1 Nobody works this stage. → at least one role',
      '2:7 `froze` is not known here. → `frozen`, or one of editable, edits-void-sign-offs, frozen,…',
    ],
  ],
  [
    'stage sent',
    'a limit without a number',
    `worked_by: lead
text: none
limit: { strength: blok }`,
    [
      '3:8 This limit says no number. → `cards: 12` or `per_person: 5`',
      '3:20 `blok` is not known here. → `block`, or one of block, warn, note',
    ],
  ],
  [
    'stage sent',
    'a limit of the wrong form',
    `worked_by: lead
text: none
limit: { cards: { 1: 0, 2: -1, 3: 1.5 }, per_person: 100001 }
on_wall: yes
final: 1`,
    [
      '3:22 Here should be a whole number. → a number from 1 to 100000',
      '3:28 Here should be a whole number. → a number from 1 to 100000',
      '3:35 Here should be a whole number. → a number from 1 to 100000',
      '3:54 Here should be a whole number. → a number from 1 to 100000',
      '4:10 Here should be yes or no. → `true` or `false`',
      '5:8 Here should be yes or no. → `true` or `false`',
    ],
  ],
  [
    'stage sent',
    'names that are declared nowhere',
    `worked_by: [lead, Lead]
text: none
next: [opn, all]
ladder: aks
clocks: [frist]
reopens: { to: opne }
time_limit: 10
checklist: { 1: [a], 2: [[b]], 3: {} }`,
    [
      '1:19 There is no role `Lead` in this plan. → `lead`, or one of lead, legal, comms',
      '3:8 There is no stage `opn` in this plan. → `open`, or one of sent, open, closed',
      '3:13 There is no stage `all` in this plan. → one of sent, open, closed',
      '4:9 There is no ladder `aks` in this plan. → `ask`, or one of ask',
      '5:10 There is no clock `frist` in this plan. → `first`, or one of first',
      '6:10 `within` is missing here. → `within: …`',
      '6:16 There is no stage `opne` in this plan. → `open`, or one of sent, open, closed',
      '7:13 Here should be a duration. → a duration such as `90s`, `30m`, `3h` or `2d`',
      '8:26 Here should be words. → some words on one line, or several lines after `>`',
      '8:35 Here should be words. → some words on one line, or several lines after `>`',
    ],
  ],
  [
    'stage sent',
    'guards of the wrong form',
    `worked_by: lead
text: none
leave:
  - all:
  - any: []
  - has_fields
  - class_in: []
  - elapsed
  - level_at_least
  - sign_offs_valid
  - voice_clean: 3
  - at_level: { 4: voice_clean, 1: voice_cleen }
  - { voice_clean: , owner_accepted: }
  - { strength: warn }`,
    [
      '4:5 `all` has nothing below it. → one guard or a list of guards',
      '4:9 `` is not a guard. → one of has_fields, class_in, level_at_least, owner_accepted…',
      '5:5 `any` has nothing below it. → one guard or a list of guards',
      '6:5 `has_fields` needs to know which. → `has_fields: [class, department]`',
      '7:5 `class_in` needs to know which. → `class_in: [complaint]`',
      '8:5 `elapsed` needs a duration. → `elapsed: 24h`',
      '9:5 `level_at_least` needs a level. → `level_at_least: 2`',
      '10:5 `sign_offs_valid` needs to know which sign-off. → `sign_offs_valid: reply`',
      '11:18 `voice_clean` takes no value. → `voice_clean` alone, or `voice_clean: true`',
      '12:17 There is no level 4. → one of 1, 2, 3',
      '12:36 `voice_cleen` is not a guard. → `voice_clean`, or one of has_fields, class_in, level_at_lea…',
      '13:22 `owner_accepted` is a second guard in one item. → one guard for each `-`',
      '14:5 No guard stands here. → one of has_fields, class_in, level_at_least, owner_accepted…',
    ],
  ],
  [
    'stage sent',
    'guards and names that are not known',
    `worked_by: lead
text: none
leave:
  - has_fields: [clas]
  - class_in: prais
  - actor_has_role: [leader]
  - sign_offs_valid: replay
  - elapsed: { 1: 1h }
  - level_at_least: 10
  - freeze_confirmed
  - { voice_clean: , strength: strong, says: [], both_ways: 1, to: opne }
  - not: [voiceclean]
enter: { voice_clean: , to: open }`,
    [
      '4:18 There is no field `clas` in this plan. → `class`, or one of class, department',
      '5:15 There is no class `prais` in this plan. → `praise`, or one of praise',
      '6:22 There is no role `leader` in this plan. → `lead`, or one of lead, legal, comms',
      '7:22 There is no sign-off `replay` in this plan. → `reply`, or one of reply',
      '8:14 Level 2, 3 is missing here. → a value for every level, or one value for all',
      '9:21 Here should be a whole number. → a number from 1 to 9',
      '10:5 `freeze_confirmed` is about the room, and this place is about a card. → one of has_fields, class_in, level_at_least, owner_accepted…',
      '11:32 `strong` is not known here. → one of block, warn, note',
      '11:46 Here should be words. → some words on one line, or several lines after `>`',
      '11:61 Here should be yes or no. → `true` or `false`',
      '11:68 There is no stage `opne` in this plan. → `open`, or one of sent, open, closed',
      '12:5 `not` has nothing below it. → one guard or a list of guards',
      '12:11 `voiceclean` is not a guard. → `voice_clean`, or one of has_fields, class_in, level_at_lea…',
      '13:29 `to` says where a card goes on to; this is a way in. → `to` under `leave` only',
    ],
  ],
  [
    'stage',
    'no id',
    `worked_by: lead
text: none`,
    ['0:1 This stage has no id. → `yaml stage ID`'],
  ],
  [
    'stage open',
    'an id a second time',
    `worked_by: lead
text: none`,
    ['30:1 The stage `open` is declared a second time. → each name once'],
  ],
  [
    'channels',
    'keys left out and words not known',
    `forum: { accounts: [], confirmed_by: anwser, on_unknown: retry }
Forum: { accounts: us, published_by: lead }
site: { accounts: us, published_by: leed }`,
    [
      '1:8 `published_by` is missing here. → `published_by: …`',
      '1:38 `anwser` is not known here. → `answer`, or one of answer, notice, person',
      '1:58 `retry` is not known here. → one of hold_for_person',
      '2:1 `Forum` is not a name. → small letters, digits, - and _, beginning with a letter',
      '3:37 There is no role `leed` in this plan. → `lead`, or one of lead, legal, comms',
    ],
  ],
  [
    'private',
    'a policy that is not known',
    `policy: perfer_private
returns: { declined_counts: no }
redact_after: 400d`,
    [
      '1:9 `perfer_private` is not known here. → `prefer_private`, or one of personal_data_only, prefer_priv…',
      '2:10 `within` is missing here. → `within: …`',
      '2:29 Here should be yes or no. → `true` or `false`',
      '3:15 Here should be a duration. → a duration such as `90s`, `30m`, `3h` or `2d`',
    ],
  ],
  [
    'private',
    'an id where none is',
    `pointer: `,
    [
      '1:1 `policy` is missing here. → `policy: …`',
      '1:10 Here should be words. → some words on one line, or several lines after `>`',
    ],
  ],
  [
    'private talks',
    'an id that the block does not take',
    `policy: either`,
    ['0:1 A private block takes no id. → `yaml private`'],
  ],
  [
    'statements',
    'slots that do not match',
    `sorry: { kind: holding, text: "At {when} and {when} in {where}", slots: { what: The matter, where: The place }, levels: [4, 0] }
other: { kind: holdin, text: "", valid_until: 2026-9-1, cleared_by: [leagl] }`,
    [
      '1:1 The text has a slot `{when}` that nothing explains. → `when: …` under `slots`',
      '1:1 The slot `what` does not stand in the text. → `{what}` in the text',
      '1:1 There is no level 4. → one of 1, 2, 3',
      '1:125 Here should be a whole number. → a number from 1 to 9',
      '2:16 `holdin` is not known here. → `holding`, or one of holding, correction, retraction, closi…',
      '2:30 Here should be words. → some words on one line, or several lines after `>`',
      '2:47 Here should be a date. → a date such as `2026-09-01`',
      '2:70 There is no role `leagl` in this plan. → `lead`, or one of lead, legal, comms',
    ],
  ],
];

describe('the blocks of columns and of what we say in public', () => {
  it.each(CASES)('[PB-3] %s: %s', (fence, _, body, faults) => {
    expect(blockRead(fence, body).faults).toEqual(faults);
  });
});
