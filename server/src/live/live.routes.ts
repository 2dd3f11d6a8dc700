// The address behind the live socket's catch-up, for clients that poll.
import type { Deps } from '../deps.ts';
import { type Mounting, mount } from '../http/mount.ts';
import { replaySince } from './replay.ts';

export function liveRoutes(mounting: Mounting, deps: Deps): void {
  mount(mounting, 'events', async ({ params, query }) => {
    const replay = await replaySince(deps.db, params.roomId, query.since, query.limit);
    if (replay.kind !== 'events') return { ...replay, events: [] };
    return { kind: 'events', seq: replay.events.at(-1)?.seq ?? query.since, events: replay.events };
  });
}
