// SQL of the next plan while it is written: the update log is the truth, the text beside it is what is previewed and adopted.
import { sql } from 'kysely';
import type { Executor, Tx } from '../db/database.ts';
import type { NewRow, Row } from '../db/tables.ts';

export function findPlanDraft(db: Executor, roomId: string): Promise<Row<'plan_drafts'> | undefined> {
  return db.selectFrom('plan_drafts').selectAll().where('room_id', '=', roomId).executeTakeFirst();
}

/** Replaces the one that was there; its log goes with it, since a generation never merges with another (D2). */
export async function putPlanDraft(tx: Tx, draft: NewRow<'plan_drafts'>): Promise<void> {
  for (const table of ['plan_draft_updates', 'plan_draft_authors'] as const)
    await tx.deleteFrom(table).where('room_id', '=', draft.room_id).execute();
  await tx
    .insertInto('plan_drafts')
    .values(draft)
    .onConflict((c) => c.column('room_id').doUpdateSet(draft))
    .execute();
}

/** Raises `n` and writes the text; undefined when the generation is not the one that is there. */
export async function advancePlanDraft(
  tx: Tx,
  at: { roomId: string; generation: number; text: string; now: string },
): Promise<number | undefined> {
  const row = await tx
    .updateTable('plan_drafts')
    .set((eb) => ({ n: eb('n', '+', 1), text: at.text, changed_at: at.now }))
    .where('room_id', '=', at.roomId)
    .where('generation', '=', at.generation)
    .returning('n')
    .executeTakeFirst();
  return row?.n;
}

export async function insertPlanUpdate(tx: Tx, row: NewRow<'plan_draft_updates'>): Promise<void> {
  await tx.insertInto('plan_draft_updates').values(row).execute();
}

export function planUpdatesOf(
  db: Executor,
  roomId: string,
  generation: number,
  after = -1,
): Promise<{ n: number; bytes: Uint8Array }[]> {
  return db
    .selectFrom('plan_draft_updates')
    .select(['n', 'bytes'])
    .where('room_id', '=', roomId)
    .where('generation', '=', generation)
    .where('n', '>', after)
    .orderBy('n')
    .execute();
}

export function planAuthorsOf(
  db: Executor,
  roomId: string,
  generation: number,
): Promise<{ client_id: number; user_id: string }[]> {
  return db
    .selectFrom('plan_draft_authors')
    .select(['client_id', 'user_id'])
    .where('room_id', '=', roomId)
    .where('generation', '=', generation)
    .execute();
}

export async function insertPlanAuthors(tx: Tx, rows: NewRow<'plan_draft_authors'>[]): Promise<void> {
  if (rows.length > 0)
    await tx
      .insertInto('plan_draft_authors')
      .values(rows)
      .onConflict((c) => c.doNothing())
      .execute();
}

/** Replaces rows 1..upTo by one; only rows that were folded go (I2). */
export async function replacePlanUpdates(tx: Tx, upTo: NewRow<'plan_draft_updates'>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${upTo.room_id}/plan`}, 0))`.execute(tx);
  await tx
    .deleteFrom('plan_draft_updates')
    .where('room_id', '=', upTo.room_id)
    .where('generation', '=', upTo.generation)
    .where('n', '<=', upTo.n)
    .execute();
  await insertPlanUpdate(tx, upTo);
}
