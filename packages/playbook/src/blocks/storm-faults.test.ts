// What is wrong with the blocks of a storm and of how we speak: every wrong shape gives its fault, at its line and column, with what would be right.
import { describe, expect, it } from 'vitest';
import { blockRead } from '../block-for-tests.ts';

/** Places count from the first line of the block; line 0 is its fence. */
const CASES: [fence: string, title: string, body: string, faults: string[]][] = [
  [
    'freeze',
    'nothing of what is needed',
    `from_level: 4`,
    [
      '0:1 There is no level 4. → one of 1, 2, 3',
      '1:1 `what` is missing here. → `what: …`',
      '1:1 `confirmed_by` is missing here. → `confirmed_by: …`',
      '1:1 `within` is missing here. → `within: …`',
      '1:1 `released_by` is missing here. → `released_by: …`',
    ],
  ],
  [
    'freeze',
    'things not known',
    `what: [campaign]
confirmed_by: comm
within: 1x
released_by: leg`,
    [
      '1:8 `campaign` is not known here. → `campaigns`, or one of scheduled_posts, advertising, campai…',
      '2:15 There is no role `comm` in this plan. → `comms`, or one of lead, legal, comms',
      '3:9 Here should be a duration. → a duration such as `90s`, `30m`, `3h` or `2d`',
      '4:14 There is no role `leg` in this plan. → `lead`, or one of lead, legal, comms',
    ],
  ],
  [
    'updates',
    'levels and times that are none',
    `1: {}
2: { internal: { every: 1h, for: 2h } }
3: { public: { afterwards: 1h }, names_next: often, by: leed, to: lagal }
4: { public: 1h }
x: { public: 1h }`,
    [
      '1:1 No time stands here. → `internal: 2h`, `public: 1h`, or both',
      '2:16 `for` and `afterwards` belong together. → `{ every: 1h, for: 2h, afterwards: 4h }`',
      '3:14 `every` is missing here. → `every: …`',
      '3:14 `for` and `afterwards` belong together. → `{ every: 1h, for: 2h, afterwards: 4h }`',
      '3:46 Here should be yes or no. → `true` or `false`',
      '3:57 There is no role `leed` in this plan. → `lead`, or one of lead, legal, comms',
      '3:67 There is no role `lagal` in this plan. → `legal`, or one of lead, legal, comms',
      '4:1 There is no level 4. → one of 1, 2, 3',
      '5:1 There is no level x. → one of 1, 2, 3',
    ],
  ],
  [
    'stand-down',
    'no criterion',
    `criteria: []`,
    [
      '1:1 `decided_by` is missing here. → `decided_by: …`',
      '1:1 No criterion stands here. → `criteria:` with at least one guard about the room',
    ],
  ],
  [
    'stand-down',
    'a criterion like a door',
    `criteria:
  - { no_breach_open: , to: open, strength: warn, both_ways: true, held_for: 1 }
  - owner_accepted
  - roles_filled
  - readers_confirmed: [leed]
  - { held_for: 2h }
  - holding_posted_within
decided_by: leed
held_for: { 1: 1h, 9: 1h }`,
    [
      '2:25 `to` belongs to a door; a criterion holds or does not. → `says` or `held_for`',
      '2:29 `to` says where a card goes on to; this is a way in. → `to` under `leave` only',
      '2:35 `strength` belongs to a door; a criterion holds or does not. → `says` or `held_for`',
      '2:51 `both_ways` belongs to a door; a criterion holds or does not. → `says` or `held_for`',
      '2:78 Here should be a duration. → a duration such as `90s`, `30m`, `3h` or `2d`',
      '3:5 `owner_accepted` is about a card, and this place is about the room. → one of roles_filled, readers_confirmed, freeze_confirmed, h…',
      '4:5 `roles_filled` needs to know which. → `roles_filled: [commander, legal]`',
      '5:25 There is no role `leed` in this plan. → `lead`, or one of lead, legal, comms',
      '6:5 No guard stands here. → one of roles_filled, readers_confirmed, freeze_confirmed, h…',
      '7:5 `holding_posted_within` needs a duration. → `holding_posted_within: 24h`',
      '8:13 There is no role `leed` in this plan. → `lead`, or one of lead, legal, comms',
      '9:11 Level 2, 3 is missing here. → a value for every level, or one value for all',
      '9:20 There is no level 9. → one of 1, 2, 3',
    ],
  ],
  [
    'stand-down',
    '21 criteria',
    `criteria: [${Array(21).fill('no_breach_open').join(', ')}]
decided_by: lead`,
    ['1:11 Here stand 21 items. → at most 20'],
  ],
  [
    'retrospective',
    'words where others belong',
    `within: a week
led_by: leed
attended_by: leagl
publishes: perhaps
asks: {}`,
    [
      '1:9 Here should be a duration. → a duration such as `90s`, `30m`, `3h` or `2d`',
      '2:9 There is no role `leed` in this plan. → `lead`, or one of lead, legal, comms',
      '3:14 There is no role `leagl` in this plan. → `lead`, or one of lead, legal, comms',
      '4:12 Here should be yes or no. → `true` or `false`',
      '5:7 Here should be words. → some words on one line, or several lines after `>`',
    ],
  ],
  [
    'break-glass',
    'guards that may not be passed over',
    `who: [lead, lagal]
over: [no_breach_open, sign_off_valid]
from_level: 5
marks: walls
after: { 1: 1h }
tells: com
reviewed_by: x`,
    [
      '0:1 There is no level 5. → one of 1, 2, 3',
      '1:1 `review_within` is missing here. → `review_within: …`',
      '1:13 There is no role `lagal` in this plan. → `legal`, or one of lead, legal, comms',
      '2:8 `no_breach_open` is not known here. → one of has_fields, class_in, level_at_least, owner_accepted…',
      '2:24 `sign_off_valid` is not known here. → `sign_offs_valid`, or one of has_fields, class_in, level_at…',
      '4:8 `walls` is not known here. → `wall`, or one of card, wall, report',
      '5:8 Level 2, 3 is missing here. → a value for every level, or one value for all',
      '6:8 There is no role `com` in this plan. → `comms`, or one of lead, legal, comms',
      '7:14 There is no role `x` in this plan. → one of lead, legal, comms',
    ],
  ],
  [
    'wall',
    'stale before it is old',
    `shows: [levels]
old_after: 31s`,
    [
      '0:1 The wall would be stale before it is old. → `stale_after` no shorter than `old_after`',
      '1:9 `levels` is not known here. → `level`, or one of level, oldest_unanswered, breaches, card…',
    ],
  ],
  [
    'rehearsal',
    'a pace too fast',
    `pace: 10001
passed_when: [share_answerd]
taken_by: leed
lasts: long`,
    [
      '1:1 `every` is missing here. → `every: …`',
      '1:7 Here should be a whole number. → a number from 1 to 10000',
      '2:15 `share_answerd` is not known here. → `share_answered`, or one of share_answered, share_in_time, …',
      '3:11 There is no role `leed` in this plan. → `lead`, or one of lead, legal, comms',
      '4:8 Here should be a duration. → a duration such as `90s`, `30m`, `3h` or `2d`',
    ],
  ],
  [
    'measures',
    'figures that are not known',
    `shares: { target: 95% }
breaches: { target: many, public: x, aim: 1 }
median_reply: { target: { 1: 1h, 2: 1 } }
p90_reply: { target: 1y }`,
    [
      '1:1 `shares` is not known here. → one of share_answered, share_in_time, median_reply, p90_rep…',
      '2:21 Here should be a number. → a number such as `200` or `2.5`',
      '2:35 Here should be yes or no. → `true` or `false`',
      '2:38 `aim` is not a key here. → one of target, public',
      '3:25 Level 3 is missing here. → a value for every level, or one value for all',
      '4:22 Here should be a number. → a number such as `200` or `2.5`',
    ],
  ],
  [
    'voice',
    'forms of a banned phrase',
    `banned:
  - { id: a, why: No. }
  - { id: b, phrase: x, family: y, why: No. }
  - { id: c, phrase: [], why: No. }
  - { id: d, near: [a, b, c], within: 13, why: No. }
  - { id: e, phrase: "offend*", why: No. }
  - { family: "(a", strength: bloc }
  - never`,
    [
      '2:5 This rule has 0 forms. → one of `phrase`, `family` or `near`',
      '3:5 This rule has 2 forms. → one of `phrase`, `family` or `near`',
      '4:5 No words stand here. → at least one phrase',
      '5:5 `near` names 3 words. → two, `near: [unable, assist]`',
      '5:39 Here should be a whole number. → a number from 1 to 12',
      '6:5 A `phrase` is taken word for word. → `family:` for endings and choices',
      '7:5 `id` is missing here. → `id: …`',
      '7:5 `why` is missing here. → `why: …`',
      '7:15 A `(` has no `)`. → words, `word*` for any ending, `(a|b)` for a choice, `(a)?`…',
      '7:31 `bloc` is not known here. → `block`, or one of block, warn, note',
      '8:5 Here stands a single value or a list. → keys with values, `key: value`',
      '8:5 This rule has 0 forms. → one of `phrase`, `family` or `near`',
    ],
  ],
  [
    'voice',
    'forms of what a reply has',
    `required:
  - { id: a, name: A, why: No. }
  - { any: x, signature: perhaps, classes: [prais] }`,
    [
      '2:5 Nothing says what would count as this element. → `any: [sorry, thank you]`, or `signature: true`',
      '3:5 `id` is missing here. → `id: …`',
      '3:5 `name` is missing here. → `name: …`',
      '3:5 `why` is missing here. → `why: …`',
      '3:26 Here should be yes or no. → `true` or `false`',
      '3:45 There is no class `prais` in this plan. → `praise`, or one of praise',
    ],
  ],
  [
    'voice',
    'masks, kinds and shares',
    `personal_data: { kinds: [emails], masks: [RF, "##", "RF-####!"], strength: note }
likeness: { ceiling: 0.6 }
lenght: {}
length: { why: [] }
liability: { words: ["*"] }`,
    [
      '1:16 Personal data in public is always blocked. → `strength` left out',
      '1:26 `emails` is not known here. → `email`, or one of email, phone, payment_card, iban, accoun…',
      '1:43 `RF` is not a mask. → a mask such as `RF-########`: # a digit, @ a letter',
      '1:47 `##` is not a mask. → a mask such as `RF-########`: # a digit, @ a letter',
      '1:53 `RF-####!` is not a mask. → a mask such as `RF-########`: # a digit, @ a letter',
      '2:11 `why` is missing here. → `why: …`',
      '2:22 `0.6` is not a share. → a share such as `50%`, from 1% to 100%',
      '3:1 `lenght` is not a key here. → `length`, or one of banned, required, personal_data, leftov…',
      '4:16 Here should be words. → some words on one line, or several lines after `>`',
      '5:22 `*` is not a word this language knows. → words, `word*` for any ending, `(a|b)` for a choice, `(a)?`…',
    ],
  ],
  ['voice', 'a list', `[a, b]`, ['1:1 Here stands a single value or a list. → keys with values, `key: value`']],
];

describe('the blocks of a storm and of how we speak', () => {
  it.each(CASES)('[PB-3] %s: %s', (fence, _, body, faults) => {
    expect(blockRead(fence, body).faults).toEqual(faults);
  });
});
