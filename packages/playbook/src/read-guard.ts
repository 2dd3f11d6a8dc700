// Reads one use of a guard: `voice_clean`, `sign_offs_valid: reply`, or with `to`, `strength`, `says` and `both_ways` beside it.

import { GUARD_NAMES, ROOM_GUARD_NAMES, type RoomGuardName } from '@rejoinder/contracts/guards';
import type { Condition, Guard, GuardName } from '@rejoinder/contracts/playbooks';
import { countIn, flagIn, listIn, mapOf, perLevelIn, secondsIn, strengthIn, wordsIn } from './expect.ts';
import type { Place } from './faults.ts';
import type { Entry, Located } from './located.ts';
import { oneOf, type Reading } from './reading.ts';
import { sayCondition } from './say.ts';

const BESIDE = ['to', 'strength', 'says', 'both_ways'];
const COMBINERS = ['all', 'any', 'not', 'at_level'];
/** What the guards of a place are about: a card at a stage's door, or the room. */
type About = 'card' | 'room';
const KNOWN: Record<About, readonly (GuardName | RoomGuardName)[]> = { card: GUARD_NAMES, room: ROOM_GUARD_NAMES };
const OTHER: Record<About, string> = { card: 'the room', room: 'a card' };

const known = (about: About): string[] => [...KNOWN[about], ...COMBINERS];

/** A guard whose sentence waits until the whole plan is known. */
export type UnsaidGuard = Guard & { says: string | null };

/** Reads the list under `enter` or `leave`. Each item is one numbered rule. */
export function readGuards(
  reading: Reading,
  node: Located | undefined,
  heading: string,
  isLeave: boolean,
): UnsaidGuard[] {
  if (node === undefined || (node.is === 'scalar' && node.value === null)) return [];
  const items = node.is === 'list' ? node.items : [node];
  return items.flatMap((item) => {
    const guard = readUse(reading, item, heading, isLeave, 'card');
    return guard === null ? [] : [guard];
  });
}

/** Reads one guard about the room, as it stands in blocks such as `stand-down`. A guard about a card is a fault here (GU-43). */
export function readRoomGuard(reading: Reading, node: Located, heading: string): UnsaidGuard | null {
  return readUse(reading, node, heading, false, 'room');
}

function readUse(reading: Reading, node: Located, heading: string, isLeave: boolean, about: About): UnsaidGuard | null {
  const beside = new Map(
    node.is === 'map'
      ? node.entries.filter((entry) => BESIDE.includes(entry.key)).map((entry) => [entry.key, entry.value])
      : [],
  );
  const condition = readCondition(reading, node, BESIDE, about);
  const says = beside.has('says') ? wordsIn(reading, beside.get('says'), '') : null;
  const strength = strengthIn(reading, beside.get('strength'));
  const bothWays = flagIn(reading, beside.get('both_ways'), false);
  const to = beside.get('to');
  if (to && !isLeave)
    reading.faults.add(to.at, '`to` says where a card goes on to; this is a way in.', '`to` under `leave` only');
  const stages = to ? listIn(reading, to) : null;
  if (condition === null) return null;
  const clause = reading.clause(heading, node.at.line, (playbook) => says ?? sayCondition(playbook, condition));
  for (const stage of stages ?? []) reading.refer('stage', stage.text, stage.at, clause);
  return {
    ...condition,
    strength,
    clause,
    sentence: '',
    says,
    to: stages?.map((stage) => stage.text) ?? null,
    bothWays,
  };
}

/** Reads what is asked. Null when a fault was found. */
function readCondition(reading: Reading, node: Located, beside: readonly string[], about: About): Condition | null {
  if (node.is === 'scalar') return readNamed(reading, node.raw.trim(), node.at, undefined, about);
  if (node.is === 'list') {
    reading.faults.add(
      node.at,
      'Here stands a list within a list.',
      'a guard; several together stand under `all:` or `any:`',
    );
    return null;
  }
  const named = node.entries.filter((entry) => !beside.includes(entry.key));
  const [first, ...others] = named;
  for (const other of others)
    reading.faults.add(other.at, `\`${other.key}\` is a second guard in one item.`, 'one guard for each `-`');
  if (first === undefined) {
    reading.faults.add(node.at, 'No guard stands here.', oneOf('', known(about)));
    return null;
  }
  return COMBINERS.includes(first.key)
    ? readCombined(reading, first, about)
    : readNamed(reading, first.key, first.at, first.value, about);
}

