// Which clocks of cards stand still: settled when we have answered, when the person writes again, and as the room stands down or goes on (CK-17, CK-18).
import { type Holding, settle, whyStill } from '@rejoinder/playbook/pauses';
import type { Tx } from '../db/database.ts';
import type { Row } from '../db/tables.ts';
import { crisisOf } from '../rooms/rooms.repository.ts';
import type { RoomContext } from '../rooms/rooms.service.ts';
import type { OnCard } from './cards.service.ts';
import { clearWaiting, heardSince, runningClocks, setDeadlines, setWaiting } from './clocks.repository.ts';

/** What a clock of a card is settled by. */
export type Circumstance = Pick<RoomContext, 'playbook'> & Holding;

export const isStoodDown = ({ room }: Pick<RoomContext, 'room'>): boolean => crisisOf(room).state === 'stood_down';

/** The row as it is once exactly what holds now holds, since an instant; the same object where nothing changes. */
export function settleRow<R extends Row<'clocks'>>(row: R, by: Circumstance, since: string): R {
  const plan = by.playbook.clocks.find((each) => each.id === row.clock_id);
  const clock = {
    clock: row.clock_id,
    startedAt: row.started_at,
    warnAt: row.warn_at,
    dueAt: row.due_at,
    promisedUntil: row.promised_until,
    warned: row.warned,
    nextAt: row.next_at,
    pausedAt: row.paused_at,
    pausedFor: row.paused_why ?? [],
    stoodStill: row.stood_still ?? [],
  };
  const then = settle(by.playbook, clock, whyStill(plan, by), since);
  if (then === clock) return row;
  return {
    ...row,
    warn_at: then.warnAt,
    due_at: then.dueAt,
    promised_until: then.promisedUntil,
    next_at: then.nextAt,
    paused_at: then.pausedAt,
    paused_why: then.pausedAt === null ? null : then.pausedFor,
    stood_still: then.stoodStill.length === 0 ? null : then.stoodStill,
  };
}

/**
 * A reply stands in public: from now on we wait for the person, unless a word of theirs came in after the reply was put up, which it cannot
 * have answered. The caller holds the card.
 */
export async function waitForAuthor(
  tx: Tx,
  context: RoomContext,
  on: OnCard,
  { queuedAt, now }: { queuedAt: string; now: string },
): Promise<void> {
  if (await heardSince(tx, on.roomId, on.cardId, queuedAt)) return;
  await setWaiting(tx, on.roomId, on.cardId, now);
  await settleCards(tx, context, new Map([[on.cardId, now]]));
}

/** The people of these cards wrote, at these instants: none of them is waited for any more. The caller holds the cards. */
export async function authorsWrote(
  tx: Tx,
  context: RoomContext,
  at: ReadonlyMap<string, string>,
  now: string,
): Promise<void> {
  const waited = await clearWaiting(tx, context.room.room_id, [...at.keys()]);
  const instants = waited.map((cardId) => {
    const wrote = at.get(cardId) ?? now;
    return [cardId, wrote < now ? wrote : now] as const;
  });
  await settleCards(tx, context, new Map(instants));
}

async function settleCards(tx: Tx, context: RoomContext, since: ReadonlyMap<string, string>): Promise<void> {
  if (since.size === 0) return;
  const { room, playbook } = context;
  const rows = await runningClocks(tx, room.room_id, [...since.keys()]);
  const settled = rows.map((row) => {
    const by = { playbook, waitsForAuthor: row.waits_since !== null, stoodDown: isStoodDown(context) };
    return settleRow(row, by, since.get(row.card_id) ?? '');
  });
  await setDeadlines(
    tx,
    room.room_id,
    settled.filter((row, i) => row !== rows[i]),
  );
}
