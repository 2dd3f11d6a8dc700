// Launches the embedded PostgreSQL of a data folder: adopts a living one, recovers a killed one, and lets only one server hold it.
import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { accountForPostgres, binariesFor, placeFor } from './embedded-account.ts';
import {
  type Cluster,
  ensureCluster,
  freePort,
  isOurs,
  lastLinesOfLog,
  postmasterOf,
  type Running,
  startPostmaster,
  stopPostmaster,
  superuser,
} from './postmaster.ts';

export interface EmbeddedDatabase {
  url: string;
  /** True when a PostgreSQL left running by a killed server was taken over. */
  adopted: boolean;
  /** Fast shutdown. Safe to call twice. */
  stop(): Promise<void>;
}

export interface StartOptions {
  dataDir: string;
  log: (line: string) => void;
  /** Aborting during the start stops what was started already; so install signal handlers before calling. */
  signal?: AbortSignal;
  /** Called when the data folder is lost for good to another server or a broken disk: the caller must end. */
  onLost?: (why: Error) => void;
  /** Where the cluster goes when the account that runs PostgreSQL cannot reach `dataDir`. */
  elsewhere?: string;
}

const databaseName = 'rejoinder';
const holder = 0x7265_6a6f;

export async function startDatabase(options: StartOptions): Promise<EmbeddedDatabase> {
  const account = accountForPostgres();
  const elsewhere = options.elsewhere ?? '/var/lib/rejoinder';
  const place = placeFor(path.resolve(options.dataDir), account, elsewhere);
  const here = realpathSync(options.dataDir);
  if (place !== here) options.log(`PostgreSQL cannot reach ${here}; its files are in ${place}`);
  const cluster: Cluster = {
    place,
    data: path.join(place, 'postgres'),
    native: binariesFor(account, elsewhere),
    account,
  };
  const password = passwordOf(place);
  await ensureCluster(cluster, password);
  options.signal?.throwIfAborted();

  const adopted = await ensureRunning(cluster, password, options);
  const held = await hold(cluster, password);
  if (!held)
    throw new Error(
      `another Rejoinder server (process ${holderOf(place)}) uses ${here}; stop it, or set another DATA_DIR`,
    );
  writeFileSync(path.join(place, 'holder.json'), JSON.stringify({ pid: process.pid }), { mode: 0o600 });
  const keeper = keepRunning(cluster, password, held, options);
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= keeper.end();
    return stopping;
  };
  try {
    await createDatabase(held);
    options.signal?.throwIfAborted();
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: urlOf(cluster, password, databaseName), adopted, stop };
}

/** The address of a database that a running server already holds, for the command line beside it. */
export async function runningDatabase(dataDir: string): Promise<string | undefined> {
  const pointer = path.join(dataDir, 'postgres-location');
  const place = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : path.resolve(dataDir);
  const cluster: Cluster = { place, data: path.join(place, 'postgres'), native: '', account: {} };
  if (!existsSync(path.join(place, 'postgres-password')) || !postmasterOf(cluster)) return undefined;
  const client = await connect(cluster, passwordOf(place), databaseName);
  await client?.end();
  return client ? urlOf(cluster, passwordOf(place), databaseName) : undefined;
}

/** Resolves to true when a PostgreSQL of ours was already running. */
async function ensureRunning(
  cluster: Cluster,
  password: string,
  { log, signal }: StartOptions,
  port?: number,
): Promise<boolean> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    signal?.throwIfAborted();
    const found = postmasterOf(cluster);
    if (found && ['ours', 'unknown'].includes(isOurs(found.pid, cluster))) {
      const running = { pid: found.pid, ended: () => ['dead', 'foreign'].includes(isOurs(found.pid, cluster)) };
      if (await answers(cluster, password, running, signal)) return true;
      continue;
    }
    const started = startPostmaster(cluster, port ?? (await freePort()));
    try {
      if (await answers(cluster, password, started, signal)) return false;
    } catch (error) {
      await started.kill();
      throw error;
    }
    // Lost a race for the port or the folder, or orphans of a killed server are still letting go of its memory.
    await sleep(100 + attempt * 50);
  }
  log(lastLinesOfLog(cluster));
  throw new Error(`the embedded PostgreSQL in ${cluster.place} does not start:\n${lastLinesOfLog(cluster)}`);
}

