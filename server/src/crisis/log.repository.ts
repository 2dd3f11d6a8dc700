// SQL of the crisis log: decisive events by type, newest first, through the index that leaves mentions and single cards out.
import type { RoomEvent } from '@rejoinder/contracts/events';
import { type RawBuilder, sql } from 'kysely';
import type { Executor } from '../db/database.ts';
import type { Row } from '../db/tables.ts';

/** As the index events_decisive has it, word for word. */
const DECISIVE: RawBuilder<unknown> = sql.raw(`type !~ '^(mention|card|draft|comment|private|reply)[.]'`);

export async function decisiveEvents(
  db: Executor,
  roomId: string,
  types: readonly string[],
  before: number,
  limit: number,
): Promise<RoomEvent[]> {
  const { rows } = await sql<Row<'events'>>`
    select * from events where room_id = ${roomId} and seq < ${before} and ${DECISIVE} and type = any(${[...types]})
    order by seq desc limit ${limit}`.execute(db);
  return rows.map(
    ({ seq, at, type, actor, data, hash }) =>
      ({ seq, at, type, actor: JSON.parse(actor), data: JSON.parse(data), hash }) as RoomEvent,
  );
}

export async function scribeEntryIs(db: Executor, roomId: string, entryId: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select 1 from events where room_id = ${roomId} and ${DECISIVE} and type = 'crisis.noted'
      and data::jsonb->'entry'->>'id' = ${entryId}) as found`.execute(db);
  return rows[0]?.found === true;
}
