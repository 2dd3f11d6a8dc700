// Opens the database: one pool for the rooms, read as ISO strings and plain numbers.
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import { PreparingClient } from './prepared.ts';
import type { Tables } from './tables.ts';

export type Db = Kysely<Tables>;
export type Tx = Transaction<Tables>;
/** Either a connection or a transaction; the first argument of every repository function. */
export type Executor = Db | Tx;

const INT8 = 20;
const TIMESTAMPTZ = 1184;
const TIMESTAMPTZ_ARRAY = 1185;

/** `2026-03-01 12:00:00.123456+00`, as PostgreSQL writes it, to ISO 8601 with milliseconds; other zones take the long way. */
function asIso(text: string): string {
  if (!text.endsWith('+00') || text[10] !== ' ') return new Date(text).toISOString();
  const millis = text.slice(19, -3).padEnd(4, '0').slice(1, 4);
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${millis}Z`;
}

/** PostgreSQL itself gives a statement up after this long; a connection that says nothing for longer is dead (F6). */
const STATEMENT_MS = 30_000;
const SILENT_MS = 35_000;

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

/** A pool that hears of every line that breaks, idle or in use: one that nobody hears of would end the process (F5). */
export function openPool(config: pg.PoolConfig, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool(config);
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', onError));
  return pool;
}

/**
 * @param url a PostgreSQL address
 * @param size connections in the pool
 * @param onError told of errors of idle connections, which would otherwise end the process
 * @param silentMs after so long without an answer a connection is given up; tests of a dead line shorten it
 */
export function openDatabase(
  url: string,
  size = 12,
  onError: (error: Error) => void = () => {},
  silentMs = SILENT_MS,
): { db: Db; pool: pg.Pool } {
  const config = {
    Client: PreparingClient,
    connectionString: url,
    max: size,
    application_name: 'rejoinder',
    statement_timeout: STATEMENT_MS,
    query_timeout: silentMs,
    // What a dead line left open in PostgreSQL holds its locks no longer than this.
    idle_in_transaction_session_timeout: 2 * STATEMENT_MS,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        parsers.get(oid) ?? pg.types.getTypeParser(oid, format ?? 'text'),
    } as pg.CustomTypesConfig,
  };
  const pool = openPool(config, onError);
  return { db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }), pool };
}

/** PostgreSQL's codes for "not there" (08xxx, 57P0x), "no room" (53xxx) and "lost to another transaction" (40xxx). */
const PASSING_CODE = /^(08|53|40)...$|^57P0.$|^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH)/;
const PASSING_WORDS =
  /ECONN(REFUSED|RESET)|Connection (terminated|ended)|not queryable|timeout exceeded when trying to connect|Query read timeout/i;

/** Whether the same work may succeed in a moment: the database was away, full, or chose another transaction. */
export function isPassing(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return (
    (typeof code === 'string' && PASSING_CODE.test(code)) ||
    (typeof message === 'string' && PASSING_WORDS.test(message))
  );
}

/** Whether another transaction was chosen over this one: the same work sees what that one did, and may well win the next time. */
export function isLostToAnother(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && code.startsWith('40');
}
