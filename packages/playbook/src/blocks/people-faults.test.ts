// What is wrong with the blocks of people, levels and assessment: every wrong shape gives its fault, at its line and column, with what would be right.
import { describe, expect, it } from 'vitest';
import { blockRead } from '../block-for-tests.ts';

/** Places count from the first line of the block; line 0 is its fence. */
const CASES: [fence: string, title: string, body: string, faults: string[]][] = [
  [
    'roles',
    'a name and an ability that are not known',
    `Lead: { name: Lead, may: view }
lead: { name: Lead, may: [veiw], autority: 3 }
legal: { name: Legal, may: view }
comms: { name: Comms, may: view }`,
    [
      '1:1 `Lead` is not a name. → small letters, digits, - and _, beginning with a letter',
      '2:27 `veiw` is not known here. → `view`, or one of view, triage, own, draft, move, sign, pub…',
      '2:34 `autority` is not a key here. → `authority`, or one of name, may, authority',
    ],
  ],
  [
    'roles',
    'money and promises of the wrong form',
    `lead: { name: [], may: view, authority: { money: -1, promises: {} } }
legal: { name: Legal, may: view, authority: { money: { 1: 2.555, 2: 1 } } }
comms: { name: Comms, may: view, authority: all }`,
    [
      '1:15 Here should be words. → some words on one line, or several lines after `>`',
      '1:50 Here should be a number. → a number such as `200` or `2.5`',
      '1:64 Here should be words. → some words on one line, or several lines after `>`',
      '2:54 Level 3 is missing here. → a value for every level, or one value for all',
      '2:59 Here should be a number. → a number such as `200` or `2.5`',
      '3:45 Here stands a single value or a list. → keys with values, `key: value`',
    ],
  ],
  [
    'roles',
    'pairs that are none',
    `lead: { name: Lead, may: view }
legal: { name: Legal, may: view }
comms: { name: Comms, may: view }
not_one_person:
  - [author]
  - [author, signer]
  - [author, author, only_signer]`,
    [
      '5:5 Here stand 1 parts. → two, `[author, only_signer]`',
      '6:14 `signer` is not known here. → one of author, only_signer',
      '7:5 Here stand 3 items. → at most 2',
    ],
  ],
  [
    'roles',
    'no pairs at all',
    `lead: { name: Lead, may: view }
legal: { name: Legal, may: view }
comms: { name: Comms, may: view }
not_one_person: []`,
    ['4:17 Here should be pairs. → `- [author, only_signer]`'],
  ],
  [
    'roles',
    'one pair not in a list',
    `lead: { name: Lead, may: view }
legal: { name: Legal, may: view }
comms: { name: Comms, may: view }
not_one_person: author`,
    [
      '4:17 Here should be pairs. → `- [author, only_signer]`',
      '4:17 Here stand 1 parts. → two, `[author, only_signer]`',
    ],
  ],
  [
    'roles',
    'a list for a map',
    `- lead`,
    [
      '-7:8 There is no role `lead` in this plan. → one that is declared; none is',
      '1:1 Here stands a single value or a list. → keys with values, `key: value`',
      '22:12 There is no role `lead` in this plan. → one that is declared; none is',
      '29:12 There is no role `lead` in this plan. → one that is declared; none is',
      '37:15 There is no role `legal` in this plan. → one that is declared; none is',
    ],
  ],
  [
    'levels',
    'levels that do not count up',
    `1: { name: Calm }
3: { name: Storm }
two: { name: Two }`,
    [
      '2:1 Level 3 stands here. → level 2; levels count up from 1, at most to 9',
      '3:1 Level two stands here. → level 2; levels count up from 1, at most to 9',
    ],
  ],
  [
    'levels',
    'things that raise a level',
    `1: { name: Calm }
2:
  name: Tense
  raised_by: [{ reach: 1, severity: 2 }, {}, { within: 1h }, { words: a, repeat_posts: 1 }, { severity: 101 }, { repeat_posts: 1001 }, [a]]
  lower_after: soon
  lower_takes: 10
3: { name: Storm, may_raise: [leed], may_lower: leed }`,
    [
      '4:15 Here should stand one thing that raises the level. → one of volume_over_baseline, reach, repeat_posts, severity,…',
      '4:42 Here should stand one thing that raises the level. → one of volume_over_baseline, reach, repeat_posts, severity,…',
      '4:46 Here should stand one thing that raises the level. → one of volume_over_baseline, reach, repeat_posts, severity,…',
      '4:62 Here should stand one thing that raises the level. → one of volume_over_baseline, reach, repeat_posts, severity,…',
      '4:105 Here should be a whole number. → a number from 1 to 100',
      '4:128 Here should be a whole number. → a number from 1 to 1000',
      '4:136 Here stands a single value or a list. → keys with values, `key: value`',
      '4:136 Here should stand one thing that raises the level. → one of volume_over_baseline, reach, repeat_posts, severity,…',
      '5:16 Here should be a duration. → a duration such as `90s`, `30m`, `3h` or `2d`',
      '6:16 Here should be a whole number. → a number from 1 to 9',
      '7:31 There is no role `leed` in this plan. → `lead`, or one of lead, legal, comms',
      '7:49 There is no role `leed` in this plan. → `lead`, or one of lead, legal, comms',
    ],
  ],
  [
    'levels',
    'words for levels',
    `calm`,
    ['1:1 Here stands a single value or a list. → keys with values, `key: value`'],
  ],
  [
    'triage',
    'names that are declared nowhere',
    `classes: { praise: { name: Praise, first_stage: opne, department: good, reply: maybe } }
fields: { region: { choices: { 1x: One } } }
required: [class, region, regoin]
departments: { goods: Goods, bills: Bills }`,
    [
      '1:49 There is no stage `opne` in this plan. → `open`, or one of open, closed',
      '1:67 There is no department `good` in this plan. → `goods`, or one of goods, bills',
      '1:80 Here should be yes or no. → `true` or `false`',
      '2:19 `name` is missing here. → `name: …`',
      '2:32 `1x` is not a name. → small letters, digits, - and _, beginning with a letter',
      '3:27 There is no field `regoin` in this plan. → `region`, or one of class, department, region',
    ],
  ],
  ['triage', 'classes left out', `required: class`, ['1:1 `classes` is missing here. → `classes: …`']],
  [
    'triage',
    'a class declared twice over',
    `classes: { praise: { name: Praise }, Praise: { name: Praise } }
fields: { class: { name: Class } }`,
    [
      '1:38 `Praise` is not a name. → small letters, digits, - and _, beginning with a letter',
      '2:11 The field `class` is declared a second time. → each name once',
    ],
  ],
  [
    'contacts',
    'a department and a way that are not known',
    `good: { primary: Ann, channels: [bord, push] }
bills: { primary: [Ann], hours: ofice, last_verified: 2026-02-30 }
no_department: { deputy: Bo }`,
    [
      '1:1 There is no department `good` in this plan. → `goods`, or one of no_department, goods, bills',
      '1:34 `bord` is not known here. → `board`, or one of board, push, chat, email, sms, phone',
      '2:19 Here stands a single value or a list. → keys with values, `key: value`',
      '2:33 There is no calendar `ofice` in this plan. → `office`, or one of always, office',
      '2:55 Here should be a date. → a date such as `2026-09-01`',
      '3:16 `primary` is missing here. → `primary: …`',
    ],
  ],
  [
    'contacts',
    'a person without a name',
    `goods: { primary: { user: ann@example.org }, out_of_hours: 5, authority: { mony: 2 } }`,
    ['1:19 `name` is missing here. → `name: …`', '1:76 `mony` is not a key here. → `money`, or one of money, promises'],
  ],
  [
    'crisis',
    'a type and a strategy that are not known',
    `victims: { name: A, allowed: inform }
victim: { name: A, allowed: [informe, excuse, deny], forbidden: [deny, excuse] }
accidental: { allowed: [] }`,
    [
      '1:1 `victims` is not known here. → `victim`, or one of victim, accidental, preventable',
      '2:1 `excuse, deny` is allowed and forbidden. → one of the two',
      '2:30 `informe` is not known here. → `inform`, or one of inform, express_sympathy, correct, deny…',
      '3:13 `name` is missing here. → `name: …`',
    ],
  ],
];

describe('the blocks of people, levels and assessment', () => {
  it.each(CASES)('[PB-3] %s: %s', (fence, _, body, faults) => {
    expect(blockRead(fence, body).faults).toEqual(faults);
  });
});
