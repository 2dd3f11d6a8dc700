// Addresses that only read: the board, its log, its figures.

import type { BoardState } from '@rejoinder/contracts/rooms';
import type { Deps } from '../deps.ts';
import { type Mounting, mount } from '../http/mount.ts';
import { readBoard, seqOf } from './board.service.ts';
import { checkLog, readMeasures } from './measuring.service.ts';
import { createSnapshots } from './snapshots.ts';

export function measuringRoutes(mounting: Mounting, deps: Deps): void {
  const snapshots = createSnapshots(
    (roomId) => seqOf(deps, roomId),
    (roomId) => readBoard(deps, roomId),
  );
  mount(mounting, 'board', async ({ params, request, reply }) => {
    const { json, packed } = await snapshots.read(params.roomId);
    const takesPacked = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    void reply.type('application/json; charset=utf-8').header('vary', 'accept-encoding');
    if (takesPacked) void reply.header('content-encoding', 'gzip');
    // JSON already: the frame sends what has this type and is no object as it is.
    return (takesPacked ? packed : json) as unknown as BoardState;
  });
  mount(mounting, 'measures', async ({ params }) => readMeasures(deps, params.roomId));
  mount(mounting, 'verifyLog', async ({ params }) => checkLog(deps, params.roomId));
}
