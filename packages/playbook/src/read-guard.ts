// Reads one use of a guard: `voice_clean`, `sign_offs_valid: reply`, or with `to`, `strength`, `says` and `both_ways` beside it.

import { GUARD_NAMES, LATER_GUARD_NAMES } from '@rejoinder/contracts/guards';
import type { Condition, Guard, GuardName } from '@rejoinder/contracts/playbooks';
import { countIn, flagIn, listIn, mapOf, perLevelIn, secondsIn, strengthIn, wordsIn } from './expect.ts';
import type { Place } from './faults.ts';
import type { Entry, Located } from './located.ts';
import { oneOf, type Reading } from './reading.ts';
import { sayCondition } from './say.ts';

const BESIDE = ['to', 'strength', 'says', 'both_ways'];
const COMBINERS = ['all', 'any', 'not', 'at_level'];
const KNOWN: readonly string[] = [...GUARD_NAMES, ...COMBINERS];

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
    const guard = readUse(reading, item, heading, isLeave);
    return guard === null ? [] : [guard];
  });
}

function readUse(reading: Reading, node: Located, heading: string, isLeave: boolean): UnsaidGuard | null {
  const beside = new Map(
    node.is === 'map'
      ? node.entries.filter((entry) => BESIDE.includes(entry.key)).map((entry) => [entry.key, entry.value])
      : [],
  );
  const condition = readCondition(reading, node, BESIDE);
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
function readCondition(reading: Reading, node: Located, beside: readonly string[]): Condition | null {
  if (node.is === 'scalar') return readNamed(reading, node.raw.trim(), node.at, undefined);
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
    reading.faults.add(node.at, 'No guard stands here.', oneOf('', KNOWN));
    return null;
  }
  return COMBINERS.includes(first.key)
    ? readCombined(reading, first)
    : readNamed(reading, first.key, first.at, first.value);
}

function readCombined(reading: Reading, entry: Entry): Condition | null {
  if (entry.key === 'at_level') {
    const levels: Record<string, Condition[]> = {};
    for (const each of mapOf(reading, entry.value)?.entries ?? []) {
      if (reading.levels.includes(Number(each.key))) levels[each.key] = conditions(reading, each.value);
      else reading.faults.add(each.at, `There is no level ${each.key}.`, `one of ${reading.levels.join(', ')}`);
    }
    return { guard: 'at_level', levels };
  }
  const of = conditions(reading, entry.value);
  if (of.length === 0) {
    reading.faults.add(entry.at, `\`${entry.key}\` has nothing below it.`, 'one guard or a list of guards');
    return null;
  }
  return { guard: entry.key === 'all' ? 'all' : entry.key === 'any' ? 'any' : 'not', of };
}

function conditions(reading: Reading, node: Located): Condition[] {
  const items = node.is === 'list' ? node.items : [node];
  return items.flatMap((item) => {
    const condition = readCondition(reading, item, []);
    return condition === null ? [] : [condition];
  });
}

function readNamed(reading: Reading, name: string, at: Place, value: Located | undefined): Condition | null {
  const guard = GUARD_NAMES.find((each) => each === name);
  if (guard === undefined) {
    const isLater = LATER_GUARD_NAMES.some((each) => each === name);
    if (isLater)
      reading.faults.add(
        at,
        `\`${name}\` cannot be enforced yet, so a plan may not rely on it.`,
        'this line left out until it can',
      );
    else reading.faults.add(at, `\`${name.slice(0, 60)}\` is not a guard.`, oneOf(name, KNOWN));
    return null;
  }
  return withArgument(reading, guard, at, value);
}

function withArgument(reading: Reading, guard: GuardName, at: Place, value: Located | undefined): Condition | null {
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
      return { guard, seconds: seconds() };
    default:
      if (value !== undefined && !(value.is === 'scalar' && (value.value === null || value.value === true))) {
        reading.faults.add(value.at, `\`${guard}\` takes no value.`, `\`${guard}\` alone, or \`${guard}: true\``);
      }
      return { guard };
  }
}
