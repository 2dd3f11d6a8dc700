// The embedded PostgreSQL through every way its server can die, each time with the rows that were committed before.
import { type ChildProcess, spawn } from 'node:child_process';
import { appendFile, chmod, chown, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EmbeddedDatabase, runningDatabase, startDatabase } from '../../server/src/db/embedded.ts';
import { until } from '../coedit/typist.ts';

const childFile = fileURLToPath(new URL('../support/embedded-child.ts', import.meta.url));
const isRoot = process.getuid?.() === 0;

let top: string;
let dataDir: string;
let elsewhere: string;
let started: EmbeddedDatabase[];
let children: ChildProcess[];
let said: string[];

beforeEach(async () => {
  top = await mkdtemp(path.join(tmpdir(), 'rejoinder-embedded-'));
  await chmod(top, 0o711);
  dataDir = path.join(top, 'data');
  elsewhere = path.join(top, 'elsewhere');
  started = [];
  children = [];
  said = [];
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const database of started) await database.stop();
  // Whatever a killed child left running is adopted once more, so that it can be stopped.
  if (await runningDatabase(dataDir)) await (await startDatabase({ dataDir, elsewhere, log: () => undefined })).stop();
  await rm(top, { recursive: true, force: true });
});

const start = async (): Promise<EmbeddedDatabase> => {
  const database = await startDatabase({ dataDir, elsewhere, log: (line) => said.push(line) });
  started.push(database);
  return database;
};

interface Told {
  url?: string;
  adopted?: boolean;
  failed?: string;
}

