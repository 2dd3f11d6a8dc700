// SQL of the pictures of a room: their bytes, how much room they take, and which of them nothing names any more.
import { sql } from 'kysely';
import type { Db, Executor, Tx } from '../db/database.ts';
import type { NewRow, Row } from '../db/tables.ts';

/** How many bytes the room's pictures take, held still until the transaction ends. */
export async function lockWeight(tx: Tx, roomId: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`pictures ${roomId}`}, 0))`.execute(tx);
  const { rows } = await sql<{ bytes: number }>`
    select coalesce(sum(size), 0)::float8 as bytes from pictures where room_id = ${roomId}`.execute(tx);
  return rows[0]?.bytes ?? 0;
}

/** True when the room has it; it then counts as kept just now. */
export async function keepAgain(tx: Tx, roomId: string, hashes: string[], at: string): Promise<Row<'pictures'>[]> {
  if (hashes.length === 0) return [];
  const rows = await tx
    .updateTable('pictures')
    .set({ kept_at: at })
    .where('room_id', '=', roomId)
    .where('hash', 'in', [...hashes].sort())
    .returning(['room_id', 'hash', 'type', 'width', 'height', 'size', 'kept_by', 'kept_at'])
    .execute();
  return rows.map((row) => ({ ...row, bytes: new Uint8Array() }));
}

export async function insertPicture(tx: Tx, row: NewRow<'pictures'>): Promise<void> {
  await tx.insertInto('pictures').values(row).execute();
}

export function readPicture(
  db: Executor,
  roomId: string,
  hash: string,
): Promise<Pick<Row<'pictures'>, 'type' | 'bytes'> | undefined> {
  return db
    .selectFrom('pictures')
    .select(['type', 'bytes'])
    .where('room_id', '=', roomId)
    .where('hash', '=', hash)
    .executeTakeFirst();
}

/** Takes away what was kept before an instant and stands on no draft, under no signature and in no reply that was queued. */
export async function deleteUnused(db: Db, before: string): Promise<number> {
  const { rows } = await sql<{ hash: string }>`
    delete from pictures p where p.kept_at < ${before}
      and not exists (select 1 from drafts d where d.room_id = p.room_id and d.pictures is not null and strpos(d.pictures, p.hash) > 0)
      and not exists (select 1 from sign_offs s where s.room_id = p.room_id and s.pictures is not null and strpos(s.pictures, p.hash) > 0)
      and not exists (select 1 from publish_jobs j where j.room_id = p.room_id and j.pictures is not null and strpos(j.pictures, p.hash) > 0)
    returning p.hash`.execute(db);
  return rows.length;
}
