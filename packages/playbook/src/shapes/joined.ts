// Shapes made of others: lists, values per level, maps of names, blocks of keys, and one shape or another.
import type { PerLevel } from '@rejoinder/contracts/playbooks';
import { checkName, mapOf, perLevelIn } from '../expect.ts';
import type { Place } from '../faults.ts';
import type { Entry, Located } from '../located.ts';
import { oneOf, type Reading, type RefKind } from '../reading.ts';
import type { Key, KeyData, Shape } from './shape.ts';

type Keys = Record<string, Key<unknown>>;
type Camel<S extends string> = S extends `${infer A}_${infer B}` ? `${A}${Capitalize<Camel<B>>}` : S;
/** What a block of keys reads as: snake case in the plan, camel case in the code. */
export type Values<K extends Keys> = { [N in keyof K as Camel<N & string>]: K[N] extends Key<infer T> ? T : never };
export type KeysShape<K extends Keys> = Shape<Values<K>> & {
  keys: K;
  /** Reads in the order of the document and tells of each key once it is read, with what is known so far. */
  readEach: (
    reading: Reading,
    node: Located,
    each: (key: keyof K & string, at: Place, so: Values<K>) => void,
  ) => Values<K>;
};

const MOST_ITEMS = 400;

/** A list; one value alone counts as a list of one. */
export function list<T>(of: Shape<T>, most = MOST_ITEMS): Shape<T[]> {
  return {
    data: { is: 'list', of: of.data, most },
    read: (reading, node) => {
      if (node.is === 'scalar' && node.value === null) return [];
      const items = node.is === 'list' ? node.items : [node];
      if (items.length > most) reading.faults.add(node.at, `Here stand ${items.length} items.`, `at most ${most}`);
      return items.slice(0, most).map((item) => of.read(reading, item));
    },
    standIn: () => [],
  };
}

/** One value for every level, or a map in which every level stands. */
export function perLevel<T>(of: Shape<T>): Shape<PerLevel<T>> {
  return {
    data: { is: 'per-level', of: of.data },
    read: (reading, node) => perLevelIn(reading, node, (each) => of.read(reading, each)),
    standIn: () => ({}),
  };
}

/** The same value at every level. */
export function everywhere<T>(value: T): (reading: Reading) => PerLevel<T> {
  return (reading) => Object.fromEntries(reading.levels.map((level) => [level, value]));
}

/** A map in which some levels have an entry. */
export function byLevel<T>(of: Shape<T>): Shape<(T & { level: number; at: Place })[]> {
  return {
    data: { is: 'by-level', of: of.data },
    read: (reading, node) =>
      entriesOf(reading, node).flatMap((entry) => {
        const level = Number(entry.key);
        if (reading.levels.includes(level)) return [{ ...of.read(reading, entry.value), level, at: entry.at }];
        reading.faults.add(
          entry.at,
          `There is no level ${entry.key.slice(0, 20)}.`,
          `one of ${reading.levels.join(', ')}`,
        );
        return [];
      }),
    standIn: () => [],
  };
}

export type Named<T> = { id: string; at: Place; value: T };

/**
 * A map from names to values. `names` are the only ones there may be; `to` are names another block declares, besides those of `also`;
 * `declares` makes each name known to the plan.
 */
export function named<T>(
  of: Shape<T>,
  more: { names?: readonly string[]; to?: RefKind; also?: readonly string[]; declares?: RefKind } = {},
): Shape<Named<T>[]> {
  const { names, to, also = [], declares } = more;
  return {
    data: { is: 'named', of: of.data, names: names ?? [], to: to ?? null, also },
    read: (reading, node) =>
      entriesOf(reading, node).flatMap((entry) => {
        if (names && !names.includes(entry.key)) {
          reading.faults.add(entry.at, `\`${entry.key.slice(0, 60)}\` is not known here.`, oneOf(entry.key, names));
          return [];
        }
        if (!names && !checkName(reading, entry.key, entry.at)) return [];
        if (to) reading.refer([to], entry.key, entry.at, undefined, also);
        if (declares) reading.declare(declares, entry.key, entry.at);
        return [{ id: entry.key, at: entry.at, value: of.read(reading, entry.value) }];
      }),
    standIn: () => [],
  };
}