function startChild(): { child: ChildProcess; told: Promise<Told>; ended: Promise<number | null> } {
  const child = spawn(process.execPath, [childFile, dataDir, elsewhere], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const told = new Promise<Told>((resolve) => child.stdout?.once('data', (line) => resolve(JSON.parse(String(line)))));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, told, ended };
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

const postmasterPid = async (folder = dataDir): Promise<number> =>
  Number((await readFile(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);

/** The postmaster is nobody's child: once it has ended, its entry stays until the system's first process has looked. */
const hasGone = (pid: number): Promise<void> => until(() => isGone(pid), `process ${pid} is gone`);
const isGone = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
};

describe('the embedded database', () => {
  it('[DB-1] starts on 127.0.0.1 only, durable, in UTF-8 with checksums, behind a password nobody else can read', async () => {
    const { url, adopted } = await start();
    expect(adopted).toBe(false);
    const names = [
      'listen_addresses',
      'unix_socket_directories',
      'fsync',
      'synchronous_commit',
      'full_page_writes',
      'data_checksums',
      'server_encoding',
    ];
    const rows = await query(url, `SELECT ${names.map((n) => `current_setting('${n}') AS ${n}`).join(', ')}`);
    expect(rows[0]).toEqual({
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      data_checksums: 'on',
      server_encoding: 'UTF8',
    });
    const password = await stat(path.join(dataDir, 'postgres-password'));
    expect(password.mode & 0o077).toBe(0);
    await expect(query(url.replace(/:[^:@]+@/, ':wrong@'), 'SELECT 1')).rejects.toThrow(
      'password authentication failed',
    );
  });

  it('[DB-1] stays durable when its configuration file says otherwise', async () => {
    await (await start()).stop();
    await appendFile(path.join(dataDir, 'postgres', 'postgresql.auto.conf'), 'fsync = off\nfull_page_writes = off\n');
    const { url } = await start();
    expect(await query(url, 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
    expect(await query(url, 'SHOW full_page_writes')).toEqual([{ full_page_writes: 'on' }]);
  });

  it('[DB-2] is adopted after its server was killed, with everything committed', async () => {
    const first = startChild();
    const { url = '' } = await first.told;
    await query(url, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)');
    const pid = await postmasterPid();
    first.child.kill('SIGKILL');
    await first.ended;
    const again = await start();
    expect(again.adopted).toBe(true);
    expect(await postmasterPid()).toBe(pid);
    expect(await query(again.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
  });

  it('[DB-3] recovers after the server and PostgreSQL were both killed', async () => {
    const first = startChild();
    const { url = '' } = await first.told;
    await query(url, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)');
    first.child.kill('SIGKILL');
    await first.ended;
    process.kill(await postmasterPid(), 'SIGKILL');
    const again = await start();
    expect(again.adopted).toBe(false);
    expect(await query(again.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
  });

  it('[DB-3] starts although the pid left behind now belongs to another program, and never deletes the pid file itself', async () => {
    await (await start()).stop();
    const bystander = spawn(
      process.execPath,
      ['-e', 'setInterval(() => {}, 1000)'],
      isRoot ? { uid: 65534, gid: 65534 } : {},
    );
    children.push(bystander);
    const stale = [bystander.pid, path.join(dataDir, 'postgres'), 1, 1, '', '127.0.0.1', ' 1 1', 'ready', ''].join(
      '\n',
    );
    const file = path.join(dataDir, 'postgres', 'postmaster.pid');
    await writeFile(file, stale, { mode: 0o600 });
    if (isRoot) await chown(file, 65534, 65534);
    const { url } = await start();
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(bystander.exitCode).toBe(null);
  });

  it('[DB-4] comes back at the same address when only PostgreSQL was killed', async () => {
    const { url } = await start();
    await query(url, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)');
    process.kill(await postmasterPid(), 'SIGKILL');
    await expect.poll(() => said, { timeout: 20_000, interval: 50 }).toContain('the embedded PostgreSQL is back');
    expect(await query(url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
    const second = await startChild().told;
    expect(second.failed).toContain('another Rejoinder server');
  });

  it('[DB-5] is refused to a second server, and the first notices nothing', async () => {
    const { url } = await start();
    const second = startChild();
    const { failed } = await second.told;
    expect(failed).toContain(`another Rejoinder server (process ${process.pid}) uses`);
    expect(failed).toContain('DATA_DIR');
    expect(await second.ended).toBe(1);
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(await runningDatabase(dataDir)).toBe(url);
  });

  it('[DB-5] goes to exactly one of two servers that start in the same instant on an empty folder', async () => {
    const told = await Promise.all([startChild().told, startChild().told]);
    expect(told.filter((t) => t.url)).toHaveLength(1);
    expect(told.filter((t) => t.failed?.includes('another Rejoinder server'))).toHaveLength(1);
  });

  it('[DB-6] is gone after a stop, and after a stop in the middle of a start', async () => {
    const first = await start();
    const pid = await postmasterPid();
    await first.stop();
    await hasGone(pid);
    expect(await runningDatabase(dataDir)).toBe(undefined);
    for (const patience of [150, 250, 300, 350]) {
      const { child, ended } = startChild();
      await sleep(patience);
      child.kill('SIGTERM');
      await ended;
      const left = await postmasterPid().catch(() => 0);
      if (left !== 0) await hasGone(left);
    }
  });

  it('[DB-7] works under a folder that the account of PostgreSQL cannot enter, and is found there again', async () => {
    await chmod(top, 0o700);
    elsewhere = await mkdtemp(path.join(tmpdir(), 'rejoinder-elsewhere-'));
    await chmod(elsewhere, 0o711);
    try {
      const first = await start();
      await query(first.url, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)');
      await first.stop();
      const again = await start();
      expect(await query(again.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
      await again.stop();
      const inside = await readdir(dataDir);
      expect(inside.includes('postgres-location')).toBe(isRoot);
      expect(inside.includes('postgres')).toBe(!isRoot);
    } finally {
      for (const database of started) await database.stop();
      await rm(elsewhere, { recursive: true, force: true });
      await rm(dataDir, { recursive: true, force: true });
      await chmod(top, 0o711);
      elsewhere = path.join(top, 'elsewhere');
    }
  });
});
