// Opens the database: one pool for the rooms, read as ISO strings and plain numbers.
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import type { Tables } from './tables.ts';

export type Db = Kysely<Tables>;
export type Tx = Transaction<Tables>;
/** Either a connection or a transaction; the first argument of every repository function. */
export type Executor = Db | Tx;

const INT8 = 20;
const TIMESTAMPTZ = 1184;
const TIMESTAMPTZ_ARRAY = 1185;
const asIso = (text: string): string => new Date(text).toISOString();

type Parser = (text: string) => unknown;
const parsers = new Map<number, Parser>([
  [INT8, Number],
  [TIMESTAMPTZ, asIso],
  [
    TIMESTAMPTZ_ARRAY,
    (text) =>
      text === '{}'
        ? []
        : text
            .slice(1, -1)
            .split(',')
            .map((item) => asIso(item.replaceAll('"', ''))),
  ],
]);

/**
 * @param url a PostgreSQL address
 * @param size connections in the pool
 * @param onError told of errors of idle connections, which would otherwise end the process
 */
export function openDatabase(
  url: string,
  size = 12,
  onError: (error: Error) => void = () => {},
): { db: Db; pool: pg.Pool } {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    application_name: 'rejoinder',
    statement_timeout: 30_000,
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        parsers.get(oid) ?? pg.types.getTypeParser(oid, format ?? 'text'),
    } as pg.CustomTypesConfig,
  });
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', onError));
  return { db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }), pool };
}
