// The same installation after a stop: a second app on a world's database, with the world's clock.
import { type App, createApp } from '../../server/src/app.ts';
import type { World } from './world.ts';

/** Stops the world's app in good order and starts another on the same database; it listens on a port of its own. */
export async function startAgain(
  w: World,
): Promise<App & { origin: string; [Symbol.asyncDispose]: () => Promise<void> }> {
  await w.app.close();
  const app = await createApp({
    config: w.app.deps.config,
    databaseUrl: w.databaseUrl,
    pages: '/nonexistent',
    now: w.now,
  });
  await app.fastify.listen({ port: 0, host: '127.0.0.1' });
  const address = app.fastify.server.address();
  const origin = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '';
  return { ...app, origin, [Symbol.asyncDispose]: app.close };
}
