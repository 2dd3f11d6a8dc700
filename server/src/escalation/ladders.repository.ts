// SQL of ladders that run, and of whom they asked.
import { sql } from 'kysely';
import type { Db, Executor, Tx } from '../db/database.ts';
import type { NewRow, Row } from '../db/tables.ts';

export type Run = Row<'ladder_runs'>;
export type Ask = Row<'ladder_asks'>;
export type DueRun = { room_id: string; run_id: string; card_id: string | null; next_at: string };

/** Only hints, oldest first; whoever climbs looks again under lock. */
export function dueRuns(db: Db, now: string, limit: number): Promise<DueRun[]> {
  return db
    .selectFrom('ladder_runs')
    .select(['room_id', 'run_id', 'card_id', 'next_at'])
    .$narrowType<{ next_at: string }>()
    .where('next_at', '<=', now)
    .orderBy('next_at')
    .limit(limit)
    .execute();
}

export function findRun(db: Executor, roomId: string, runId: string): Promise<Run | undefined> {
  return db
    .selectFrom('ladder_runs')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('run_id', '=', runId)
    .executeTakeFirst();
}

/** The card's row is locked before it. */
export function lockRun(tx: Tx, roomId: string, runId: string): Promise<Run | undefined> {
  return tx
    .selectFrom('ladder_runs')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('run_id', '=', runId)
    .forUpdate()
    .executeTakeFirst();
}

/** Inserts those whose cause does not run yet; answers the ids of them. */
export async function insertRuns(tx: Tx, runs: NewRow<'ladder_runs'>[]): Promise<string[]> {
  if (runs.length === 0) return [];
  const rows = JSON.stringify(runs.map((run) => ({ ...run, skipped: JSON.parse(run.skipped) })));
  const inserted = await sql<{ run_id: string }>`
    insert into ladder_runs (room_id, run_id, card_id, ladder_id, name, clause, accepts, cause, says, state, round, step, since, started_at, round_at, accepted_at, next_at, skipped)
    select room_id, run_id, card_id, ladder_id, name, clause, accepts, cause, says, state, round, step, since, started_at, round_at, accepted_at, next_at, skipped
    from json_populate_recordset(null::ladder_runs, ${rows}::json)
    on conflict do nothing returning run_id`.execute(tx);
  return inserted.rows.map((row) => row.run_id);
}

export async function updateRun(
  tx: Tx,
  run: Pick<Run, 'room_id' | 'run_id'>,
  change: Partial<NewRow<'ladder_runs'>>,
): Promise<void> {
  await tx
    .updateTable('ladder_runs')
    .set(change)
    .where('room_id', '=', run.room_id)
    .where('run_id', '=', run.run_id)
    .execute();
}

/** Those that only waited for their time are forgotten. */
export async function disarmRuns(tx: Tx, roomId: string, runIds: string[]): Promise<void> {
  if (runIds.length === 0) return;
  await tx
    .deleteFrom('ladder_runs')
    .where('room_id', '=', roomId)
    .where('run_id', 'in', runIds)
    .where('state', '=', 'armed')
    .execute();
}

/** Every run of these cards, ended ones too, oldest first. */
export function runsOfCards(db: Executor, roomId: string, cardIds: string[]): Promise<Run[]> {
  if (cardIds.length === 0) return Promise.resolve([]);
  return db
    .selectFrom('ladder_runs')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('card_id', '=', sql<string>`any(${cardIds})`)
    .orderBy('started_at')
    .orderBy('run_id')
    .execute();
}

/** The runs of a room that are shown, or of one card of it, or (null) those about the room itself. */
export async function shownRuns(db: Executor, roomId: string, cardId?: string | null): Promise<Run[]> {
  let found = db
    .selectFrom('ladder_runs')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('state', 'not in', ['armed', 'ended']);
  if (cardId === null) found = found.where('card_id', 'is', null);
  else if (cardId !== undefined) found = found.where('card_id', '=', cardId);
  return found.orderBy('started_at').orderBy('run_id').execute();
}

