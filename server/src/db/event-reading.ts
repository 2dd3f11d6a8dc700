// Reads the log of a room: everything after a place, what one reader is there for, what happened to one card.
import type { EventType, RoomEvent } from '@rejoinder/contracts/events';
import { sql } from 'kysely';
import type { Executor } from './database.ts';

export async function readEvents(db: Executor, roomId: string, since: number, limit: number): Promise<RoomEvent[]> {
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('seq', '>', since)
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map(asEvent);
}

/** Bytes of the events after a seq, without reading them. */
export async function weighEvents(db: Executor, roomId: string, since: number): Promise<number> {
  const { rows } = await sql<{ bytes: string | null }>`
    select sum(octet_length(data)) as bytes from events where room_id = ${roomId} and seq > ${since}`.execute(db);
  return Number(rows[0]?.bytes ?? 0);
}

/** The events about one card alone, newest last. */
export async function readTimeline(db: Executor, roomId: string, subject: string, limit: number): Promise<RoomEvent[]> {
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('subject', '=', subject)
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
  return rows.reverse().map(asEvent);
}

type EventRow = { seq: number; at: string; type: string; actor: string; data: string; hash: string };

function asEvent(row: EventRow): RoomEvent {
  return {
    seq: row.seq,
    at: row.at,
    type: row.type,
    actor: JSON.parse(row.actor),
    data: JSON.parse(row.data),
    hash: row.hash,
  } as RoomEvent;
}

/** A page of events holds no more bytes than this, or one event. */
const PAGE_BYTES = 4_000_000;

/** The seq of the room's last event: what is visible in the log has nothing missing before it (EV-1). */
export async function headOf(db: Executor, roomId: string): Promise<number> {
  const head = await db.selectFrom('room_heads').select('seq').where('room_id', '=', roomId).executeTakeFirst();
  return head?.seq ?? 0;
}

/** A page of the events of these types after a seq, up to another one; empty when there are no more. */
export async function readOfTypes(
  db: Executor,
  roomId: string,
  { types, after, upTo, limit }: { types: readonly EventType[]; after: number; upTo: number; limit: number },
): Promise<RoomEvent[]> {
  const { rows } = await sql<EventRow>`
    select seq, at, type, actor, data, hash from (
      select page.*, sum(octet_length(data)) over (order by seq) - octet_length(data) as bytes_before from (
        select * from events where room_id = ${roomId} and seq > ${after} and seq <= ${upTo} and type = any(${types})
        order by seq limit ${limit}
      ) page
    ) weighed where bytes_before < ${PAGE_BYTES} order by seq`.execute(db);
  return rows.map(asEvent);
}
