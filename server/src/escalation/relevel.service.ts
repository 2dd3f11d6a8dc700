// Clocks under another level, another plan or another state of the room: every running clock of the open cards, reckoned anew (CK-15 to CK-19).
import type { ClockView } from '@rejoinder/contracts/cards';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { underDeadlines, underLevel } from '@rejoinder/playbook/clocks';
import { returnDueAt } from '@rejoinder/playbook/private-talk';
import { asClockView } from '../cards/card-view.service.ts';
import { runningClocks, setDeadlines, type WaitingClock } from '../cards/clocks.repository.ts';
import { PRIVATE_RETURN } from '../cards/going-private.ts';
import { settleRow } from '../cards/standing-still.ts';
import type { Executor, Tx } from '../db/database.ts';
import type { Row } from '../db/tables.ts';

/** What the clocks of a room are reckoned under. */
export type Under = { roomId: string; playbook: Playbook; level: number; stoodDown: boolean; now: string };

/** The clocks whose deadlines this moves, which it stops to run or which go on by it, as they would stand then. */
export async function clocksUnder(db: Executor, under: Under): Promise<Row<'clocks'>[]> {
  return changed(await runningClocks(db, under.roomId), (clock) => relevelled(settled(clock, under), under));
}

/** The clocks of one card that were reckoned anew. */
export type Reckoned = { cardId: string; clocks: ClockView[] };

/** Writes them, and answers them card by card. The caller holds the cards and the room. */
export async function relevelClocks(tx: Tx, under: Under): Promise<Reckoned[]> {
  return write(tx, under.roomId, await clocksUnder(tx, under));
}

/** The room stood down, or goes on: some clocks stand still now, others run again, and no deadline is reckoned anew (CK-18). */
export async function settleRoomClocks(tx: Tx, under: Under): Promise<Reckoned[]> {
  const clocks = changed(await runningClocks(tx, under.roomId), (clock) => settled(clock, under));
  return write(tx, under.roomId, clocks);
}

async function write(tx: Tx, roomId: string, clocks: Row<'clocks'>[]): Promise<Reckoned[]> {
  await setDeadlines(tx, roomId, clocks);
  const byCard = Map.groupBy(clocks, (clock) => clock.card_id);
  return [...byCard].map(([cardId, of]) => ({ cardId, clocks: of.map(asClockView) }));
}

const changed = (clocks: WaitingClock[], anew: (clock: WaitingClock) => WaitingClock): Row<'clocks'>[] =>
  clocks.map(anew).filter((clock, i) => clock !== clocks[i]);

function settled(clock: WaitingClock, { playbook, stoodDown, now }: Under): WaitingClock {
  return settleRow(clock, { playbook, waitsForAuthor: clock.waits_since !== null, stoodDown }, now);
}

function relevelled(clock: WaitingClock, { playbook, level, now }: Under): WaitingClock {
  const running = {
    clock: clock.clock_id,
    startedAt: clock.started_at,
    promisedUntil: clock.promised_until,
    pausedAt: clock.paused_at,
    stoodStill: clock.stood_still ?? [],
  };
  const returnAt = clock.clock_id === PRIVATE_RETURN ? returnDueAt(playbook, level, clock.started_at) : null;
  const then =
    returnAt === null
      ? underLevel(playbook, level, running, now)
      : underDeadlines({ warnAt: [], dueAt: returnAt }, running, now);
  const isSame =
    then === null ||
    (then.dueAt === clock.due_at &&
      then.promisedUntil === clock.promised_until &&
      then.warnAt.join() === clock.warn_at.join());
  if (isSame) return clock;
  return {
    ...clock,
    warn_at: then.warnAt,
    due_at: then.dueAt,
    promised_until: then.promisedUntil,
    warned: then.warned,
    next_at: then.nextAt,
  };
}