/** A block of keys. Unknown and lacking keys are faults; an empty value counts as no keys. */
export function keys<K extends Keys>(known: K): KeysShape<K> {
  const data: Record<string, KeyData> = {};
  for (const [key, { help, required, holds }] of Object.entries(known)) data[key] = { help, required, holds };
  const shape: KeysShape<K> = {
    keys: known,
    data: { is: 'keys', keys: data },
    read: (reading, node) => shape.readEach(reading, node, () => undefined),
    readEach: (reading, node, each) => readKeys(reading, known, node, each),
    standIn: (reading) => absentOf(reading, known),
  };
  return shape;
}

/** The first shape that fits the form in which the value stands: a scalar, a list or a map. */
export function either<A, B>(of: readonly [Shape<A>, Shape<B>], isFirst: (node: Located) => boolean): Shape<A | B> {
  const [first, second] = of;
  return {
    data: { is: 'either', of: of.map((each) => each.data) },
    read: (reading, node) => (isFirst(node) ? first.read(reading, node) : second.read(reading, node)),
    standIn: first.standIn,
  };
}

/** The same description, read into another value. `turn` may add faults of its own. */
export function turned<A, B>(of: Shape<A>, turn: (value: A, reading: Reading, at: Place) => B): Shape<B> {
  const nowhere = { line: 1, column: 1 };
  return {
    data: of.data,
    read: (reading, node) => turn(of.read(reading, node), reading, node.at),
    standIn: (reading) => turn(of.standIn(reading), reading, nowhere),
  };
}

/** The same value with its place, where a rule of its own is made of it. */
export function placed<T>(of: Shape<T>): Shape<{ at: Place; value: T }> {
  return turned(of, (value, _, at) => ({ at, value }));
}

export const isScalar = (node: Located): boolean => node.is === 'scalar' && node.value !== null;

function entriesOf(reading: Reading, node: Located): Entry[] {
  const entries = mapOf(reading, node)?.entries ?? [];
  if (entries.length > MOST_ITEMS)
    reading.faults.add(node.at, `Here stand ${entries.length} entries.`, `at most ${MOST_ITEMS}`);
  return entries.slice(0, MOST_ITEMS);
}

function absentOf<K extends Keys>(reading: Reading, known: K): Values<K> {
  const out = Object.entries(known).map(([key, { absent }]) => [camel(key), absent(reading)]);
  return Object.fromEntries(out) as Values<K>;
}

function readKeys<K extends Keys>(
  reading: Reading,
  known: K,
  node: Located,
  each: (key: keyof K & string, at: Place, so: Values<K>) => void,
): Values<K> {
  const out = absentOf(reading, known);
  const map = mapOf(reading, node);
  if (!map) return out;
  const seen = new Set<string>();
  for (const entry of map.entries.slice(0, MOST_ITEMS)) {
    const key = Object.hasOwn(known, entry.key) ? known[entry.key] : undefined;
    if (key === undefined) {
      reading.faults.add(
        entry.at,
        `\`${entry.key.slice(0, 60)}\` is not a key here.`,
        oneOf(entry.key, Object.keys(known)),
      );
      continue;
    }
    seen.add(entry.key);
    Object.assign(out, { [camel(entry.key)]: key.shape.read(reading, entry.value) });
    each(entry.key, entry.value.at, out);
  }
  for (const [key, { required }] of Object.entries(known))
    if (required && !seen.has(key)) reading.faults.add(map.at, `\`${key}\` is missing here.`, `\`${key}: …\``);
  return out;
}

function camel(key: string): string {
  return key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
