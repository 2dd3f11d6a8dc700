// SQL of private talks: entries with their words, and the due instants at which the words go. Nothing here is read by anything public.
import { sql } from 'kysely';
import type { Executor, Tx } from '../db/database.ts';
import type { NewRow, Row } from '../db/tables.ts';

/** The entries of a card, in the order they were said. */
export function entriesOf(db: Executor, roomId: string, cardId: string): Promise<Row<'private_entries'>[]> {
  return db
    .selectFrom('private_entries')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('card_id', '=', cardId)
    .orderBy('said_at')
    .orderBy('entry_id')
    .execute();
}

export function entriesById(db: Executor, roomId: string, ids: string[]): Promise<Row<'private_entries'>[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return db
    .selectFrom('private_entries')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('entry_id', 'in', ids)
    .orderBy('entry_id')
    .execute();
}

export async function insertEntry(tx: Tx, entry: NewRow<'private_entries'>): Promise<void> {
  await tx.insertInto('private_entries').values(entry).execute();
}

/** Puts messages that came from a source to their card. */
export async function giveToCard(tx: Tx, roomId: string, cardId: string, ids: string[]): Promise<void> {
  await tx
    .updateTable('private_entries')
    .set({ card_id: cardId })
    .where('room_id', '=', roomId)
    .where('entry_id', 'in', ids)
    .execute();
}

/** Replaces the words of one entry, or of all of them; answers how many still had words. */
export async function redactEntries(
  tx: Tx,
  roomId: string,
  cardId: string,
  entryId: string | null,
  how: { at: string; by: string; why: 'time' | 'asked' },
): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('private_entries')
    .set({ text: '', redacted_at: how.at, redacted_by: how.by, redacted_why: how.why })
    .where('room_id', '=', roomId)
    .where('card_id', '=', cardId)
    .where('redacted_at', 'is', null)
    .$if(entryId !== null, (query) => query.where('entry_id', '=', entryId ?? ''))
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

export type Figures = { entries: number; redacted: number; lastAt: string | null };

export async function figuresOf(db: Executor, roomId: string, cardId: string): Promise<Figures> {
  const { rows } = await sql<{ entries: number; redacted: number; last_at: string | null }>`
    select count(*)::int as entries, count(redacted_at)::int as redacted, max(said_at) as last_at
    from private_entries where room_id = ${roomId} and card_id = ${cardId}`.execute(db);
  const [row] = rows;
  return { entries: row?.entries ?? 0, redacted: row?.redacted ?? 0, lastAt: row?.last_at ?? null };
}

/** Cards whose private words are due to go, oldest first. Only hints: whoever redacts looks again under lock. */
export function dueRedactions(
  db: Executor,
  now: string,
  limit: number,
): Promise<{ room_id: string; card_id: string; redact_at: string | null }[]> {
  return db
    .selectFrom('cards')
    .select(['room_id', 'card_id', 'redact_at'])
    .where('redact_at', '<=', now)
    .orderBy('redact_at')
    .limit(limit)
    .execute();
}
