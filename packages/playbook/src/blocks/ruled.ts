// Reads a block of keys and makes one numbered rule of each key that has a sentence, in the order in which they stand.
import type { Playbook } from '@rejoinder/contracts/playbooks';
import type { Located } from '../located.ts';
import type { Reading } from '../reading.ts';
import type { KeysShape, Values } from '../shapes/joined.ts';
import type { Key } from '../shapes/shape.ts';

type Keys = Record<string, Key<unknown>>;
/** How a key is said once the whole plan is known. Keys without a sentence are part of another key's. */
export type Says<K extends Keys> = { [N in keyof K]?: (so: Values<K>, playbook: Playbook) => string };
/** `clause` is that of the first rule; `clauseOf` gives that of a key, or else the first one. */
export type Ruled<K extends Keys> = { values: Values<K>; clause: string; clauseOf: (key: keyof K & string) => string };

export function readRuled<K extends Keys>(
  reading: Reading,
  node: Located,
  shape: KeysShape<K>,
  says: Says<K>,
): Ruled<K> {
  const clauses = new Map<string, string>();
  const values = shape.readEach(reading, node, (key, at, so) => {
    const say = says[key];
    if (say)
      clauses.set(
        key,
        reading.rule(at, (playbook) => say(so, playbook)),
      );
  });
  const clause = [...clauses.values()][0] ?? `${reading.heading || 'Plan'} §1`;
  return { values, clause, clauseOf: (key) => clauses.get(key) ?? clause };
}
