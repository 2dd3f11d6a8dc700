// Builds the web app into web/build, unless none of its sources has changed since the last build.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { hashOf } from './hash.mjs';
import { capture, Stop, say } from './processes.mjs';

export async function buildWeb(root, tools) {
  const mark = path.join(root, '.tools', 'web-built');
  const wanted = hashOf(root, {
    files: ['pnpm-lock.yaml', 'web/package.json', 'web/tsconfig.json', ...rootFiles(root)],
    folders: ['web/src', 'web/static', 'packages'],
    only: /^(?!packages\/).|^packages\/[^/]+\/(src\/.*(?<!\.test)\.ts|package\.json)$/,
  });
  if (read(mark) === wanted && hasPages(root)) return;
  say('building the web app');
  rmSync(mark, { force: true });
  const done = capture(tools.node, [tools.bin('web', 'vite'), 'build', '--logLevel', 'warn'], {
    cwd: path.join(root, 'web'),
    env: tools.env,
    maxBuffer: 64 << 20,
  });
  if (!done.ok) throw new Stop(`the web app could not be built:\n${done.out.trim()}`);
  if (!hasPages(root)) throw new Stop('the web build wrote no page into web/build.');
  mkdirSync(path.dirname(mark), { recursive: true });
  writeFileSync(mark, wanted);
}

function rootFiles(root) {
  const web = path.join(root, 'web');
  return existsSync(web)
    ? readdirSync(web)
        .filter((name) => /\.(ts|js|mjs|html)$/.test(name))
        .map((name) => `web/${name}`)
    : [];
}

function hasPages(root) {
  const build = path.join(root, 'web', 'build');
  return existsSync(build) && readdirSync(build).some((name) => name.endsWith('.html'));
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
