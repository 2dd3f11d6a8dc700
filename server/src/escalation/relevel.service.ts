// Clocks under another level or another plan: every running clock of the open cards, reckoned anew from its own start (CK-15, CK-16).
import type { ClockView } from '@rejoinder/contracts/cards';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { underLevel } from '@rejoinder/playbook/clocks';
import { asClockView } from '../cards/card-view.service.ts';
import type { Executor, Tx } from '../db/database.ts';
import type { Row } from '../db/tables.ts';
import { runningClocks, setDeadlines } from './clocks.repository.ts';

/** The clocks whose deadlines another level moves, as they would stand then. */
export async function clocksUnder(
  db: Executor,
  playbook: Playbook,
  on: { roomId: string; level: number; now: string },
): Promise<Row<'clocks'>[]> {
  return (await runningClocks(db, on.roomId)).flatMap((clock) => {
    const running = { clock: clock.clock_id, startedAt: clock.started_at, promisedUntil: clock.promised_until };
    const then = underLevel(playbook, on.level, running, on.now);
    if (then === null || (then.dueAt === clock.due_at && then.promisedUntil === clock.promised_until)) return [];
    return [
      {
        ...clock,
        warn_at: then.warnAt,
        due_at: then.dueAt,
        promised_until: then.promisedUntil,
        warned: then.warned,
        next_at: then.nextAt,
      },
    ];
  });
}

/** The clocks of one card that were reckoned anew. */
export type Reckoned = { cardId: string; clocks: ClockView[] };

/** Writes them, and answers them card by card. The caller holds the cards and the room. */
export async function relevelClocks(
  tx: Tx,
  playbook: Playbook,
  on: { roomId: string; level: number; now: string },
): Promise<Reckoned[]> {
  const changed = await clocksUnder(tx, playbook, on);
  await setDeadlines(tx, on.roomId, changed);
  const byCard = Map.groupBy(changed, (clock) => clock.card_id);
  return [...byCard].map(([cardId, clocks]) => ({ cardId, clocks: clocks.map(asClockView) }));
}
