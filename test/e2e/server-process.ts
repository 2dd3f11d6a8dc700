// The real server as a child process, on a port of its own: started, killed without warning, started again, stopped.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { templateName } from '../support/cluster-setup.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PRINTED_WITHIN = 40_000;

export type ServerProcess = {
  readonly origin: string;
  /** The one-time set-up address, once the server has printed it. */
  setUpAddress: () => Promise<string>;
  /** Ends it as a power cut would. */
  kill: () => Promise<void>;
  /** Starts it again on the same port, database and data folder, with these settings in place of the first. */
  start: (env?: Record<string, string>) => Promise<void>;
  close: () => Promise<void>;
};

type Options = {
  /** `own`: the embedded PostgreSQL in a data folder of its own, which is what makes a rehearsal. */
  database: 'clone' | 'own';
  env?: Record<string, string>;
};

export async function startServer({ database, env = {} }: Options): Promise<ServerProcess> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const dataDir = await mkdtemp(path.join(tmpdir(), 'rejoinder-e2e-'));
  // PostgreSQL may run as another account than the tests do.
  await chmod(dataDir, 0o711);
  const clone = database === 'clone' ? await cloneDatabase() : null;
  const settings: Record<string, string | undefined> = {
    ...inherited(),
    PORT: String(port),
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    PUBLIC_ORIGIN: origin,
    DATABASE_URL: clone?.url,
    ALLOW_PRIVATE_ADDRESSES: 'true',
    LOG_LEVEL: 'error',
    ...env,
  };
  let child: ChildProcess | null = null;
  let said = '';
  const ears = new Set<() => void>();
  const hear = (chunk: Buffer | string): void => {
    said += chunk.toString();
    for (const ear of ears) ear();
  };
  /** What the server printed that matches, now or later, after the first `from` characters. */
  const heard = (pattern: RegExp, from: number): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => settle(null), PRINTED_WITHIN);
      const settle = (match: RegExpExecArray | null): void => {
        clearTimeout(late);
        ears.delete(listen);
        if (match === null) reject(new Error(`the server did not print ${pattern}:\n${said}`));
        else resolve(match);
      };
      const listen = (): void => {
        const match = pattern.exec(said.slice(from));
        if (match !== null || said.slice(from).includes('(the server has ended)')) settle(match);
      };
      ears.add(listen);
      listen();
    });

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ending = child;
    child = null;
    if (ending === null || ending.exitCode !== null || ending.signalCode !== null) return;
    const gone = once(ending, 'exit');
    ending.kill(signal);
    await gone;
  };
  const server: ServerProcess = {
    origin,
    setUpAddress: async () => (await heard(/http\S+\/set-up\?code=\S+(?=\n)/, 0))[0],
    kill: () => end('SIGKILL'),
    async start(changed = {}) {
      const from = said.length;
      child = spawn(process.execPath, ['server/src/main.ts'], {
        cwd: ROOT,
        env: { ...settings, ...changed },
        stdio: 'pipe',
      });
      child.stdout?.on('data', hear);
      child.stderr?.on('data', hear);
      child.once('exit', () => hear('(the server has ended)\n'));
      await heard(/^Rejoinder is ready: .*\n/m, from);
    },
    async close() {
      await end('SIGTERM');
      await clone?.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  try {
    await server.start();
  } catch (error) {
    await server.close();
    throw error;
  }
  return server;
}

/** The environment without what the test runner put into it for itself. */
function inherited(): Record<string, string | undefined> {
  const { NODE_OPTIONS: _, NODE_ENV: __, ...rest } = process.env;
  return Object.fromEntries(Object.entries(rest).filter(([name]) => !/^(PW|PLAYWRIGHT|TEST_)/.test(name)));
}

async function cloneDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const cluster = process.env.REJOINDER_TEST_CLUSTER;
  if (!cluster) throw new Error('run the browser tests with Playwright: its global set-up starts the database');
  const name = `e_${randomBytes(6).toString('hex')}`;
  await run(cluster, `CREATE DATABASE ${name} TEMPLATE ${templateName}`);
  return {
    url: cluster.replace(/\/[^/]*$/, `/${name}`),
    drop: () => run(cluster, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no free port');
  return address.port;
}
