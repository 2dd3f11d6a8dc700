// What a value in a block may be: one description that reads it, says which keys are known, makes its JSON Schema and feeds the editor.
import type { Located } from '../located.ts';
import type { Reading, RefKind } from '../reading.ts';

/** The description as plain data: what schema, completion and hover help are made of. */
export type ShapeData =
  | { is: 'words' | 'name' | 'duration' | 'share' | 'flag' | 'date' | 'zone' | 'mask' | 'pattern' }
  | { is: 'guards'; about: 'card' | 'room' }
  | { is: 'count' | 'money'; least: number; most: number }
  | { is: 'choice'; of: readonly string[] }
  | { is: 'written'; pattern: string; example: string }
  /** A name declared elsewhere in the plan, or one of `also`. */
  | { is: 'reference'; to: readonly RefKind[]; also: readonly string[] }
  /** A single value counts as a list of one. */
  | { is: 'list'; of: ShapeData; most: number }
  /** One value for all levels, or a map from level to value. */
  | { is: 'per-level'; of: ShapeData }
  | { is: 'by-level'; of: ShapeData }
  /** A map from names, of the plan's own choosing or from `names`, to values; `besides` are keys that are no such names. */
  | {
      is: 'named';
      of: ShapeData;
      names: readonly string[];
      to: RefKind | null;
      also: readonly string[];
      besides?: Record<string, KeyData>;
    }
  | { is: 'keys'; keys: Record<string, KeyData> }
  | { is: 'either'; of: readonly ShapeData[] };

export type KeyData = { help: string; required: boolean; holds: ShapeData };

/** Reads a value; on a fault it notes it and gives a harmless stand-in. */
export type Shape<T> = {
  data: ShapeData;
  read: (reading: Reading, node: Located) => T;
  standIn: (reading: Reading) => T;
};

/** A key of a block. `absent` is what it counts as when it is left out; a required one that lacks is a fault. */
export type Key<T> = KeyData & { shape: Shape<T>; absent: (reading: Reading) => T };

/** A key that has to be there. */
export function needs<T>(shape: Shape<T>, help: string): Key<T> {
  return { help, required: true, holds: shape.data, shape, absent: shape.standIn };
}

/** A key that may be left out, then counting as `absent`. */
export function or<T>(shape: Shape<T>, absent: T | ((reading: Reading) => T), help: string): Key<T> {
  const give = typeof absent === 'function' ? (absent as (reading: Reading) => T) : () => structuredClone(absent);
  return { help, required: false, holds: shape.data, shape, absent: give };
}

/** A key that may be left out, then null. */
export function maybe<T>(shape: Shape<T>, help: string): Key<T | null> {
  const wide: Shape<T | null> = shape;
  return { help, required: false, holds: shape.data, shape: wide, absent: () => null };
}
