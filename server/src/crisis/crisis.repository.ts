// SQL of the crisis: how many wait and since when, how many posts came, updates, criteria, what is frozen, the decisive events.
import { sql } from 'kysely';
import type { Executor, Tx } from '../db/database.ts';
import type { NewRow, Row } from '../db/tables.ts';

/** Clocks of open cards that ran out and still run: the same that the board calls late. */
export async function openBreaches(db: Executor, roomId: string, now: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from clocks k join cards c on c.room_id = k.room_id and c.card_id = k.card_id
    where k.room_id = ${roomId} and c.closed_at is null and k.stopped_at is null and k.paused_at is null and k.promised_until <= ${now}::timestamptz`.execute(
    db,
  );
  return rows[0]?.n ?? 0;
}

/** When the longest waiting person posted; undefined when nobody waits. The same people as on the wall. */
export async function oldestUnanswered(
  db: Executor,
  roomId: string,
  silent: { stages: string[]; classes: string[] },
): Promise<string | undefined> {
  const { rows } = await sql<{ at: string | null }>`
    select min(c.first_posted_at) as at from cards c
    where c.room_id = ${roomId} and c.closed_at is null and c.posts_count > 0
      and not (c.stage = any(${silent.stages})) and not (coalesce(c.fields->>'class', '') = any(${silent.classes}))
      and coalesce((select j.state from publish_jobs j where j.room_id = c.room_id and j.card_id = c.card_id
        order by j.queued_at desc, j.job_id desc limit 1), '') <> 'published'`.execute(db);
  return rows[0]?.at ?? undefined;
}

/** Posts that came since an instant, counted up to `most` so that a storm costs no more than a calm hour. */
export async function postsSince(db: Executor, roomId: string, since: string, most: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (
      select 1 from mentions where room_id = ${roomId} and received_at > ${since}::timestamptz limit ${most}
    ) counted`.execute(db);
  return rows[0]?.n ?? 0;
}

export async function firstPostAt(db: Executor, roomId: string): Promise<string | undefined> {
  const first = db.selectFrom('mentions').select('received_at').where('room_id', '=', roomId);
  return (await first.orderBy('received_at').limit(1).executeTakeFirst())?.received_at;
}

export async function postsBetween(db: Executor, roomId: string, from: string, until: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from mentions
    where room_id = ${roomId} and received_at > ${from}::timestamptz and received_at <= ${until}::timestamptz`.execute(
    db,
  );
  return rows[0]?.n ?? 0;
}

/** Posts by the quarter of an hour they came in; `quarter` counts quarters since 1970, those without posts are left out. */
export async function postsByQuarter(
  db: Executor,
  roomId: string,
  from: string,
  until: string,
): Promise<{ quarter: number; n: number }[]> {
  const { rows } = await sql<{ quarter: number; n: number }>`
    select floor(extract(epoch from received_at) / 900)::int as quarter, count(*)::int as n from mentions
    where room_id = ${roomId} and received_at >= ${from}::timestamptz and received_at < ${until}::timestamptz group by 1`.execute(
    db,
  );
  return rows;
}

export async function roomsInCrisis(db: Executor): Promise<string[]> {
  const { rows } = await sql<{ room_id: string }>`
    select room_id from rooms where crisis->>'state' in ('declared', 'active', 'stabilising') order by room_id`.execute(
    db,
  );
  return rows.map((row) => row.room_id);
}

export function criteriaOf(db: Executor, roomId: string): Promise<Row<'crisis_criteria'>[]> {
  return db.selectFrom('crisis_criteria').selectAll().where('room_id', '=', roomId).execute();
}

/** A criterion that holds keeps the instant from which it did; one that ceased to loses it. */
export async function writeCriterion(tx: Executor, row: NewRow<'crisis_criteria'>): Promise<void> {
  await tx
    .insertInto('crisis_criteria')
    .values(row)
    .onConflict((c) => c.columns(['room_id', 'criterion']).doUpdateSet({ met_since: row.met_since ?? null }))
    .execute();
}

export async function forgetCriteria(tx: Tx, roomId: string): Promise<void> {
  await tx.deleteFrom('crisis_criteria').where('room_id', '=', roomId).execute();
}

export async function insertUpdate(tx: Tx, row: NewRow<'crisis_updates'>): Promise<void> {
  await tx.insertInto('crisis_updates').values(row).execute();
}

export function newestUpdates(db: Executor, roomId: string, limit: number): Promise<Row<'crisis_updates'>[]> {
  return db
    .selectFrom('crisis_updates')
    .selectAll()
    .where('room_id', '=', roomId)
    .orderBy('at', 'desc')
    .orderBy('update_id', 'desc')
    .limit(limit)
    .execute();
}

export function frozenOf(db: Executor, roomId: string): Promise<Row<'frozen_items'>[]> {
  return db.selectFrom('frozen_items').selectAll().where('room_id', '=', roomId).orderBy('item_id').execute();
}

export function lockFrozen(tx: Tx, roomId: string, itemId: string): Promise<Row<'frozen_items'> | undefined> {
  return tx
    .selectFrom('frozen_items')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('item_id', '=', itemId)
    .forUpdate()
    .executeTakeFirst();
}

export async function insertFrozen(tx: Tx, row: NewRow<'frozen_items'>): Promise<void> {
  await tx.insertInto('frozen_items').values(row).execute();
}

export async function releaseFrozen(tx: Tx, roomId: string, itemId: string, released: string): Promise<void> {
  await tx
    .updateTable('frozen_items')
    .set({ released })
    .where('room_id', '=', roomId)
    .where('item_id', '=', itemId)
    .execute();
}

/** Whether a message about this thing was queued before, so that a handler that runs again tells nobody twice. */
export async function isTold(tx: Tx, roomId: string, aboutId: string): Promise<boolean> {
  const found = tx
    .selectFrom('messages')
    .select('message_id')
    .where('room_id', '=', roomId)
    .where('about_id', '=', aboutId);
  return (await found.limit(1).executeTakeFirst()) !== undefined;
}
