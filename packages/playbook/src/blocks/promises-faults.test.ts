// What is wrong with the blocks of signatures, promised times and hours: every wrong shape gives its fault, at its line and column, with what would be right.
import { describe, expect, it } from 'vitest';
import { blockRead } from '../block-for-tests.ts';

/** Places count from the first line of the block; line 0 is its fence. */
const CASES: [fence: string, title: string, body: string, faults: string[]][] = [
  [
    'sign-off sent',
    'no way to agree',
    `agree: {}`,
    ['1:8 Here stand 0 ways to agree. → one of `all: [..]`, `any: [..]`, or `quorum: 2` with `of: […'],
  ],
  [
    'sign-off sent',
    'two ways to agree',
    `agree: { all: legal, any: lead }`,
    ['1:8 Here stand 2 ways to agree. → one of `all: [..]`, `any: [..]`, or `quorum: 2` with `of: […'],
  ],
  [
    'sign-off sent',
    'a quorum alone',
    `agree: { quorum: 2 }`,
    [
      '1:8 `quorum` and `of` belong together. → `{ quorum: 2, of: [comms, legal, expert] }`',
      '1:8 Nobody would have to sign. → at least one role',
      '1:8 2 of 0 roles can never sign. → a quorum no larger than the list',
    ],
  ],
  [
    'sign-off sent',
    'a list of a quorum alone',
    `agree: { all: legal, of: [lead, legal] }`,
    ['1:8 `quorum` and `of` belong together. → `{ quorum: 2, of: [comms, legal, expert] }`'],
  ],
  [
    'sign-off sent',
    'a quorum larger than its list',
    `agree: { quorum: 3, of: [lead, legal, lead] }`,
    ['1:8 3 of 2 roles can never sign. → a quorum no larger than the list'],
  ],
  ['sign-off sent', 'nobody who signs', `agree: { all: [] }`, ['1:8 Nobody would have to sign. → at least one role']],
  [
    'sign-off sent',
    'what a signature leaves out',
    `agree: { any: legl }
covers: [text, acount]
voided_by: edit
order: { 1: paralel, 2: parallel }
lifetime: 0h`,
    [
      '1:15 There is no role `legl` in this plan. → `legal`, or one of lead, legal, comms',
      '2:9 A signature that leaves out `account` cannot be checked. → [text, account, reply_to]',
      '2:9 A signature that leaves out `reply_to` cannot be checked. → [text, account, reply_to]',
      '2:16 `acount` is not known here. → `account`, or one of text, account, reply_to, media, fact_s…',
      '3:12 `account_changed` always voids a signature. → [edit, account_changed, reply_to_changed, new_post_from_aut…',
      '3:12 `reply_to_changed` always voids a signature. → [edit, account_changed, reply_to_changed, new_post_from_aut…',
      '3:12 `new_post_from_author` always voids a signature. → [edit, account_changed, reply_to_changed, new_post_from_aut…',
      '4:8 Level 3 is missing here. → a value for every level, or one value for all',
      '4:13 `paralel` is not known here. → `parallel`, or one of parallel, in_order',
      '5:11 Here should be a duration. → a duration such as `90s`, `30m`, `3h` or `2d`',
    ],
  ],
  [
    'sign-off sent',
    'deputies without a time',
    `agree: { all: legal }
deputies: { roles: { leagl: lead, Comms: lead } }`,
    [
      '2:11 `after` is missing here. → `after: …`',
      '2:22 There is no role `leagl` in this plan. → `lead`, or one of lead, legal, comms',
      '2:35 `Comms` is not a name. → small letters, digits, - and _, beginning with a letter',
    ],
  ],
  ['sign-off sent', 'no agreement', `order: parallel`, ['1:1 `agree` is missing here. → `agree: …`']],
  [
    'clock sent',
    'a start and a stop that are not known',
    `starts: card_open
stops: stage_let
pauses: [waiting]
never_stopped_by: likes
target: 3 h`,
    [
      '1:9 `card_open` is not known here. → `card_opened`, or one of mention_posted, card_opened, stage…',
      '2:8 `stage_let` is not known here. → `stage_left`, or one of public_reply_published, follow_up_r…',
      '3:10 `waiting` is not known here. → one of waiting_for_author, stood_down',
      '4:19 `likes` is not known here. → `like`, or one of internal_note, like, private_message, hol…',
      '5:9 Here should be a duration. → a duration such as `90s`, `30m`, `3h` or `2d`',
    ],
  ],
  [
    'clock sent',
    'a level the plan lacks',
    `starts: card_opened
stops: card_closed
target: 1h
from_level: 4
calendar: ofice
on_warning: asks
on_breach: nobody_there`,
    [
      '0:1 There is no level 4. → one of 1, 2, 3',
      '5:11 There is no calendar `ofice` in this plan. → `office`, or one of always, office',
      '6:13 There is no ladder `asks` in this plan. → `ask`, or one of ask',
      '7:12 There is no ladder `nobody_there` in this plan. → one of ask',
    ],
  ],
  [
    'clock sent',
    'shares that do not rise',
    `starts: card_opened
stops: card_closed
target: 1h
warn_at: [50%, 50%]`,
    ['4:10 The warning points do not rise. → at most four rising shares below 100%, `[50%, 80%]`'],
  ],
  [
    'clock sent',
    'a share of all',
    `starts: card_opened
stops: card_closed
target: 1h
warn_at: 100%`,
    ['4:10 The warning points do not rise. → at most four rising shares below 100%, `[50%, 80%]`'],
  ],
  [
    'clock sent',
    'five shares',
    `starts: card_opened
stops: card_closed
target: 1h
warn_at: [10%, 20%, 30%, 40%, 50%]`,
    ['4:10 The warning points do not rise. → at most four rising shares below 100%, `[50%, 80%]`'],
  ],
  [
    'clock sent',
    'shares of the wrong form',
    `starts: card_opened
stops: card_closed
target: { 1: 1h, 2: 1h, 3: 1h, 4: 1h }
warn_at: [0%, 0.5, 101%]`,
    [
      '3:32 There is no level 4. → one of 1, 2, 3',
      '4:10 The warning points do not rise. → at most four rising shares below 100%, `[50%, 80%]`',
      '4:11 `0%` is not a share. → a share such as `50%`, from 1% to 100%',
      '4:15 `0.5` is not a share. → a share such as `50%`, from 1% to 100%',
      '4:20 `101%` is not a share. → a share such as `50%`, from 1% to 100%',
    ],
  ],
  [
    'clock sent',
    'nothing',
    ``,
    [
      '1:1 `starts` is missing here. → `starts: …`',
      '1:1 `stops` is missing here. → `stops: …`',
      '1:1 `target` is missing here. → `target: …`',
    ],
  ],
  [
    'clock Sent',
    'an id that is no name',
    `starts: card_opened
stops: card_closed
target: 1h`,
    ['0:1 `Sent` is not a name. → small letters, digits, - and _, beginning with a letter'],
  ],
  [
    'ladder sent',
    'no step',
    `steps: []
accepts: 0`,
    [
      '1:1 This ladder has no step. → `steps:` with at least one',
      '2:10 Here should be a whole number. → a number from 1 to 9',
    ],
  ],
  [
    'ladder sent',
    'steps of the wrong form',
    `steps:
  - { whom: ownr, after: 1, channels: fax }
  - { after: 1h }
  - owner
accepts: 2.5
on_empty: skip
reopen_after: { 1: 1h, 2: 1h }`,
    [
      '2:13 There is no role `ownr` in this plan. → `owner`, or one of owner, primary, deputy, out_of_hours, si…',
      '2:26 Here should be a duration. → a duration such as `90s`, `30m`, `3h` or `2d`',
      '2:39 `fax` is not known here. → one of board, push, chat, email, sms, phone',
      '3:5 `whom` is missing here. → `whom: …`',
      '4:5 Here stands a single value or a list. → keys with values, `key: value`',
      '5:10 Here should be a whole number. → a number from 1 to 9',
      '6:11 `skip` is not known here. → one of skip_and_show',
      '7:15 Level 3 is missing here. → a value for every level, or one value for all',
    ],
  ],
  [
    'ladder sent',
    'more steps than anyone asks',
    `steps: [${Array(31).fill('{ whom: owner }').join(', ')}]`,
    ['1:8 Here stand 31 items. → at most 30'],
  ],
  [
    'calendars',
    'a zone and days that are not known',
    `office: { zone: Europe/Berlyn, open: { mo: 09:00-10:00, fri-mon: 09:00-10:00 } }
late: { zone: "+01:00", open: { sun: [9-10, 24:00-24:00, 17:00-09:00, 10:00-10:00] } }
always: { open: {}, holidays: [2026-13-01, today], exceptions: [{ open: 25:00-26:00 }] }`,
    [
      '1:17 `Europe/Berlyn` is not a time zone. → a name such as `Europe/Berlin` or `UTC`',
      '1:40 `mo` is not known here. → `mon`, or one of mon, tue, wed, thu, fri, sat, sun, mon-tue…',
      '1:57 `fri-mon` is not known here. → `fri-sun`, or one of mon, tue, wed, thu, fri, sat, sun, mon…',
      '2:15 `+01:00` is not a time zone. → a name such as `Europe/Berlin` or `UTC`',
      '2:39 `9-10` is not a window of hours. → such as `09:00-17:30`',
      '2:45 `24:00-24:00` is not a window of hours. → such as `09:00-17:30`',
      '2:45 `24:00-24:00` ends before it begins. → two windows for hours over midnight',
      '2:58 `17:00-09:00` ends before it begins. → two windows for hours over midnight',
      '2:71 `10:00-10:00` ends before it begins. → two windows for hours over midnight',
      '3:1 The calendar `always` is declared a second time. → each name once',
      '3:9 `zone` is missing here. → `zone: …`',
      '3:32 Here should be a date. → a date such as `2026-09-01`',
      '3:44 Here should be a date. → a date such as `2026-09-01`',
      '3:65 `on` is missing here. → `on: …`',
      '3:73 `25:00-26:00` is not a window of hours. → such as `09:00-17:30`',
    ],
  ],
];

describe('the blocks of signatures, promised times and hours', () => {
  it.each(CASES)('[PB-3] %s: %s', (fence, _, body, faults) => {
    expect(blockRead(fence, body).faults).toEqual(faults);
  });
});
