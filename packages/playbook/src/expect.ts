// What a value in a block should be: each function gives it, or notes a fault with what would be right and gives a harmless stand-in.
import type { PerLevel, Strength } from '@rejoinder/contracts/playbooks';
import { readDuration } from './durations.ts';
import type { Place } from './faults.ts';
import type { Located, MapNode } from './located.ts';
import { oneOf, type Reading } from './reading.ts';

/** Names are lower case with hyphens or underscores, so that they read the same in YAML, in an address and aloud. */
const NAME = /^[a-z][a-z0-9]*([_-][a-z0-9]+)*$/;

/** A map; an empty value counts as an empty map. */
export function mapOf(reading: Reading, node: Located): MapNode | null {
  if (node.is === 'map') return node;
  if (node.is === 'scalar' && node.value === null) return { is: 'map', entries: [], at: node.at };
  reading.faults.add(node.at, 'Here stands a single value or a list.', 'keys with values, `key: value`');
  return null;
}

/** Any scalar as it was written, not empty. */
export function wordsIn(reading: Reading, node: Located | undefined, stand: string): string {
  if (node === undefined) return stand;
  if (node.is === 'scalar' && node.raw.trim() !== '')
    return typeof node.value === 'string' ? node.value.trim() : node.raw.trim();
  reading.faults.add(node.at, 'Here should be words.', 'some words on one line, or several lines after `>`');
  return stand;
}

export function nameIn(reading: Reading, node: Located | undefined, stand: string): string {
  const text = wordsIn(reading, node, stand);
  if (node !== undefined && text !== stand) checkName(reading, text, node.at);
  return text;
}

export function checkName(reading: Reading, text: string, at: Place): boolean {
  const good = NAME.test(text) && text.length <= 60;
  if (!good)
    reading.faults.add(
      at,
      `\`${text.slice(0, 60)}\` is not a name.`,
      'small letters, digits, - and _, beginning with a letter',
    );
  return good;
}

/** A list of words; a single word counts as a list of one. */
export function listIn(reading: Reading, node: Located | undefined): { text: string; at: Place }[] {
  if (node === undefined) return [];
  if (node.is === 'scalar' && node.value === null) return [];
  const items = node.is === 'list' ? node.items : [node];
  return items.map((item) => ({ text: wordsIn(reading, item, ''), at: item.at })).filter((item) => item.text !== '');
}

export function choiceIn<T extends string>(
  reading: Reading,
  node: Located | undefined,
  known: readonly T[],
  stand: T,
): T {
  if (node === undefined) return stand;
  const text = wordsIn(reading, node, stand);
  const found = known.find((each) => each === text);
  if (found === undefined)
    reading.faults.add(node.at, `\`${text.slice(0, 60)}\` is not known here.`, oneOf(text, known));
  return found ?? stand;
}

export function strengthIn(reading: Reading, node: Located | undefined, stand: Strength = 'block'): Strength {
  return choiceIn(reading, node, ['block', 'warn', 'note'] as const, stand);
}

export function countIn(reading: Reading, node: Located | undefined, stand: number, most = 100_000): number {
  if (node === undefined) return stand;
  if (
    node.is === 'scalar' &&
    typeof node.value === 'number' &&
    Number.isInteger(node.value) &&
    node.value >= 1 &&
    node.value <= most
  )
    return node.value;
  reading.faults.add(node.at, 'Here should be a whole number.', `a number from 1 to ${most}`);
  return stand;
}

/** A number that is not negative, with at most two places after the point. */
export function amountIn(reading: Reading, node: Located): number {
  if (node.is === 'scalar' && typeof node.value === 'number' && /^\d{1,9}(\.\d{1,2})?$/.test(node.raw))
    return node.value;
  reading.faults.add(node.at, 'Here should be a number.', 'a number such as `200` or `2.5`');
  return 0;
}

/** A share from 0 to 1, written `50%`. */
export function shareIn(reading: Reading, node: Located): number {
  const text = node.is === 'scalar' ? node.raw.trim() : '';
  const found = /^(\d{1,2}|100)%$/.exec(text);
  if (found && Number(found[1]) > 0) return Number(found[1]) / 100;
  reading.faults.add(node.at, `\`${text.slice(0, 40)}\` is not a share.`, 'a share such as `50%`, from 1% to 100%');
  return 0.5;
}

export function flagIn(reading: Reading, node: Located | undefined, stand: boolean): boolean {
  if (node === undefined) return stand;
  if (node.is === 'scalar' && typeof node.value === 'boolean') return node.value;
  reading.faults.add(node.at, 'Here should be yes or no.', '`true` or `false`');
  return stand;
}

export function secondsIn(reading: Reading, node: Located | undefined, stand: number): number {
  if (node === undefined) return stand;
  const seconds = node.is === 'scalar' ? readDuration(node.raw) : null;
  if (seconds === null)
    reading.faults.add(node.at, 'Here should be a duration.', 'a duration such as `90s`, `30m`, `3h` or `2d`');
  return seconds ?? stand;
}

/** A calendar date `2026-09-01` that exists. */
export function dateIn(reading: Reading, node: Located | undefined): string | null {
  if (node === undefined) return null;
  const text = node.is === 'scalar' ? node.raw : '';
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  const date = found ? new Date(Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3]))) : null;
  if (date !== null && date.toISOString().slice(0, 10) === text) return text;
  reading.faults.add(node.at, 'Here should be a date.', 'a date such as `2026-09-01`');
  return null;
}

/** One value for every level, or a map from level to value in which every level stands. */
export function perLevelIn<T>(reading: Reading, node: Located | undefined, each: (node: Located) => T): PerLevel<T> {
  const out: PerLevel<T> = {};
  if (node === undefined) return out;
  const isByLevel =
    node.is === 'map' && node.entries.length > 0 && node.entries.every((entry) => /^\d+$/.test(entry.key));
  if (!isByLevel || node.is !== 'map') {
    for (const level of reading.levels) out[level] = each(node);
    return out;
  }
  for (const entry of node.entries) {
    if (reading.levels.includes(Number(entry.key))) out[Number(entry.key)] = each(entry.value);
    else reading.faults.add(entry.at, `There is no level ${entry.key}.`, `one of ${reading.levels.join(', ')}`);
  }
  const lacking = reading.levels.filter((level) => !(level in out));
  if (lacking.length > 0)
    reading.faults.add(
      node.at,
      `Level ${lacking.join(', ')} is missing here.`,
      'a value for every level, or one value for all',
    );
  return out;
}
