// A change of one statement under the room's lock, with where it stands on every account.
import type { Actor } from '@rejoinder/contracts/people';
import type { StatementView } from '@rejoinder/contracts/statements';
import type { StatementAt } from '@rejoinder/playbook/statement-signers';
import type { Tx } from '../db/database.ts';
import type { Change } from '../db/event-log.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../http/problems.ts';
import { jobsOfStatements } from '../publishing/jobs.repository.ts';
import { changeCrisis, type Locked, type OnRoom } from './standing.service.ts';
import { asStatement } from './statement-view.ts';
import { lockStatement } from './statements.repository.ts';

export type OnStatement = OnRoom & { statementId: string };

export function changeStatement<T>(
  deps: Deps,
  actor: Actor,
  on: OnStatement,
  request: unknown,
  work: (change: Change, locked: Locked, statement: StatementView, at: StatementAt) => Promise<T>,
): Promise<T> {
  return changeCrisis(deps, actor, on, [on.statementId, request], async (change, locked) => {
    const { statement, liable } = await statementNow(change.tx, on.roomId, on.statementId);
    return work(change, locked, statement, { level: locked.room.level, liable, now: change.now });
  });
}

/** The statement as it is, locked; whether its words touch liability. @throws Problem `not-found` */
export async function statementNow(
  tx: Tx,
  roomId: string,
  statementId: string,
): Promise<{ statement: StatementView; liable: boolean }> {
  const row = await lockStatement(tx, roomId, statementId);
  if (!row) throw new Problem('not-found');
  return { statement: asStatement(row, await jobsOfStatements(tx, roomId, [statementId])), liable: row.liability };
}
