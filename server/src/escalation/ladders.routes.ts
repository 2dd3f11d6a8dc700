// Addresses of ladders: what runs, accepting and passing on, by session or by the short-lived link of one ask.
import type { Deps } from '../deps.ts';
import { ASKS_BY_NETWORK, createLimit } from '../http/limits.ts';
import { type Mounting, mount } from '../http/mount.ts';
import { acceptLadder, passOnLadder } from './answering.service.ts';
import { runningLadders } from './ladders.service.ts';
import { answerAsk, readAsk } from './links.service.ts';

export function ladderRoutes(mounting: Mounting, deps: Deps): void {
  mount(mounting, 'ladders', async ({ params }) => ({ ladders: await runningLadders(deps.db, params.roomId) }));
  mount(mounting, 'acceptLadder', async ({ params, actor, operationId }) =>
    acceptLadder(deps, actor, { ...params, operationId }),
  );
  mount(mounting, 'passOnLadder', async ({ params, body, actor, operationId }) =>
    passOnLadder(deps, actor, { ...params, operationId }, body.reason),
  );
  const limit = createLimit(mounting.app, ASKS_BY_NETWORK);
  mount(
    mounting,
    'ask',
    async ({ params, reply }) => {
      void reply.header('cache-control', 'no-store');
      return { ask: await readAsk(deps, params.token) };
    },
    limit,
  );
  mount(mounting, 'acceptAsk', async ({ params }) => ({ ask: await answerAsk(deps, params.token, null) }), limit);
  mount(
    mounting,
    'passOnAsk',
    async ({ params, body }) => ({ ask: await answerAsk(deps, params.token, body.reason) }),
    limit,
  );
}