/** The run of a cause that goes on. */
export function runOfCause(
  tx: Tx,
  on: { roomId: string; cardId: string | null; cause: string },
): Promise<Run | undefined> {
  return tx
    .selectFrom('ladder_runs')
    .selectAll()
    .where('room_id', '=', on.roomId)
    .where(sql<string>`coalesce(card_id, '')`, '=', on.cardId ?? '')
    .where('cause', '=', on.cause)
    .where('state', '!=', 'ended')
    .forUpdate()
    .executeTakeFirst();
}

/** Asks of these runs in the order in which they were made. */
export function asksOf(db: Executor, roomId: string, runIds: string[]): Promise<Ask[]> {
  if (runIds.length === 0) return Promise.resolve([]);
  return db
    .selectFrom('ladder_asks')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('run_id', 'in', runIds)
    .orderBy('at')
    .orderBy('ask_id')
    .execute();
}

export async function insertAsk(tx: Tx, ask: NewRow<'ladder_asks'>): Promise<void> {
  await tx.insertInto('ladder_asks').values(ask).execute();
}

export async function updateAsk(
  tx: Tx,
  ask: Pick<Ask, 'room_id' | 'ask_id'>,
  change: Partial<NewRow<'ladder_asks'>>,
): Promise<void> {
  await tx
    .updateTable('ladder_asks')
    .set(change)
    .where('room_id', '=', ask.room_id)
    .where('ask_id', '=', ask.ask_id)
    .execute();
}

export function findAsk(db: Executor, roomId: string, askId: string): Promise<Ask | undefined> {
  return db
    .selectFrom('ladder_asks')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('ask_id', '=', askId)
    .executeTakeFirst();
}

export function askOfToken(db: Executor, tokenHash: string): Promise<Ask | undefined> {
  return db.selectFrom('ladder_asks').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst();
}

/** When people last worked on a card since an instant: an event of these types about it, or typing in its draft. Null: nobody did. */
export async function workedOnSince(
  tx: Tx,
  on: { roomId: string; cardId: string },
  since: string,
  types: readonly string[],
): Promise<string | null> {
  const { rows } = await sql<{ at: string | null }>`
    select greatest(
      (select max(at) from events where room_id = ${on.roomId} and subject = ${on.cardId} and at > ${since} and type = any(${[...types]}) and actor::json->>'kind' <> 'system'),
      (select max(changed_at) from drafts where room_id = ${on.roomId} and card_id = ${on.cardId} and changed_at > ${since})
    ) as at`.execute(tx);
  return rows[0]?.at ?? null;
}

export type CardStand = {
  card_id: string;
  stage: string;
  entered_stage_at: string;
  opened_at: string;
  closed_at: string | null;
  fields: Record<string, string>;
};

/** Where cards stand, without what else a card shows; every open one where none are named. */
export function standOfCards(db: Executor, roomId: string, cardIds?: string[]): Promise<CardStand[]> {
  const of = db
    .selectFrom('cards')
    .select(['card_id', 'stage', 'entered_stage_at', 'opened_at', 'closed_at', 'fields'])
    .where('room_id', '=', roomId);
  return cardIds
    ? of.where('card_id', '=', sql<string>`any(${cardIds})`).execute()
    : of.where('closed_at', 'is', null).execute();
}

export type ClockStand = Pick<
  Row<'clocks'>,
  'card_id' | 'clock_id' | 'started_at' | 'stopped_at' | 'breached_at' | 'paused_at' | 'paused_why' | 'stood_still'
>;

export function clocksOfCards(db: Executor, roomId: string, cardIds: string[]): Promise<ClockStand[]> {
  if (cardIds.length === 0) return Promise.resolve([]);
  return db
    .selectFrom('clocks')
    .select([
      'card_id',
      'clock_id',
      'started_at',
      'stopped_at',
      'breached_at',
      'paused_at',
      'paused_why',
      'stood_still',
    ])
    .where('room_id', '=', roomId)
    .where('card_id', '=', sql<string>`any(${cardIds})`)
    .execute();
}
