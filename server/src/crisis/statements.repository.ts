// SQL of statements: prepared, signed, posted.
import type { StatementView } from '@rejoinder/contracts/statements';
import { sql } from 'kysely';
import type { Executor, Tx } from '../db/database.ts';
import type { NewRow, Row } from '../db/tables.ts';

export type StatementRow = Row<'statements'>;

export async function insertStatement(tx: Tx, row: NewRow<'statements'>): Promise<void> {
  await tx.insertInto('statements').values(row).execute();
}

export function lockStatement(tx: Tx, roomId: string, statementId: string): Promise<StatementRow | undefined> {
  return tx
    .selectFrom('statements')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('statement_id', '=', statementId)
    .forUpdate()
    .executeTakeFirst();
}

export function newestStatements(db: Executor, roomId: string, limit: number): Promise<StatementRow[]> {
  return db
    .selectFrom('statements')
    .selectAll()
    .where('room_id', '=', roomId)
    .orderBy('at', 'desc')
    .orderBy('statement_id', 'desc')
    .limit(limit)
    .execute();
}

export async function updateStatement(
  tx: Tx,
  roomId: string,
  statementId: string,
  change: { signatures?: string; glass?: string; posted?: string },
): Promise<void> {
  await tx
    .updateTable('statements')
    .set(change)
    .where('room_id', '=', roomId)
    .where('statement_id', '=', statementId)
    .execute();
}

/** When the newest statement of this kind was posted since an instant. */
export async function newestPosted(
  db: Executor,
  roomId: string,
  kind: StatementView['kind'],
  since: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ at: string | null }>`
    select max((posted->>'at')::timestamptz) as at from statements
    where room_id = ${roomId} and kind = ${kind} and posted is not null and (posted->>'at')::timestamptz >= ${since}::timestamptz`.execute(
    db,
  );
  return rows[0]?.at ?? undefined;
}
