// What the tables' columns are made of.
import type { ColumnType } from 'kysely';

/** jsonb: written as a JSON string, read as a value. */
export type Json<T> = ColumnType<T, string, string>;
export type Bytes = ColumnType<Uint8Array, Uint8Array, Uint8Array>;
