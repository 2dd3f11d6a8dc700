// Addresses that only read: the board, its log, its figures.

import type { Deps } from '../deps.ts';
import { asTaken } from '../http/as-taken.ts';
import { type Mounting, mount } from '../http/mount.ts';
import { readBoard, seqOf } from './board.service.ts';
import { checkLog, readMeasures } from './measuring.service.ts';
import { createSnapshots } from './snapshots.ts';

export function measuringRoutes(mounting: Mounting, deps: Deps): void {
  const snapshots = createSnapshots(
    (roomId) => seqOf(deps, roomId),
    (roomId) => readBoard(deps, roomId),
  );
  mount(mounting, 'board', async ({ params, request, reply }) =>
    asTaken(request, reply, await snapshots.read(params.roomId)),
  );
  mount(mounting, 'measures', async ({ params }) => readMeasures(deps, params.roomId));
  mount(mounting, 'verifyLog', async ({ params }) => checkLog(deps, params.roomId));
}
