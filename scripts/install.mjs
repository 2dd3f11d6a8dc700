// Installs the workspace from the lock file, unless nothing it depends on has changed since the last time.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { hashOf } from './hash.mjs';
import { capture, Stop, say } from './processes.mjs';
import { explain } from './toolchain.mjs';

export async function install(root, tools) {
  const mark = path.join(root, 'node_modules', '.rejoinder-installed');
  const wanted = hashOf(root, {
    files: [
      'package.json',
      'pnpm-lock.yaml',
      'pnpm-workspace.yaml',
      'server/package.json',
      'web/package.json',
      'test/package.json',
    ],
    folders: ['packages'],
    only: /(^|\/)package\.json$|^pnpm-/,
    also: `${process.platform}-${process.arch}`,
  });
  if (read(mark) === wanted) return;
  say('installing packages from the lock file (first time about half a minute)');
  const env = { ...tools.env };
  // With NODE_ENV=production pnpm would leave out what builds the web app.
  delete env.NODE_ENV;
  const args = [
    tools.pnpm,
    'install',
    '--frozen-lockfile',
    '--prod=false',
    '--config.confirmModulesPurge=false',
    '--reporter=append-only',
  ];
  const done = capture(tools.node, args, { cwd: root, env, maxBuffer: 64 << 20 });
  if (!done.ok) throw new Stop(explain(done.out));
  writeFileSync(mark, wanted);
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
