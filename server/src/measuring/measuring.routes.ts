// Addresses that only read: the board, its log, its figures.

import type { Deps } from '../deps.ts';
import { type Mounting, mount } from '../http/mount.ts';
import { readBoard } from './board.service.ts';
import { checkLog, readMeasures } from './measuring.service.ts';

export function measuringRoutes(mounting: Mounting, deps: Deps): void {
  mount(mounting, 'board', async ({ params }) => readBoard(deps, params.roomId));
  mount(mounting, 'measures', async ({ params }) => readMeasures(deps, params.roomId));
  mount(mounting, 'verifyLog', async ({ params }) => checkLog(deps, params.roomId));
}