function readCombined(reading: Reading, entry: Entry, about: About): Condition | null {
  if (entry.key === 'at_level') {
    const levels: Record<string, Condition[]> = {};
    for (const each of mapOf(reading, entry.value)?.entries ?? []) {
      if (reading.levels.includes(Number(each.key))) levels[each.key] = conditions(reading, each.value, about);
      else reading.faults.add(each.at, `There is no level ${each.key}.`, `one of ${reading.levels.join(', ')}`);
    }
    return { guard: 'at_level', levels };
  }
  const of = conditions(reading, entry.value, about);
  if (of.length === 0) {
    reading.faults.add(entry.at, `\`${entry.key}\` has nothing below it.`, 'one guard or a list of guards');
    return null;
  }
  return { guard: entry.key === 'all' ? 'all' : entry.key === 'any' ? 'any' : 'not', of };
}

function conditions(reading: Reading, node: Located, about: About): Condition[] {
  const items = node.is === 'list' ? node.items : [node];
  return items.flatMap((item) => {
    const condition = readCondition(reading, item, [], about);
    return condition === null ? [] : [condition];
  });
}

function readNamed(
  reading: Reading,
  name: string,
  at: Place,
  value: Located | undefined,
  about: About,
): Condition | null {
  const guard = KNOWN[about].find((each) => each === name);
  if (guard !== undefined) return withArgument(reading, guard, at, value);
  const other = about === 'card' ? ROOM_GUARD_NAMES : GUARD_NAMES;
  const says = other.some((each) => each === name)
    ? `\`${name}\` is about ${OTHER[about]}, and this place is about ${OTHER[about === 'card' ? 'room' : 'card']}.`
    : `\`${name.slice(0, 60)}\` is not a guard.`;
  reading.faults.add(at, says, oneOf(name, known(about)));
  return null;
}

function withArgument(
  reading: Reading,
  guard: GuardName | RoomGuardName,
  at: Place,
  value: Located | undefined,
): Condition | null {
  const names = (kind: 'field' | 'class' | 'role', wants: string): string[] => {
    const list = value === undefined ? [] : listIn(reading, value);
    if (list.length === 0) reading.faults.add(at, `\`${guard}\` needs to know which.`, wants);
    for (const each of list) reading.refer(kind, each.text, each.at);
    return list.map((each) => each.text);
  };
  const seconds = () => {
    if (value === undefined) reading.faults.add(at, `\`${guard}\` needs a duration.`, `\`${guard}: 24h\``);
    return perLevelIn(reading, value, (each) => secondsIn(reading, each, 1));
  };
  switch (guard) {
    case 'has_fields':
      return { guard, fields: names('field', '`has_fields: [class, department]`') };
    case 'class_in':
      return { guard, classes: names('class', '`class_in: [complaint]`') };
    case 'actor_has_role':
      return { guard, roles: names('role', '`actor_has_role: [social_lead]`') };
    case 'roles_filled':
      return { guard, roles: names('role', '`roles_filled: [commander, legal]`') };
    case 'readers_confirmed':
      // Alone it means those of the front matter.
      return { guard, roles: isBare(value) ? [] : names('role', '`readers_confirmed: [commander]`') };
    case 'level_at_least':
      if (value === undefined) reading.faults.add(at, '`level_at_least` needs a level.', '`level_at_least: 2`');
      return { guard, level: countIn(reading, value, 1, 9) };
    case 'sign_offs_valid': {
      const id = value === undefined ? '' : wordsIn(reading, value, '');
      if (value === undefined)
        reading.faults.add(at, '`sign_offs_valid` needs to know which sign-off.', '`sign_offs_valid: reply`');
      else reading.refer('sign-off', id, value.at);
      return { guard, signOff: id };
    }
    case 'elapsed':
    case 'not_moved_within':
    case 'holding_posted_within':
    case 'oldest_unanswered_below':
    case 'volume_below_baseline_for':
      return { guard, seconds: seconds() };
    default:
      if (value !== undefined && !isBare(value)) {
        reading.faults.add(value.at, `\`${guard}\` takes no value.`, `\`${guard}\` alone, or \`${guard}: true\``);
      }
      return { guard };
  }
}

/** No value, or `true`. */
function isBare(value: Located | undefined): boolean {
  return value === undefined || (value.is === 'scalar' && (value.value === null || value.value === true));
}
