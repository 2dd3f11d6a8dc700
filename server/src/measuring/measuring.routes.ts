// Addresses that only read: the board, its log, its figures.

import { verifyLog } from '../db/event-log.ts';
import type { Deps } from '../deps.ts';
import { type Mounting, mount } from '../http/mount.ts';
import { replaySince } from '../live/replay.ts';
import { readBoard } from './board.service.ts';
import { readMeasures } from './measuring.service.ts';

export function measuringRoutes(mounting: Mounting, deps: Deps): void {
  mount(mounting, 'board', async ({ params }) => readBoard(deps, params.roomId));
  mount(mounting, 'measures', async ({ params }) => readMeasures(deps, params.roomId));
  mount(mounting, 'verifyLog', async ({ params }) => verifyLog(deps.db, params.roomId));
  mount(mounting, 'events', async ({ params, query }) => {
    const replay = await replaySince(deps.db, params.roomId, query.since, query.limit);
    if (replay.kind !== 'events') return { ...replay, events: [] };
    return { kind: 'events', seq: replay.events.at(-1)?.seq ?? query.since, events: replay.events };
  });
}