/** Waits through a recovery, however long, as long as the process lives. */
async function answers(cluster: Cluster, password: string, running: Running, signal?: AbortSignal): Promise<boolean> {
  while (!running.ended()) {
    signal?.throwIfAborted();
    // Until the new process has written its pid, the file may still name the port of a dead one, now someone else's.
    const client =
      postmasterOf(cluster)?.pid === running.pid ? await connect(cluster, password, 'postgres') : undefined;
    if (client) {
      const row = (await client.query<{ data_directory: string }>('SHOW data_directory')).rows[0];
      await client.end();
      if (row && path.resolve(row.data_directory) === path.resolve(cluster.data)) return true;
      throw new Error(`a PostgreSQL over another folder (${row?.data_directory}) answers in place of ${cluster.data}`);
    }
    await sleep(25);
  }
  return false;
}

async function connect(cluster: Cluster, password: string, database: string): Promise<pg.Client | undefined> {
  if (!postmasterOf(cluster)) return undefined;
  const connectionString = urlOf(cluster, password, database);
  const client = new pg.Client({
    connectionString,
    application_name: 'rejoinder-launcher',
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '28P01') {
      throw new Error(`the password in ${cluster.place}/postgres-password does not open the database beside it`);
    }
    return undefined;
  }
}

/**
 * Who holds the data folder holds this lock: PostgreSQL itself lets go of it the moment the holder dies, however it dies,
 * which a lock file with a pid cannot promise. Undefined when another server has it.
 */
async function hold(cluster: Cluster, password: string): Promise<pg.Client | undefined> {
  const client = await connect(cluster, password, 'postgres');
  if (!client) throw new Error('the embedded PostgreSQL went away while it was being taken over');
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const { rows } = await client.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1) AS got', [holder]);
    if (rows[0]?.got) return client;
    // A server killed just now: its connection is closed within moments.
    await sleep(100);
  }
  await client.end();
  return undefined;
}

/** Brings PostgreSQL back, on the same port, when it is killed under a living server. */
function keepRunning(
  cluster: Cluster,
  password: string,
  first: pg.Client,
  options: StartOptions,
): { end(): Promise<void> } {
  const ending = new AbortController();
  const port = postmasterOf(cluster)?.port;
  let current = first;
  let reviving: Promise<void> = Promise.resolve();
  const revive = async (): Promise<void> => {
    options.log('the embedded PostgreSQL was lost; bringing it back');
    await ensureRunning(cluster, password, { ...options, signal: ending.signal }, port);
    const again = await hold(cluster, password);
    if (!again)
      throw new Error(`another Rejoinder server (process ${holderOf(cluster.place)}) took the data folder meanwhile`);
    current = again;
    watch();
    options.log('the embedded PostgreSQL is back');
  };
  const watch = (): void => {
    current.once('end', () => {
      if (ending.signal.aborted) return;
      reviving = revive().catch((error: unknown) => {
        if (ending.signal.aborted) return;
        const why = error instanceof Error ? error : new Error(String(error));
        options.log(`the embedded PostgreSQL stays away: ${why.message}`);
        options.onLost?.(why);
      });
    });
  };
  watch();
  return {
    async end() {
      ending.abort(new Error('stopped'));
      await reviving;
      // Stopped while still held, so that no other server can take it over in between.
      await stopPostmaster(cluster);
      await current.end().catch(() => undefined);
    },
  };
}

async function createDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [databaseName]);
  if (rowCount === 0) await client.query(`CREATE DATABASE ${databaseName}`);
}

function passwordOf(place: string): string {
  const file = path.join(place, 'postgres-password');
  if (!existsSync(file)) {
    const whole = `${file}.${process.pid}`;
    writeFileSync(whole, randomBytes(24).toString('hex'), { mode: 0o600 });
    try {
      linkSync(whole, file);
    } catch (error) {
      // A second server was quicker; its password counts.
      if (!existsSync(file)) throw error;
    } finally {
      rmSync(whole, { force: true });
    }
  }
  return readFileSync(file, 'utf8').trim();
}

function holderOf(place: string): string {
  try {
    return String((JSON.parse(readFileSync(path.join(place, 'holder.json'), 'utf8')) as { pid?: number }).pid);
  } catch {
    return 'unknown';
  }
}

function urlOf(cluster: Cluster, password: string, database: string): string {
  return `postgres://${superuser}:${password}@127.0.0.1:${postmasterOf(cluster)?.port ?? 0}/${database}`;
}
