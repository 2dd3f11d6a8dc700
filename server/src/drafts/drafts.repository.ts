// SQL of drafts: the update log is the truth, the text beside it is what the board, the signer and the publisher read.
import { CompiledQuery, sql } from 'kysely';
import type { Executor, Tx } from '../db/database.ts';
import type { NewRow, Row } from '../db/tables.ts';

export type DraftRow = Row<'drafts'>;

export function findDraft(db: Executor, roomId: string, draftId: string): Promise<DraftRow | undefined> {
  return db
    .selectFrom('drafts')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('draft_id', '=', draftId)
    .executeTakeFirst();
}

export function draftOfCard(db: Executor, roomId: string, cardId: string): Promise<DraftRow | undefined> {
  return db
    .selectFrom('drafts')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('card_id', '=', cardId)
    .executeTakeFirst();
}

/** Locks the draft: whoever signs or publishes holds the words still. */
export function lockDraftOfCard(tx: Tx, roomId: string, cardId: string): Promise<DraftRow | undefined> {
  return tx
    .selectFrom('drafts')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('card_id', '=', cardId)
    .forUpdate()
    .executeTakeFirst();
}

/** Where the cards of these drafts stand, and which generation is the newest. */
export async function placesOf(
  db: Executor,
  roomIds: readonly string[],
  draftIds: readonly string[],
): Promise<{ room_id: string; draft_id: string; generation: number; stage: string }[]> {
  return db
    .selectFrom('drafts as d')
    .innerJoin('cards as c', (on) => on.onRef('c.room_id', '=', 'd.room_id').onRef('c.card_id', '=', 'd.card_id'))
    .select(['d.room_id', 'd.draft_id', 'd.generation', 'c.stage'])
    .where('d.room_id', 'in', roomIds)
    .where('d.draft_id', 'in', draftIds)
    .execute();
}

/** Cards whose draft has words or pictures, closed cards left out. */
export async function writtenDrafts(db: Executor, roomId: string): Promise<string[]> {
  const { rows } = await sql<{ card_id: string }>`
    select d.card_id from drafts d join cards c on c.room_id = d.room_id and c.card_id = d.card_id
    where d.room_id = ${roomId} and (not d.empty or d.pictures is not null) and c.closed_at is null`.execute(db);
  return rows.map((row) => row.card_id);
}

export async function insertDraft(tx: Tx, draft: NewRow<'drafts'>): Promise<void> {
  await tx.insertInto('drafts').values(draft).execute();
}

/** Unless the change says what the words fit, the next append looks again. */
export async function updateDraft(
  tx: Tx,
  roomId: string,
  draftId: string,
  change: Partial<NewRow<'drafts'>>,
): Promise<void> {
  await tx
    .updateTable('drafts')
    .set({ fits: null, ...change })
    .where('room_id', '=', roomId)
    .where('draft_id', '=', draftId)
    .execute();
}

/** A published correction is written: what comes after it in this generation is about nothing. */
export async function endCorrection(
  tx: Tx,
  { room_id, draft_id, generation }: Pick<DraftRow, 'room_id' | 'draft_id' | 'generation'>,
): Promise<void> {
  await tx
    .updateTable('drafts')
    .set({ kind: 'reply', supersedes: null })
    .where('room_id', '=', room_id)
    .where('draft_id', '=', draft_id)
    .where('generation', '=', generation)
    .execute();
}

export async function updatesOf(
  db: Executor,
  roomId: string,
  draftId: string,
  generation: number,
  after = -1,
): Promise<{ n: number; bytes: Uint8Array }[]> {
  return db
    .selectFrom('draft_updates')
    .select(['n', 'bytes'])
    .where('room_id', '=', roomId)
    .where('draft_id', '=', draftId)
    .where('generation', '=', generation)
    .where('n', '>', after)
    .orderBy('n')
    .execute();
}

export async function insertUpdate(tx: Tx, row: NewRow<'draft_updates'>): Promise<void> {
  await tx.insertInto('draft_updates').values(row).execute();
}

export function authorsOf(
  db: Executor,
  roomId: string,
  draftId: string,
  generation: number,
): Promise<{ client_id: number; user_id: string }[]> {
  return db
    .selectFrom('draft_authors')
    .select(['client_id', 'user_id'])
    .where('room_id', '=', roomId)
    .where('draft_id', '=', draftId)
    .where('generation', '=', generation)
    .execute();
}

export async function insertAuthors(tx: Tx, rows: NewRow<'draft_authors'>[]): Promise<void> {
  if (rows.length > 0)
    await tx
      .insertInto('draft_authors')
      .values(rows)
      .onConflict((c) => c.doNothing())
      .execute();
}

/** Everything that typing is judged by may have changed (another plan runs): the next append of each draft looks again. */
export async function forgetFits(tx: Tx, roomId: string): Promise<void> {
  await tx.updateTable('drafts').set({ fits: null }).where('room_id', '=', roomId).execute();
}

export type PlainAppend = {
  roomId: string;
  draftId: string;
  generation: number;
  update: Uint8Array;
  text: string;
  fits: string;
  at: string;
  /** The newest row the writer has read; null where it does not say. */
  after: number | null;
};

const APPEND = `
  with u as (
    update drafts set n = n + 1, text = $1, changed_at = $2
    where room_id = $3 and draft_id = $4 and generation = $5 and fits = $6 and ($8::int is null or n = $8)
    returning n
  ), i as (
    insert into draft_updates (room_id, draft_id, generation, n, bytes, at) select $3, $4, $5, u.n, $7, $2 from u
  )
  select n from u`;

/**
 * One statement on one row, one round trip: appends where nothing the board shows changes, nothing is signed and the
 * stage is open for writing. Whoever moves or assesses the card, signs, or takes another plan writes `fits` in their
 * transaction, so the row's lock decides who was first. Undefined: take the long way.
 */
export async function appendPlainly(db: Executor, a: PlainAppend): Promise<number | undefined> {
  const { rows } = await db.executeQuery(
    CompiledQuery.raw(APPEND, [
      a.text,
      a.at,
      a.roomId,
      a.draftId,
      a.generation,
      a.fits,
      Buffer.from(a.update),
      a.after,
    ]),
  );
  return (rows as { n: number }[])[0]?.n;
}

/** Replaces rows 1..upTo by one; only rows that were folded go (I2). The caller holds the log's lock. */
export async function replaceUpdates(
  tx: Tx,
  roomId: string,
  draftId: string,
  generation: number,
  upTo: number,
  bytes: Uint8Array,
  at: string,
): Promise<void> {
  await tx
    .deleteFrom('draft_updates')
    .where('room_id', '=', roomId)
    .where('draft_id', '=', draftId)
    .where('generation', '=', generation)
    .where('n', '<=', upTo)
    .execute();
  await insertUpdate(tx, { room_id: roomId, draft_id: draftId, generation, n: upTo, bytes, at });
}

/** The words this person signed last on the card, in whichever generation; null when none. */
export async function lastSignedBy(
  db: Executor,
  roomId: string,
  cardId: string,
  userId: string,
): Promise<{ text: string; role: string; signedAt: string; pictures: string | null } | null> {
  const row = await db
    .selectFrom('sign_offs')
    .select(['text', 'role', 'signed_at', 'pictures'])
    .where('room_id', '=', roomId)
    .where('card_id', '=', cardId)
    .where('user_id', '=', userId)
    .orderBy('signed_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? { text: row.text, role: row.role, signedAt: row.signed_at, pictures: row.pictures } : null;
}
