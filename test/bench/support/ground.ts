// The ground a bench stands on: a PostgreSQL of its own, a migrated database, a room with people, a webhook; all gone at the end.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { createApp } from '../../../server/src/app.ts';
import { readConfig } from '../../../server/src/config.ts';
import { addSource } from '../../../server/src/connectors/sources.service.ts';
import { startDatabase } from '../../../server/src/db/embedded.ts';
import { migrate } from '../../../server/src/db/migrate.ts';
import { freePort } from '../../../server/src/db/postmaster.ts';
import { makeToken } from '../../../server/src/people/people.service.ts';
import { openRoom, roomContext } from '../../../server/src/rooms/rooms.service.ts';
import { type Child, startChild } from './child.ts';

export type Serving = Child & { origin: string };
export type Ground = {
  clusterUrl: string;
  databaseUrl: string;
  roomId: string;
  source: { id: string; secret: string };
  /** Cookies of the signed-in people, in the order asked for. */
  people: { userId: string; cookie: string }[];
  /** `Bearer …` of the tokens. */
  tokens: string[];
  /** Starts the real server on the database, with these flags of Node; always at the same address. */
  serve: (flags?: string[]) => Promise<Serving>;
  /** A connection to an empty database of the same cluster, for what is compared with. */
  plain: () => Promise<pg.Client>;
  plainUrl: string;
  [Symbol.asyncDispose]: () => Promise<void>;
};

export type GroundOptions = { people?: number; roles?: string[]; tokens?: number };

const MAIN = fileURLToPath(new URL('../../../server/src/main.ts', import.meta.url));
const PASSWORD = 'correct horse battery';

export async function ground({ people = 0, roles = ['social_lead'], tokens = 0 }: GroundOptions = {}): Promise<Ground> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'rejoinder-bench-'));
  // PostgreSQL may run as another account than the bench does.
  await chmod(dataDir, 0o711);
  // The tests lend their PostgreSQL, so that a tiny run need not start one of its own.
  const lent = process.env.BENCH_CLUSTER;
  const cluster = lent
    ? { url: lent, stop: async () => undefined }
    : await startDatabase({ dataDir, log: () => undefined });
  // PostgreSQL outlives a bench that breaks; this does not let it.
  const stopAtExit = (): void => {
    const pid = postmasterPid(dataDir);
    if (pid) process.kill(pid, 'SIGINT');
  };
  process.on('exit', stopAtExit);
  const mark = randomBytes(4).toString('hex');
  const names = [`bench_${mark}`, `plain_${mark}`] as const;
  const nameDatabase = (name: string): string => cluster.url.replace(/\/[^/]*$/, `/${name}`);
  const [databaseUrl, plainUrl] = [nameDatabase(names[0]), nameDatabase(names[1])];
  for (const name of names) await run(cluster.url, `create database ${name}`);
  await migrate(databaseUrl);
  const port = await freePort();
  const env = {
    PORT: String(port),
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    PUBLIC_ORIGIN: `http://localhost:${port}`,
    SECRET_KEY: randomBytes(32).toString('hex'),
    LOG_LEVEL: 'error',
    NODE_ENV: 'test',
  };
  const seeded = await seed(env, databaseUrl, { people, roles, tokens });
  const served: Serving[] = [];
  return {
    clusterUrl: cluster.url,
    databaseUrl,
    plainUrl,
    ...seeded,
    async serve(flags = []) {
      const child = await startChild(MAIN, { env, flags, ready: 'Rejoinder is ready' });
      const serving = { ...child, origin: env.PUBLIC_ORIGIN };
      served.push(serving);
      return serving;
    },
    async plain() {
      const client = new pg.Client({ connectionString: plainUrl });
      await client.connect();
      return client;
    },
    async [Symbol.asyncDispose]() {
      for (const child of served) await child.kill();
      if (lent) for (const name of names) await run(cluster.url, `drop database if exists ${name} with (force)`);
      await cluster.stop();
      process.off('exit', stopAtExit);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function postmasterPid(dataDir: string): number | undefined {
  try {
    const pointer = path.join(dataDir, 'postgres-location');
    const place = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : dataDir;
    return Number(readFileSync(path.join(place, 'postgres', 'postmaster.pid'), 'utf8').split('\n', 1)[0]) || undefined;
  } catch {
    return undefined;
  }
}

/** Puts everything there through the server's own services, before any clock starts. */
async function seed(env: Record<string, string>, databaseUrl: string, wanted: Required<GroundOptions>) {
  const config = readConfig(env);
  const app = await createApp({ config, databaseUrl, pages: '/nonexistent' });
  const { deps } = app;
  try {
    const founder = { kind: 'system' as const, id: 'system:bench', name: 'Bench', roles: ['social_lead'] };
    const persons: { userId: string; cookie: string }[] = [];
    const members = [];
    for (let i = 0; i < wanted.people; i++) {
      const email = `bench.${i}@test.example`;
      const userId = await deps.signIn.createPerson({ name: `Bench ${i}`, email, password: PASSWORD, admin: false });
      const cookies = await deps.signIn.cookiesFor(email, PASSWORD);
      persons.push({ userId, cookie: cookies.map((cookie) => cookie.split(';', 1)[0]).join('; ') });
      members.push({ userId, name: `Bench ${i}`, roles: wanted.roles, hue: i % 8 });
    }
    const room = await openRoom(deps, founder, {
      name: 'Bench',
      zone: 'Europe/London',
      kind: 'live',
      members,
      accounts: ['bluesky', 'mastodon', 'reddit'].map((platform) => ({
        platform,
        name: `drovewell.${platform}`,
        channel: 'rehearsal' as const,
      })),
    });
    const made = await addSource(deps, founder, {
      roomId: room.id,
      kind: 'webhook',
      name: 'Senders',
      operationId: crypto.randomUUID(),
    });
    const { playbook } = await roomContext(deps.db, room.id);
    const bearers: string[] = [];
    for (let i = 0; i < wanted.tokens; i++) {
      const { secret } = await makeToken(deps, founder, playbook, {
        roomId: room.id,
        name: `Board ${i}`,
        roles: wanted.roles,
        operationId: crypto.randomUUID(),
      });
      bearers.push(`Bearer ${secret}`);
    }
    return {
      roomId: room.id,
      source: { id: made.source.id, secret: made.secret ?? '' },
      people: persons,
      tokens: bearers,
    };
  } finally {
    await app.close();
  }
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
