// One PostgreSQL process over one cluster folder: made by initdb, found by its pid file, started, awaited and stopped.
import { execFile, spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Account, giveTo, program } from './embedded-account.ts';

export interface Cluster {
  /** Folder that holds the cluster, its password and its log. */
  place: string;
  /** The cluster itself, `<place>/postgres`. */
  data: string;
  native: string;
  account: Account;
}

export interface Running {
  pid: number;
  ended(): boolean;
}

export const superuser = 'rejoinder';

/** Made beside and renamed into place, so that a cut initdb or a second process never leaves half a cluster. */
export async function ensureCluster(cluster: Cluster, password: string): Promise<void> {
  clearLeftovers(cluster.place);
  if (existsSync(path.join(cluster.data, 'PG_VERSION'))) return;
  const fresh = `${cluster.data}.new-${process.pid}`;
  const passwordFile = `${fresh}.password`;
  mkdirSync(fresh, { mode: 0o700 });
  giveTo(cluster.account, fresh);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  giveTo(cluster.account, passwordFile);
  try {
    const args = [
      '-D',
      fresh,
      `--username=${superuser}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--data-checksums',
    ];
    await promisify(execFile)(program(cluster.native, 'initdb'), [...args, '--encoding=UTF8', ...localeHere()], {
      ...cluster.account,
      cwd: '/',
      env: cleanEnvironment(),
    });
    renameSync(fresh, cluster.data);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (existsSync(path.join(cluster.data, 'PG_VERSION'))) return;
    throw new Error(`the embedded PostgreSQL could not be set up in ${cluster.place}: ${saidBy(error)}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** Sorting is PostgreSQL's own, the same on each system; only the character classes come from the system where it has them. */
function localeHere(): string[] {
  const builtin = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  if (process.platform === 'linux') return [...builtin, '--locale=C.UTF-8'];
  return process.platform === 'darwin' ? [...builtin, '--locale=C', '--lc-ctype=UTF-8'] : [...builtin, '--locale=C'];
}

function clearLeftovers(place: string): void {
  for (const name of readdirSync(place)) {
    const pid = /^postgres\.new-(\d+)/.exec(name)?.[1];
    if (pid && Number(pid) !== process.pid && !isAlive(Number(pid)))
      rmSync(path.join(place, name), { recursive: true, force: true });
  }
}

/** What `postmaster.pid` says; undefined when there is none or it is not yet whole. */
export function postmasterOf(cluster: Cluster): { pid: number; port: number } | undefined {
  try {
    const lines = readFileSync(path.join(cluster.data, 'postmaster.pid'), 'utf8').split('\n');
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    return pid > 0 && port > 0 ? { pid, port } : undefined;
  } catch {
    return undefined;
  }
}

/** `unknown` where the system does not tell the command line of a process. */
export function isOurs(pid: number, cluster: Cluster): 'ours' | 'foreign' | 'dead' | 'unknown' {
  if (!isAlive(pid)) return 'dead';
  const line = commandLine(pid);
  if (line === undefined) return isAlive(pid) ? 'unknown' : 'dead';
  // An ended process that nobody has awaited yet shows an empty line.
  if (line === '') return 'dead';
  return line.includes('postgres') && line.includes(cluster.data) ? 'ours' : 'foreign';
}

function commandLine(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return undefined;
  }
  const [file, args]: [string, string[]] =
    process.platform === 'win32'
      ? [
          'powershell',
          ['-NoProfile', '-Command', `(Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}').CommandLine`],
        ]
      : ['ps', ['-ww', '-p', String(pid), '-o', 'command=']];
  const asked = spawnSync(file, args, { encoding: 'utf8' });
  return asked.status === 0 ? asked.stdout.trim() : undefined;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Detached, so that Ctrl-C reaches the app first and the app stops the database last. */
export function startPostmaster(cluster: Cluster, port: number): Running & { kill(): Promise<void> } {
  const log = path.join(cluster.place, 'postgres.log');
  const out = openSync(log, existsSync(log) && statSync(log).size > 10_000_000 ? 'w' : 'a', 0o600);
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    shared_buffers: '64MB',
    max_connections: '100',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const stale = postmasterOf(cluster);
  const env = cleanEnvironment();
  // After a restart of the machine or container the old pid may belong to some other program. PostgreSQL would refuse
  // for ever; told that this pid is a relative of its own it goes on to check its shared memory, and we never delete the file.
  if (stale && isOurs(stale.pid, cluster) === 'foreign') env.PG_GRANDPARENT_PID = String(stale.pid);
  const child = spawn(program(cluster.native, 'postgres'), ['-D', cluster.data, '-p', String(port), ...args], {
    ...cluster.account,
    cwd: '/',
    env,
    detached: true,
    stdio: ['ignore', out, out],
  });
  closeSync(out);
  child.on('error', () => undefined);
  child.unref();
  const ended = () => child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
  const kill = async () => {
    while (!ended()) {
      child.kill('SIGINT');
      await sleep(50);
    }
  };
  return { pid: child.pid ?? 0, ended, kill };
}

/** Fast shutdown: open transactions are rolled back, everything committed is written. */
export async function stopPostmaster(cluster: Cluster): Promise<void> {
  const running = postmasterOf(cluster);
  if (!running || ['dead', 'foreign'].includes(isOurs(running.pid, cluster))) return;
  if (process.platform === 'win32') {
    const pgCtl = program(cluster.native, 'pg_ctl');
    await promisify(execFile)(pgCtl, ['stop', '-m', 'fast', '-w', '-D', cluster.data]);
    return;
  }
  for (const [signal, patience] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
  ] as const) {
    process.kill(running.pid, signal);
    for (let waited = 0; waited < patience; waited += 20) {
      if (isOurs(running.pid, cluster) === 'dead') return;
      await sleep(20);
    }
  }
  throw new Error(`the embedded PostgreSQL (process ${running.pid}) did not stop`);
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port on 127.0.0.1');
  return address.port;
}

export function lastLinesOfLog(cluster: Cluster): string {
  try {
    return readFileSync(path.join(cluster.place, 'postgres.log'), 'utf8').trim().split('\n').slice(-5).join('\n');
  } catch {
    return 'it left no log';
  }
}

/** Without PG* variables of the person's own, which would change what the server and initdb do. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(kept), LC_MESSAGES: 'C' };
}

function saidBy(error: unknown): string {
  if (error instanceof Error && 'stderr' in error && error.stderr) return String(error.stderr).trim();
  return error instanceof Error ? error.message : String(error);
}
