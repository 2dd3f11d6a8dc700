// Starts the server: configuration, database, migration, app. Stops everything on a signal.
import { fileURLToPath } from 'node:url';
import { createApp } from './app.ts';
import { ConfigFault, readConfig } from './config.ts';
import { startDatabase } from './db/embedded.ts';
import { holdOf } from './db/installation.ts';
import { migrate } from './db/migrate.ts';
import { setUpCode } from './people/people.service.ts';

const PAGES = fileURLToPath(new URL('../../web/build', import.meta.url));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

type Stop = () => Promise<void>;
const stops: Stop[] = [];
const cut = new AbortController();
let starting: Promise<unknown> = Promise.resolve();
let stopping: Promise<never> | null = null;

/** In reverse order of starting. A start that is cut ends its own half-started PostgreSQL, so it is awaited; a repeated signal is the same stop. */
function stop(code: number): Promise<never> {
  stopping ??= stopNow(code);
  return stopping;
}

async function stopNow(code: number): Promise<never> {
  const force = setTimeout(() => process.exit(1), 20_000);
  cut.abort(new Error('asked to stop'));
  await starting.catch(() => undefined);
  for (const step of stops.reverse()) await step().catch((error) => say(`While stopping: ${(error as Error).message}`));
  clearTimeout(force);
  process.exit(code);
}

// Before the database starts, so that a signal in between leaves nothing behind (stack.md 3).
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));

async function start(): Promise<void> {
  const config = readConfig(process.env);
  let databaseUrl = config.databaseUrl;
  if (!databaseUrl) {
    const database = await startDatabase({
      dataDir: config.dataDir,
      log: say,
      signal: cut.signal,
      onLost: () => void stop(1),
    });
    stops.push(() => database.stop());
    databaseUrl = database.url;
  }
  await migrate(databaseUrl);
  const app = await createApp({ config, databaseUrl, pages: PAGES, guardRestores: !config.rehearsal });
  const held = await holdOf(app.deps.db);
  if (held) say(`Publishing and sources are on hold: ${held.why} An administrator says go on the Rooms page.`);
  stops.push(app.close);
  await app.fastify.listen({ port: config.port, host: config.host });
  say(`Rejoinder is ready: ${config.publicOrigin}`);
  if (config.rehearsal) say('This is a rehearsal with invented people. Nothing is published.');
  else if (!(await app.deps.signIn.hasAdmin()))
    say(
      `Create the first administrator here (works once): ${config.publicOrigin}/set-up?code=${setUpCode(config.secretKey)}`,
    );
}

starting = start();
starting.catch((error: NodeJS.ErrnoException) => {
  if (cut.signal.aborted) return;
  if (error instanceof ConfigFault) say(error.message);
  else if (error.code === 'EADDRINUSE')
    say(`Port ${process.env.PORT ?? 3000} is in use by another program. Stop it, or start with PORT=3001 npm start.`);
  else say(`Rejoinder could not start: ${error.stack ?? error.message}`);
  void stop(1);
});
