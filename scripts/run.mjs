// The one command behind every npm script: brings Node 24 and pnpm, installs, builds the web app, then does what was asked.
// Runs on the machine's own Node (18 or newer) with no packages; so plain JavaScript, and only node: imports.
import { fileURLToPath } from 'node:url';
import { findBrowser } from './browser.mjs';
import { checkAll } from './check.mjs';
import { install } from './install.mjs';
import { fail, runForeground, runTogether, Stop } from './processes.mjs';
import { testAll } from './tests.mjs';
import { bringTools } from './toolchain.mjs';
import { buildWeb } from './web-build.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const watchParent = new URL('./stop-with-parent.mjs', import.meta.url).href;

const usage = `usage: node scripts/run.mjs COMMAND
  start               install, build and serve (npm start)
  build               install and build, then end (for container images)
  dev                 serve with reload on change (npm run dev)
  test                everything CI runs (npm test)
  check               format, lint, types, architecture and unit tests (npm run check)
  bench NAME          one bench of test/bench (npm run bench -- NAME)
  chaos NAME [size=n] the long form of a chaos test: drafts, publishing, frames, editors, clocks (npm run chaos -- drafts rounds=200)
  rejoinder COMMAND   the command line of the server (npm run rejoinder -- COMMAND)`;

async function prepare({ web }) {
  const tools = await bringTools(root);
  await install(root, tools);
  if (web) await buildWeb(root, tools);
  return tools;
}

const server = ['--import', watchParent, 'server/src/main.ts'];

const commands = {
  async start() {
    const tools = await prepare({ web: true });
    return runForeground(tools.node, server, { cwd: root, env: tools.env, ipc: true });
  },
  async build() {
    await prepare({ web: true });
    return 0;
  },
  async dev() {
    const tools = await prepare({ web: false });
    const port = process.env.WEB_PORT ?? '5173';
    // The page comes from Vite, so the exact-Origin check must expect Vite's address.
    const origin = process.env.PUBLIC_ORIGIN ?? `http://localhost:${port}`;
    const backend = `http://localhost:${process.env.PORT ?? '3000'}`;
    return runTogether([
      [tools.node, ['--watch', ...server.slice(2)], { cwd: root, env: { ...tools.env, PUBLIC_ORIGIN: origin } }],
      [
        tools.node,
        [tools.bin('web', 'vite'), 'dev', '--port', port, '--strictPort'],
        { cwd: `${root}web`, env: { ...tools.env, REJOINDER_SERVER: backend } },
      ],
    ]);
  },
  async check() {
    const tools = await prepare({ web: false });
    return checkAll(root, tools);
  },
  async test() {
    const tools = await prepare({ web: true });
    return testAll(root, tools, () => findBrowser(root, tools));
  },
  async bench([name, ...rest]) {
    if (!name || !/^[a-z0-9-]+$/.test(name)) throw new Stop('bench needs a name: npm run bench -- ingest');
    const tools = await prepare({ web: name === 'board' });
    const env = name === 'board' ? { ...tools.env, CHROMIUM_PATH: findBrowser(root, tools) } : tools.env;
    return runForeground(tools.node, [`test/bench/${name}.ts`, ...rest], { cwd: root, env });
  },
  async chaos([name, ...sizes]) {
    if (!name || !/^[a-z0-9-]+$/.test(name)) throw new Stop('chaos needs a name: npm run chaos -- drafts rounds=200');
    const asked = sizes.map((each) => /^([a-z]+)=([\w.-]+)$/.exec(each));
    if (asked.includes(null)) throw new Stop('sizes are written as name=number: rounds=200 people=30 seed=7');
    const tools = await prepare({ web: false });
    const env = { ...tools.env, NODE_ENV: 'test', CHAOS: 'long' };
    for (const [, size, value] of asked) env[`CHAOS_${size.toUpperCase()}`] = value;
    const args = [tools.bin('.', 'vitest'), 'run', '--project', 'server', `test/chaos/${name}.test.ts`];
    return runForeground(tools.node, args, { cwd: root, env });
  },
  async rejoinder(args) {
    const tools = await prepare({ web: false });
    // A file named on the command line is meant from where the person stands.
    const cwd = process.env.INIT_CWD ?? process.cwd();
    return runForeground(tools.node, [`${root}server/src/command-line.ts`, ...args], { cwd, env: tools.env });
  },
};

const [command, ...args] = process.argv.slice(2);
const wanted = Object.hasOwn(commands, command ?? '') ? commands[command] : undefined;
if (!wanted) {
  console.error(usage);
  process.exit(2);
}
try {
  process.exitCode = await wanted(args);
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  fail(error.message);
  process.exitCode = 1;
}
