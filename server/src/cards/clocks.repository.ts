// SQL of the clocks of cards: begun, stopped, with other deadlines, standing still.
import { sql } from 'kysely';
import type { Executor, Tx } from '../db/database.ts';
import type { Row } from '../db/tables.ts';

export async function insertClocks(tx: Tx, clocks: Row<'clocks'>[]): Promise<void> {
  if (clocks.length === 0) return;
  await sql`insert into clocks select * from json_populate_recordset(null::clocks, ${JSON.stringify(clocks)}::json)`.execute(
    tx,
  );
}

type Key = Pick<Row<'clocks'>, 'card_id' | 'clock_id'>;

/**
 * Takes these away, whatever they are: nobody promises them any more, or they begin anew. Those that had run out by then stay counted on
 * their cards (ME-10); answers the new counts.
 */
export async function dropClocks(
  tx: Tx,
  roomId: string,
  clocks: readonly Key[],
  now: string | null,
): Promise<{ card_id: string; breaches_before: number }[]> {
  if (clocks.length === 0) return [];
  const { rows } = await sql<{ card_id: string; breaches_before: number }>`
    with dropped as (
      delete from clocks k using unnest(${clocks.map((each) => each.card_id)}::text[], ${clocks.map((each) => each.clock_id)}::text[]) d (card_id, clock_id)
      where k.room_id = ${roomId} and k.card_id = d.card_id and k.clock_id = d.clock_id returning k.*
    )
    update cards c set breaches_before = coalesce(c.breaches_before, 0) + ran.out from (
      select card_id, count(*)::int as out from dropped
      where breached_at is not null or promised_until <= coalesce(paused_at, stopped_at, ${now}::timestamptz) group by card_id
    ) ran where c.room_id = ${roomId} and c.card_id = ran.card_id returning c.card_id, c.breaches_before`.execute(tx);
  return rows;
}

/** The same with every clock of a card. */
export async function dropAllClocks(tx: Tx, roomId: string, cardId: string, now: string | null): Promise<void> {
  const of = tx.selectFrom('clocks').select(['card_id', 'clock_id']);
  await dropClocks(tx, roomId, await of.where('room_id', '=', roomId).where('card_id', '=', cardId).execute(), now);
}

/** A closed card has nothing left to promise. */
export async function stopClocks(tx: Tx, roomId: string, cardId: string, at: string): Promise<void> {
  await tx
    .updateTable('clocks')
    .set({ stopped_at: at, next_at: null })
    .where('room_id', '=', roomId)
    .where('card_id', '=', cardId)
    .where('stopped_at', 'is', null)
    .execute();
}

/** Stops these clocks where they run. One that ran out before keeps its breach, or has it logged at the next tick (CK-13); one that stands still did not run out. */
export async function endClocks(tx: Tx, roomId: string, cardId: string, clockIds: string[], at: string): Promise<void> {
  if (clockIds.length === 0) return;
  await tx
    .updateTable('clocks')
    .set((eb) => ({
      stopped_at: at,
      next_at: eb
        .case()
        .when(eb.and([eb('breached_at', 'is', null), eb('paused_at', 'is', null), eb('promised_until', '<=', at)]))
        .then(eb.ref('promised_until'))
        .else(null)
        .end(),
    }))
    .where('room_id', '=', roomId)
    .where('card_id', '=', cardId)
    .where('clock_id', 'in', clockIds)
    .where('stopped_at', 'is', null)
    .execute();
}

/** Writes when many clocks ended, and what is left to tell of them. */
export async function stopRows(tx: Tx, roomId: string, clocks: Row<'clocks'>[]): Promise<void> {
  if (clocks.length === 0) return;
  await sql`
    update clocks k set stopped_at = n.stopped_at, next_at = n.next_at from json_populate_recordset(null::clocks, ${JSON.stringify(clocks)}::json) n
    where k.room_id = ${roomId} and k.card_id = n.card_id and k.clock_id = n.clock_id`.execute(tx);
}

/** A clock, and since when its card waits for the person it is about. */
export type WaitingClock = Row<'clocks'> & { waits_since: string | null };

/** The clocks of open cards that still run and were not breached, by card; of these cards alone where some are named. */
export async function runningClocks(db: Executor, roomId: string, cardIds?: string[]): Promise<WaitingClock[]> {
  const named = cardIds ? sql`and k.card_id = any(${cardIds})` : sql``;
  const { rows } = await sql<WaitingClock>`
    select k.*, c.waits_since from clocks k join cards c on c.room_id = k.room_id and c.card_id = k.card_id
    where k.room_id = ${roomId} and c.closed_at is null and k.stopped_at is null and k.breached_at is null ${named}
    order by k.card_id, k.clock_id`.execute(db);
  return rows;
}

/** Every clock of the open cards, ended and breached ones too. */
export async function clocksOfOpenCards(db: Executor, roomId: string): Promise<WaitingClock[]> {
  const { rows } = await sql<WaitingClock>`
    select k.*, c.waits_since from clocks k join cards c on c.room_id = k.room_id and c.card_id = k.card_id
    where k.room_id = ${roomId} and c.closed_at is null order by k.card_id, k.clock_id`.execute(db);
  return rows;
}

/** Writes other deadlines of many clocks in one statement. */
export async function setDeadlines(tx: Tx, roomId: string, clocks: Row<'clocks'>[]): Promise<void> {
  if (clocks.length === 0) return;
  await sql`
    update clocks k set warn_at = n.warn_at, due_at = n.due_at, promised_until = n.promised_until, warned = n.warned, next_at = n.next_at,
      paused_at = n.paused_at, paused_why = n.paused_why, stood_still = n.stood_still
    from json_populate_recordset(null::clocks, ${JSON.stringify(clocks)}::json) n
    where k.room_id = ${roomId} and k.card_id = n.card_id and k.clock_id = n.clock_id`.execute(tx);
}

/** Writes down that a card waits for its author since then. */
export async function setWaiting(tx: Tx, roomId: string, cardId: string, since: string): Promise<void> {
  await tx
    .updateTable('cards')
    .set({ waits_since: since })
    .where('room_id', '=', roomId)
    .where('card_id', '=', cardId)
    .execute();
}

/** Those of the cards that waited for their authors, and wait no more. */
export async function clearWaiting(tx: Tx, roomId: string, cardIds: string[]): Promise<string[]> {
  if (cardIds.length === 0) return [];
  const rows = await tx
    .updateTable('cards')
    .set({ waits_since: null })
    .where('room_id', '=', roomId)
    .where('card_id', 'in', cardIds)
    .where('waits_since', 'is not', null)
    .returning('card_id')
    .execute();
  return rows.map((row) => row.card_id);
}

/** Whether a word of the person came in after an instant: a post, or a private message. */
export async function heardSince(db: Executor, roomId: string, cardId: string, since: string): Promise<boolean> {
  const { rows } = await sql<{ heard: boolean }>`
    select exists (select 1 from card_mentions where room_id = ${roomId} and card_id = ${cardId} and received_at > ${since})
      or exists (select 1 from private_entries where room_id = ${roomId} and card_id = ${cardId} and kind = 'from_them' and recorded_at > ${since})
      as heard`.execute(db);
  return rows[0]?.heard === true;
}
