// A server that stops while boards are open which do not answer.
import { PROTOCOL } from '@rejoinder/contracts/live';
import { describe, expect, it } from 'vitest';
import { openLive } from '../bench/support/live-sockets.ts';
import { world } from '../support/world.ts';

describe('a server that stops', () => {
  it('[LV-7] does not wait for a page that never answers its farewell', { timeout: 15_000 }, async () => {
    await using other = await world();
    const ann = await other.person('Ann', ['responder']);
    let came = 0;
    await openLive({
      origin: other.origin,
      path: '/live',
      headers: { cookie: ann.cookie, origin: 'http://rejoinder.test' },
      hello: ['watch', { roomId: other.room.id, since: 0, protocol: PROTOCOL }],
      onBatch: () => {
        came += 1;
      },
    });
    await other.cardFrom('my parcel is lost');
    await expect.poll(() => came).toBeGreaterThan(0);
    // It reads frames and answers none, the last one neither; without being cut it would be waited for half a minute.
    await other.app.close();
    expect(other.app.fastify.server.listening).toBe(false);
  });
});
