// SQL of sources, their deliveries and imports.
import type { SourceView } from '@rejoinder/contracts/rooms';
import { sql } from 'kysely';
import type { Executor } from '../db/database.ts';
import type { NewRow, Row } from '../db/tables.ts';

export type SourceRow = Row<'sources'>;

export function sourcesOf(db: Executor, roomId: string): Promise<SourceRow[]> {
  return db.selectFrom('sources').selectAll().where('room_id', '=', roomId).orderBy('source_id').execute();
}

export function findSource(db: Executor, roomId: string, sourceId: string): Promise<SourceRow | undefined> {
  return db
    .selectFrom('sources')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('source_id', '=', sourceId)
    .executeTakeFirst();
}

export async function insertSource(db: Executor, source: NewRow<'sources'>): Promise<void> {
  await db.insertInto('sources').values(source).execute();
}

export async function updateSource(
  db: Executor,
  roomId: string,
  sourceId: string,
  change: Partial<NewRow<'sources'>>,
): Promise<void> {
  await db.updateTable('sources').set(change).where('room_id', '=', roomId).where('source_id', '=', sourceId).execute();
}

/** Feeds whose time has come, of all rooms. */
export function dueFeeds(db: Executor, now: string, limit: number): Promise<SourceRow[]> {
  return db
    .selectFrom('sources')
    .selectAll()
    .where('kind', '=', 'feed')
    .where('state', '!=', 'paused')
    .where('next_poll_at', '<=', now)
    .orderBy('next_poll_at')
    .limit(limit)
    .execute();
}

export function runningOfKind(db: Executor, kind: SourceRow['kind']): Promise<SourceRow[]> {
  return db.selectFrom('sources').selectAll().where('kind', '=', kind).where('state', '=', 'running').execute();
}

export async function forgetDeliveries(db: Executor, before: string): Promise<void> {
  await db.deleteFrom('deliveries').where('at', '<', before).execute();
}

/** Writes how a polled feed fares; a feed that was paused meanwhile stays paused. */
export async function updatePolled(
  db: Executor,
  source: Pick<SourceRow, 'room_id' | 'source_id'>,
  { state, says, ...change }: Partial<NewRow<'sources'>> & { state: 'running' | 'failing'; says: string | null },
): Promise<void> {
  await db
    .updateTable('sources')
    .set((eb) => ({
      ...change,
      state: eb
        .case()
        .when('state', '=', 'paused')
        .then('paused' as const)
        .else(state)
        .end(),
      says: eb.case().when('state', '=', 'paused').then(eb.ref('says')).else(says).end(),
    }))
    .where('room_id', '=', source.room_id)
    .where('source_id', '=', source.source_id)
    .execute();
}

/** Imports that were running when their server stopped: nobody reads their files any more. */
export async function failInterruptedImports(db: Executor, says: string): Promise<void> {
  await sql`
    update imports set state = 'failed', bad = bad || jsonb_build_array(jsonb_build_object('line', lines, 'says', ${says}::text))
    where state = 'running'`.execute(db);
}

export function findImport(db: Executor, roomId: string, importId: string): Promise<Row<'imports'> | undefined> {
  return db
    .selectFrom('imports')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('import_id', '=', importId)
    .executeTakeFirst();
}

export async function insertImport(db: Executor, row: NewRow<'imports'>): Promise<void> {
  await db.insertInto('imports').values(row).execute();
}

export async function updateImport(
  db: Executor,
  roomId: string,
  importId: string,
  change: Partial<NewRow<'imports'>>,
): Promise<void> {
  await db.updateTable('imports').set(change).where('room_id', '=', roomId).where('import_id', '=', importId).execute();
}

export function asSourceView(row: SourceRow, origin: string): SourceView {
  return {
    id: row.source_id,
    kind: row.kind,
    name: row.name,
    state: row.state,
    address: row.kind === 'webhook' ? `${origin}/api/hooks/${row.room_id}/${row.source_id}` : row.url,
    lastItemAt: row.last_item_at,
    lastCheckedAt: row.last_checked_at,
    received: row.received,
    says: row.says,
  };
}
