// The figures of wall and report, from the same function as the browser's, over the same board.
import type { Measures } from '@rejoinder/contracts/measures';
import { measures } from '@rejoinder/measure/wall';
import { awaitedSigners, noReply } from '@rejoinder/playbook/who-waits';
import { verifyLog } from '../db/event-log.ts';
import type { Deps } from '../deps.ts';
import { roomContext } from '../rooms/rooms.service.ts';
import { readBoard } from './board.service.ts';

export async function readMeasures(deps: Deps, roomId: string): Promise<Measures> {
  const state = await readBoard(deps, roomId);
  const { playbook } = await roomContext(deps.db, roomId);
  const now = deps.now();
  return measures({
    state,
    stages: playbook.stages,
    roleTitles: Object.fromEntries(playbook.roles.map((role) => [role.id, role.name])),
    awaited: (card) => awaitedSigners(playbook, card, state.room.level, now),
    noReply: noReply(playbook),
    now,
  });
}

/** Whether the hash chain of the room's log holds, and where it breaks. */
export const checkLog = (deps: Deps, roomId: string) => verifyLog(deps.db, roomId);
