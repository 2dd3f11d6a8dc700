// The server as a process between two fault proxies: one in front of its pages and boards, one in front of its PostgreSQL.
import { sql } from 'kysely';
import { type Db, openDatabase } from '../../server/src/db/database.ts';
import { callRoute } from '../support/calls.ts';
import type { Journey } from '../support/journey.ts';
import type { Person } from '../support/world.ts';
import { type FaultProxy, faultProxy, through } from './fault-proxy.ts';
import { type ServerProcess, serverProcess } from './server-process.ts';

export type Rig = {
  server: ServerProcess;
  /** Between people and the server; `origin` is its address. */
  front: FaultProxy;
  origin: string;
  /** Between the server and PostgreSQL. */
  store: FaultProxy;
  /** The database itself, past the proxy. */
  db: Db;
  headersOf: (person: Person) => Record<string, string>;
  /** Calls a route as this person, through the front. */
  call: (person: Person) => Person['try'];
  /** Cuts every connection of PostgreSQL to the server from its own side. */
  cutBackends: () => Promise<void>;
  /** A second server on the same database, past the proxies; started by the caller, ended with the rest. */
  another: () => Promise<ServerProcess>;
  end: () => Promise<void>;
};

/** Closes the journey's own server; what it prepared stays in its database. The process is not started yet. */
export async function rigOf(
  j: Journey,
  /** What a process is given besides, by which of the two it is. */
  more: (name: 'server' | 'another') => Record<string, string> = () => ({}),
): Promise<Rig> {
  const { secretKey, publicOrigin } = j.w.app.deps.config;
  await j.w.settled();
  await j.w.app.close();
  const { db } = openDatabase(j.w.databaseUrl, 3);
  const address = new URL(j.w.databaseUrl);
  const store = await faultProxy({ host: address.hostname, port: Number(address.port) });
  const settings = { SECRET_KEY: secretKey, PUBLIC_ORIGIN: publicOrigin, ALLOW_PRIVATE_ADDRESSES: 'true' };
  const server = await serverProcess({ ...settings, ...more('server'), DATABASE_URL: through(j.w.databaseUrl, store) });
  const others: ServerProcess[] = [];
  const front = await faultProxy({ port: Number(new URL(server.origin).port) });
  const origin = `http://127.0.0.1:${front.port}`;
  return {
    server,
    front,
    origin,
    store,
    db,
    headersOf: ({ cookie }) => ({ cookie, origin: publicOrigin }),
    call:
      ({ cookie }) =>
      (name, input, operationId) =>
        callRoute(origin, publicOrigin, { cookie }, name, input, operationId),
    async cutBackends() {
      await sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`.execute(db);
    },
    async another() {
      const other = await serverProcess({ ...settings, ...more('another'), DATABASE_URL: j.w.databaseUrl });
      others.push(other);
      return other;
    },
    async end() {
      for (const each of [server, ...others]) await each.end();
      await front.close();
      await store.close();
      await db.destroy();
    },
  };
}
