// Clocks under another level, another plan or another state of the room: every running clock of the open cards, reckoned anew (CK-15 to CK-23).
import type { ClockView } from '@rejoinder/contracts/cards';
import { underDeadlines, underLevel } from '@rejoinder/playbook/clocks';
import { returnDueAt } from '@rejoinder/playbook/private-talk';
import { asClockView } from '../cards/card-view.service.ts';
import {
  clocksOfOpenCards,
  dropClocks,
  insertClocks,
  runningClocks,
  setDeadlines,
  stopRows,
  type WaitingClock,
} from '../cards/clocks.repository.ts';
import { PRIVATE_RETURN } from '../cards/going-private.ts';
import { settleRow } from '../cards/standing-still.ts';
import type { Executor, Tx } from '../db/database.ts';
import type { Row } from '../db/tables.ts';
import { clocksGiven, ended, hasRunOut, isGiven, type Under } from './given-clocks.service.ts';

export type { Under } from './given-clocks.service.ts';

/** What becomes of the clocks of open cards: moved as they run, begun, ended as they stay, and gone. */
export type ClocksUnder = Record<'moved' | 'begun' | 'ended' | 'gone', Row<'clocks'>[]>;

/** Every clock this changes, as it would stand then. */
export async function clocksUnder(db: Executor, under: Under): Promise<ClocksUnder> {
  const known = await clocksOfOpenCards(db, under.roomId);
  const running = known.filter((clock) => clock.stopped_at === null);
  const left = new Set(running.filter((clock) => under.left?.(clock)));
  const kept = running.filter((clock) => !left.has(clock) && isGiven(under, clock.clock_id));
  const taken = running.filter((clock) => !left.has(clock) && !isGiven(under, clock.clock_id));
  const stays = taken.filter((clock) => hasRunOut(clock, under.now));
  return {
    moved: changed(
      kept.filter((clock) => clock.breached_at === null),
      (clock) => relevelled(settled(clock, under), under),
    ),
    begun: await clocksGiven(db, under, known),
    ended: [...left, ...stays].map((clock) => ended(clock, under.now)),
    gone: taken.filter((clock) => !stays.includes(clock)),
  };
}

/** The clocks of one card as they are now, and those it has no more. */
export type Reckoned = { cardId: string; clocks: ClockView[]; gone?: string[]; breachesBefore?: number };

/** Writes them, and answers them card by card. The caller holds the cards and the room. */
export async function relevelClocks(tx: Tx, under: Under): Promise<Reckoned[]> {
  const { moved, begun, ended, gone } = await clocksUnder(tx, under);
  await setDeadlines(tx, under.roomId, moved);
  await stopRows(tx, under.roomId, ended);
  const counted = await dropClocks(tx, under.roomId, [...gone, ...begun], under.now);
  await insertClocks(tx, begun);
  const before = new Map(counted.map((card) => [card.card_id, card.breaches_before]));
  return byCard([...moved, ...ended, ...begun], gone).map((card) => {
    const breachesBefore = before.get(card.cardId);
    return breachesBefore === undefined ? card : { ...card, breachesBefore };
  });
}

/** The room stood down, or goes on: some clocks stand still now, others run again, and no deadline is reckoned anew (CK-18). */
export async function settleRoomClocks(tx: Tx, under: Under): Promise<Reckoned[]> {
  const clocks = changed(await runningClocks(tx, under.roomId), (clock) => settled(clock, under));
  await setDeadlines(tx, under.roomId, clocks);
  return byCard(clocks, []);
}

function byCard(clocks: Row<'clocks'>[], gone: Row<'clocks'>[]): Reckoned[] {
  const here = Map.groupBy(clocks, (clock) => clock.card_id);
  const away = Map.groupBy(gone, (clock) => clock.card_id);
  return [...new Set([...here.keys(), ...away.keys()])].map((cardId) => ({
    cardId,
    clocks: (here.get(cardId) ?? []).map(asClockView),
    ...(away.has(cardId) ? { gone: (away.get(cardId) ?? []).map((clock) => clock.clock_id) } : {}),
  }));
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
