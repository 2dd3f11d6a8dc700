// The guards as people who write plans meet them: what each asks for, its value, and an example that reads.
import { GUARD_NAMES, type GuardName, ROOM_GUARD_NAMES, type RoomGuardName } from '@rejoinder/contracts/guards';
import { list, perLevel } from './shapes/joined.ts';
import { type KeyData, maybe, or, type ShapeData } from './shapes/shape.ts';
import { choice, count, duration, flag, ref, words } from './shapes/single.ts';

/** `argument` null: the guard stands alone. `isOptional`: it may stand alone. */
export type GuardWord = {
  name: string;
  about: 'card' | 'room' | 'both';
  help: string;
  argument: ShapeData | null;
  isOptional: boolean;
  example: string;
};

const fields = list(ref('field')).data;
const classes = list(ref('class')).data;
const roles = list(ref('role')).data;
const seconds = perLevel(duration).data;

type Said = [help: string, argument?: ShapeData, example?: string];

const CARD: Record<GuardName, Said> = {
  has_fields: ['Each of these fields has a value.', fields, '[class, department]'],
  class_in: ['The card’s class is one of these.', classes, '[complaint]'],
  level_at_least: ['The room is at this level or a higher one.', count(9).data, '2'],
  owner_accepted: ['One person owns the card and has accepted it.'],
  owner_authority_covers_remedy: ['The owner may promise what is promised.'],
  department_contacted: ['It is noted that the department was asked.'],
  checklist_complete: ['Everything on the stage’s checklist is ticked.'],
  draft_not_empty: ['A reply is written.'],
  length_within_channel: ['The reply fits the platform, counted as the platform counts.'],
  same_platform_as_origin: ['The account is on the platform where the person wrote.'],
  account_allowed: ['The account is one of the room’s own.'],
  voice_clean: ['No finding of the voice block blocks; what warns goes on with a reason.'],
  not_too_like_sent: ['The words are not a copy of a reply already sent.'],
  no_personal_data: ['No personal data stands in the public text.'],
  claims_in_fact_sheet: [
    'What these words claim stands in the approved facts of the story, or it is noted that somebody checked these exact words.',
  ],
  comments_resolved: ['Every comment on the words of the reply is resolved.'],
  strategy_allowed: ['The strategy is one the plan allows for this type of crisis.'],
  sign_offs_valid: ['Everyone needed at this level has signed these exact words.', ref('sign-off').data, 'reply'],
  signer_not_sole_author: ['Somebody other than the only author has signed.'],
  no_unseen_mention_from_author: ['Everything the person wrote has been opened.'],
  actor_is_current: ['Whoever moves the card saw its newest state.'],
  actor_has_role: ['Whoever moves the card holds one of these roles.', roles, '[social_lead]'],
  posted_and_matches: ['The reply stands in public, word for word what was signed.'],
  public_pointer_posted: ['Something in public points to the private talk.'],
  private_reason_given: ['The reason for going private is written down.'],
  public_follow_up_posted_or_declined: ['We asked again in public, or the person declined.'],
  remedy_delivered: ['What was promised has been done.'],
  below_limit: ['The stage has room for one more card.'],
  not_moved_within: ['The card was not moved so recently; per level.', seconds, '10m'],
  reason_given: ['A reason stands with the move.'],
  elapsed: ['The card has been in its stage so long; per level.', seconds, '{ 1: 24h, 2: 4h, 3: 1h }'],
};

const ROOM: Record<RoomGuardName, Said> = {
  roles_filled: ['Somebody in the room holds each of these roles.', roles, '[commander, legal]'],
  readers_confirmed: ['These roles, or those of the front matter, confirmed reading the plan.', roles, '[commander]'],
  freeze_confirmed: ['Somebody confirmed that what the freeze names is stopped.'],
  holding_posted_within: ['A holding text was posted within this time of the level being raised.', seconds, '60m'],
  update_not_overdue: ['The time of the next update is named and has not passed.'],
  no_breach_open: ['No promised time has run out and still runs.'],
  oldest_unanswered_below: ['Nobody has waited longer than this for an answer.', seconds, '1h'],
  volume_below_baseline_for: ['The volume has been below its baseline so long.', seconds, '4h'],
  closing_statement_posted: ['The closing statement is posted.'],
  retrospective_scheduled: ['The date of the retrospective is set.'],
};

const bothGuards: ShapeData = { is: 'guards', about: 'card' };
const JOINING: [string, string, ShapeData, string][] = [
  ['all', 'All of these hold.', bothGuards, '[voice_clean, no_personal_data]'],
  ['any', 'At least one of these holds.', bothGuards, '[owner_accepted, reason_given]'],
  ['not', 'None of this holds.', bothGuards, '{ class_in: [troll] }'],
  [
    'at_level',
    'Only at these levels, there all of them.',
    { is: 'by-level', of: bothGuards },
    '{ 3: [owner_accepted] }',
  ],
];

const MAY_STAND_ALONE = ['readers_confirmed'];

/** Every guard and every word that joins guards. */
export const GUARD_WORDS: readonly GuardWord[] = [
  ...GUARD_NAMES.map((name) => word(name, 'card', CARD[name])),
  ...ROOM_GUARD_NAMES.map((name) => word(name, 'room', ROOM[name])),
  ...JOINING.map(([name, help, argument, example]) => word(name, 'both', [help, argument, example])),
];

/** Keys that may stand beside a guard. `to` under `leave` only, `held_for` in `stand-down` only. */
export const BESIDE_GUARD: Record<'card' | 'room', Record<string, KeyData>> = {
  card: {
    strength: dataOf(
      or(
        choice(['block', 'warn', 'note']),
        'block',
        '`block` refuses, `warn` goes on with a reason, `note` only says so.',
      ),
    ),
    says: dataOf(maybe(words, 'The rule in your own words, for the refusal.')),
    to: dataOf(maybe(list(ref('stage')), 'Only for moves to these stages; under `leave`.')),
    both_ways: dataOf(or(flag, false, '`true`: holds for backward moves too.')),
  },
  room: {
    says: dataOf(maybe(words, 'The rule in your own words.')),
    held_for: dataOf(maybe(perLevel(duration), 'How long this alone must hold; per level.')),
  },
};

/** What may stand as a guard in a place: guard names with their values, and the keys beside them. */
export function keysOfGuards(about: 'card' | 'room'): Record<string, KeyData> {
  const out: Record<string, KeyData> = {};
  for (const guard of GUARD_WORDS) {
    if (guard.about !== about && guard.about !== 'both') continue;
    out[guard.name] = { help: guard.help, required: false, holds: argumentFor(guard, about) };
  }
  return { ...out, ...BESIDE_GUARD[about] };
}

function argumentFor({ argument }: GuardWord, about: 'card' | 'room'): ShapeData {
  if (argument === null) return { is: 'flag' };
  if (argument.is === 'guards') return { is: 'guards', about };
  if (argument.is === 'by-level' && argument.of.is === 'guards') return { is: 'by-level', of: { is: 'guards', about } };
  return argument;
}

function word(name: string, about: GuardWord['about'], [help, argument, value]: Said): GuardWord {
  const example = argument === undefined ? name : `${name}: ${value ?? ''}`;
  return { name, about, help, argument: argument ?? null, isOptional: MAY_STAND_ALONE.includes(name), example };
}

function dataOf({ help, required, holds }: KeyData): KeyData {
  return { help, required, holds };
}
