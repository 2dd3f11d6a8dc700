// SQL of a draft's life: folded batches, the steps still in the log, who started which text, and its named versions.
import { sql } from 'kysely';
import type { Executor, Tx } from '../db/database.ts';
import type { NewRow, Row } from '../db/tables.ts';

type Key = { roomId: string; draftId: string; generation: number };
/** More steps than this no column counts. */
const HIGHEST = 2 ** 31 - 1;

/** Folding and reading of one draft's log wait for each other across processes. */
export async function lockLog(tx: Tx, { roomId, draftId }: Key): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${roomId}/${draftId}`}, 0))`.execute(tx);
}

export function batchesOf(db: Executor, key: Key): Promise<{ to_n: number; steps: number; bytes: Uint8Array }[]> {
  return db
    .selectFrom('draft_batches')
    .select(['to_n', 'steps', 'bytes'])
    .where('room_id', '=', key.roomId)
    .where('draft_id', '=', key.draftId)
    .where('generation', '=', key.generation)
    .orderBy('to_n')
    .execute();
}

/** How much is kept of a generation, and up to which step. */
export async function weightOf(tx: Tx, key: Key): Promise<{ toN: number; steps: number; bytes: number }> {
  const { rows } = await sql<{ to_n: number | null; steps: number | null; bytes: number | null }>`
    select max(to_n) as to_n, sum(steps)::int as steps, sum(octet_length(bytes))::int as bytes from draft_batches
    where room_id = ${key.roomId} and draft_id = ${key.draftId} and generation = ${key.generation}`.execute(tx);
  const [row] = rows;
  return { toN: Number(row?.to_n ?? 0), steps: row?.steps ?? 0, bytes: row?.bytes ?? 0 };
}

/** Steps of the log after one, up to another. */
export function stepsBetween(
  db: Executor,
  key: Key,
  after: number,
  upTo: number = HIGHEST,
): Promise<{ n: number; at: string; bytes: Uint8Array }[]> {
  return db
    .selectFrom('draft_updates')
    .select(['n', 'at', 'bytes'])
    .where('room_id', '=', key.roomId)
    .where('draft_id', '=', key.draftId)
    .where('generation', '=', key.generation)
    .where('n', '>', after)
    .where('n', '<=', upTo)
    .orderBy('n')
    .execute();
}

export async function insertBatch(tx: Tx, row: NewRow<'draft_batches'>): Promise<void> {
  await tx.insertInto('draft_batches').values(row).execute();
}

export async function deleteBatches(tx: Tx, key: Key): Promise<void> {
  await tx
    .deleteFrom('draft_batches')
    .where('room_id', '=', key.roomId)
    .where('draft_id', '=', key.draftId)
    .where('generation', '=', key.generation)
    .execute();
}

export async function insertGeneration(tx: Tx, row: NewRow<'draft_generations'>): Promise<void> {
  await tx.insertInto('draft_generations').values(row).execute();
}

export function generationsOf(db: Executor, roomId: string, draftId: string): Promise<Row<'draft_generations'>[]> {
  return db
    .selectFrom('draft_generations')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('draft_id', '=', draftId)
    .orderBy('generation')
    .execute();
}

/** Client ids of a generation with the names of their people; who left the room has none. */
export function writersOf(
  db: Executor,
  key: Key,
): Promise<{ client_id: number; user_id: string; name: string | null }[]> {
  return db
    .selectFrom('draft_authors as a')
    .leftJoin('members as m', (join) => join.onRef('m.room_id', '=', 'a.room_id').onRef('m.user_id', '=', 'a.user_id'))
    .select(['a.client_id', 'a.user_id', 'm.name'])
    .where('a.room_id', '=', key.roomId)
    .where('a.draft_id', '=', key.draftId)
    .where('a.generation', '=', key.generation)
    .execute();
}

export function signaturesOn(db: Executor, key: Key): Promise<Row<'sign_offs'>[]> {
  return db
    .selectFrom('sign_offs')
    .selectAll()
    .where('room_id', '=', key.roomId)
    .where('draft_id', '=', key.draftId)
    .where('generation', '=', key.generation)
    .orderBy('signed_at')
    .execute();
}

export function publishedOf(
  db: Executor,
  key: Key,
): Promise<{ at: string; queuedAt: string; by: string | null; pictures: string | null }[]> {
  return db
    .selectFrom('publish_jobs as j')
    .leftJoin('members as m', (join) =>
      join.onRef('m.room_id', '=', 'j.room_id').onRef('m.user_id', '=', 'j.queued_by'),
    )
    .select(['j.published_at as at', 'j.queued_at as queuedAt', 'm.name as by', 'j.pictures'])
    .where('j.room_id', '=', key.roomId)
    .where('j.draft_id', '=', key.draftId)
    .where('j.generation', '=', key.generation)
    .where('j.published_at', 'is not', null)
    .$narrowType<{ at: string }>()
    .execute();
}
