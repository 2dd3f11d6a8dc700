// Small shapes that many contracts share: ids, instants, and strict objects.
import { type Static, type TObject, type TProperties, Type } from 'typebox';

/** A prefixed id such as `card_01J…`; opaque to clients. */
export const Id = Type.String({ minLength: 1, maxLength: 80, pattern: '^[A-Za-z0-9_.:-]+$' });

/** An instant: ISO 8601 in UTC with milliseconds, as `Date#toISOString` prints it. */
export const Instant = Type.String({
  minLength: 20,
  maxLength: 35,
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d',
});

/** An object whose unknown keys are refused (ASVS 15.3.3). */
export const Strict = <P extends TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });

/** The same object with more in it. */
export const Extended = <P extends TProperties, M extends TProperties>(shape: TObject<P>, more: M) =>
  Strict({ ...shape.properties, ...more });

export const Nullable = <S extends Parameters<typeof Type.Union>[0][number]>(schema: S) =>
  Type.Union([schema, Type.Null()]);

/** One word of a closed list. */
export const OneOf = <const W extends readonly string[]>(words: W) =>
  Type.Unsafe<W[number]>(Type.Union(words.map((each) => Type.Literal(each))));

export type Id = Static<typeof Id>;
export type Instant = Static<typeof Instant>;
