// Reads who there is and how bad it can get: the blocks `roles` and `levels`.
import type { Ability, Level, Role } from '@rejoinder/contracts/playbooks';
import { sayDuration } from '../durations.ts';
import { checkName, choiceIn, keysOf, listIn, mapOf, secondsIn, wordsIn } from '../expect.ts';
import { sayList, sayRoles } from '../levels.ts';
import type { Located } from '../located.ts';
import type { Reading } from '../reading.ts';

export const ABILITIES: readonly Ability[] = [
  'view',
  'triage',
  'own',
  'draft',
  'move',
  'sign',
  'publish',
  'settle',
  'raise_level',
  'lower_level',
  'manage_sources',
  'manage_people',
  'adopt_playbook',
  'break_glass',
];

const PARTS = ['author', 'only_signer'];

export function readRoles(
  reading: Reading,
  node: Located,
  heading: string,
): { roles: Role[]; notOnePerson: string[][] } {
  const roles: Role[] = [];
  const notOnePerson: string[][] = [];
  for (const entry of mapOf(reading, node)?.entries ?? []) {
    if (entry.key === 'not_one_person') {
      notOnePerson.push(...readPairs(reading, entry.value, heading));
      continue;
    }
    if (!checkName(reading, entry.key, entry.at)) continue;
    reading.declare('role', entry.key, entry.at);
    const keys = keysOf(reading, entry.value, ['name', 'may'], ['name', 'may']);
    const name = wordsIn(reading, keys.get('name'), entry.key);
    const given = keys.get('may');
    const items = given?.is === 'list' ? given.items : given ? [given] : [];
    const granted = items.map((item) => choiceIn(reading, item, ABILITIES, 'view'));
    const isAble = [...new Set(granted)];
    const clause = reading.clause(
      heading,
      entry.at.line,
      () => `${name} may ${sayList(isAble.map(sayAbility), 'and')}.`,
    );
    roles.push({ id: entry.key, name, may: isAble, clause });
  }
  return { roles, notOnePerson };
}

function readPairs(reading: Reading, node: Located, heading: string): string[][] {
  const items = node.is === 'list' ? node.items : [];
  if (items.length === 0) reading.faults.add(node.at, 'Here should be pairs.', '`- [author, only_signer]`');
  return items.map((item) => {
    const pair = listIn(reading, item);
    for (const part of pair) {
      if (!PARTS.includes(part.text))
        reading.faults.add(part.at, `\`${part.text}\` is not a part this version can tell apart.`, PARTS.join(', '));
    }
    if (pair.length !== 2)
      reading.faults.add(item.at, `Here stand ${pair.length} parts.`, 'two, `[author, only_signer]`');
    reading.clause(heading, item.at.line, () => 'Whoever wrote a reply alone may not be the only one who signs it.');
    return pair.map((part) => part.text);
  });
}

/** The level numbers a document declares; used before any block is read, because values are given per level. */
export function levelNumbers(node: Located | null): number[] {
  if (node?.is !== 'map') return [1];
  const numbers = node.entries
    .map((entry) => Number(entry.key))
    .filter((number) => Number.isInteger(number) && number >= 1 && number <= 9);
  return numbers.length === 0 ? [1] : [...new Set(numbers)].sort((a, b) => a - b);
}

export function readLevels(reading: Reading, node: Located, heading: string): Level[] {
  const levels: Level[] = [];
  for (const entry of mapOf(reading, node)?.entries ?? []) {
    const level = Number(entry.key);
    if (level !== levels.length + 1 || level > 9) {
      reading.faults.add(
        entry.at,
        `Level ${entry.key.slice(0, 20)} stands here.`,
        `level ${levels.length + 1}; levels count up from 1, at most to 9`,
      );
      continue;
    }
    const keys = keysOf(reading, entry.value, ['name', 'raised_by', 'may_raise', 'may_lower', 'lower_after'], ['name']);
    const name = wordsIn(reading, keys.get('name'), entry.key);
    const roles = (key: string) => {
      const list = listIn(reading, keys.get(key));
      for (const role of list) reading.refer('role', role.text, role.at);
      return list.map((role) => role.text);
    };
    const mayRaise = roles('may_raise');
    const mayLower = roles('may_lower');
    const raisedBy = listIn(reading, keys.get('raised_by')).map((each) => each.text);
    const lowerAfter = secondsIn(reading, keys.get('lower_after'), 0);
    const clause = reading.clause(heading, entry.at.line, (playbook) => {
      const when = raisedBy.length === 0 ? '' : ` when ${sayList(raisedBy)}`;
      const who = mayRaise.length === 0 ? '' : ` ${sayRoles(playbook, mayRaise)} may raise to it.`;
      const down =
        lowerAfter === 0
          ? ''
          : ` It may be lowered after ${sayDuration(lowerAfter)} by ${sayRoles(playbook, mayLower)}.`;
      return `Level ${level}, ${name}${when}.${who}${down}`;
    });
    levels.push({ level, name, raisedBy, mayRaise, mayLower, lowerAfter, clause });
  }
  return levels;
}

function sayAbility(ability: Ability): string {
  const words: Record<Ability, string> = {
    view: 'read the board',
    triage: 'assess cards',
    own: 'own cards',
    draft: 'write replies',
    move: 'move cards',
    sign: 'sign',
    publish: 'publish',
    settle: 'settle an unclear outcome',
    raise_level: 'raise the level',
    lower_level: 'lower the level',
    manage_sources: 'manage sources',
    manage_people: 'manage people',
    adopt_playbook: 'adopt a new plan',
    break_glass: 'break the glass',
  };
  return words[ability];
}
