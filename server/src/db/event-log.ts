// The room's log: a state change, its events and the room's seq are one transaction; listeners hear of it after the commit.
import { createHash } from 'node:crypto';
import type { NewEvent, RoomEvent } from '@rejoinder/contracts/events';
import type { Actor } from '@rejoinder/contracts/people';
import { sql } from 'kysely';
import { Problem } from '../http/problems.ts';
import type { Db, Executor, Tx } from './database.ts';
import { readEvents } from './event-reading.ts';
import { inOrder } from './in-order.ts';
import { THEN_COMMIT } from './prepared.ts';
import type { Sealer } from './sealed.ts';

/** What a change works with. `log` collects events; they are stored last, in the order given. */
export type Change = { tx: Tx; now: string; actor: Actor; log: (event: NewEvent) => void };
export type ChangeOptions = {
  roomId: string;
  actor: Actor;
  /** Makes the change safe to repeat: the same id gives the stored answer again (EV-5). */
  operationId?: string | undefined;
  /** What was asked, so that one operation id cannot serve two different requests. */
  request?: string | undefined;
  /** The answer holds a secret that is shown once: what is kept for a repeat is sealed (T15). */
  secret?: boolean;
};

/** A commit as its listeners hear it: the events of one room in order. */
export type Commit = { roomId: string; events: RoomEvent[] };
export type CommitListener = (commit: Commit) => void;

export type EventLog = {
  change: <T>(options: ChangeOptions, work: (change: Change) => Promise<T>) => Promise<T>;
  listen: (listener: CommitListener) => () => void;
  read: (roomId: string, since: number, limit: number) => Promise<RoomEvent[]>;
};

const GENESIS = '0'.repeat(64);

/** @param onError told of a listener that fails: the commit stands, and the other listeners hear of it */
export function createEventLog(
  db: Db,
  now: () => string,
  sealer: Sealer,
  onError: (error: unknown) => void = () => {},
): EventLog {
  const listeners = new Set<CommitListener>();
  /** Rooms whose log has a head. */
  const begun = new Set<string>();
  const tell = inOrder((commit: Commit): void => {
    for (const listener of listeners) {
      try {
        listener(commit);
      } catch (error) {
        onError(error);
      }
    }
  });
  return {
    async change(options, work) {
      const { roomId, actor, operationId } = options;
      const request = operationId ? digest(options.request ?? '') : '';
      const committed: RoomEvent[] = [];
      const changing = db.transaction().execute(async (tx) => {
        committed.length = 0;
        if (operationId) {
          const earlier = await claimOperation(tx, options, request, now(), sealer);
          if (earlier !== undefined) return earlier as Awaited<ReturnType<typeof work>>;
        }
        const events: NewEvent[] = [];
        const at = now();
        const answer = await work({ tx, now: at, actor, log: (event) => events.push(event) });
        if (operationId) {
          const result = JSON.stringify(answer ?? null);
          await tx
            .updateTable('operations')
            .set({ result: options.secret ? sealer.seal(result, operationId) : result })
            .where('room_id', '=', roomId)
            .where('operation_id', '=', operationId)
            .execute();
        }
        committed.push(...(await append(tx, { roomId, actor, at, isBegun: begun.has(roomId) }, events)));
        return answer;
      });
      const result = await changing.catch((error: unknown) => {
        begun.delete(roomId);
        throw error;
      });
      if (committed.length === 0) return result;
      begun.add(roomId);
      tell({ roomId, events: committed });
      return result;
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    read: (roomId, since, limit) => readEvents(db, roomId, since, limit),
  };
}

/** Claims the operation id, or returns the stored answer of the one that used it before. */
async function claimOperation(
  tx: Tx,
  options: ChangeOptions,
  request: string,
  at: string,
  sealer: Sealer,
): Promise<unknown> {
  const { roomId, actor, operationId = '' } = options;
  const claimed = await tx
    .insertInto('operations')
    .values({ room_id: roomId, operation_id: operationId, actor_id: actor.id, request, result: 'null', at })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  if (claimed.numInsertedOrUpdatedRows === 1n) return undefined;
  const earlier = await tx
    .selectFrom('operations')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('operation_id', '=', operationId)
    .executeTakeFirstOrThrow();
  if (earlier.actor_id !== actor.id || earlier.request !== request) throw new Problem('already-done');
  return JSON.parse(options.secret ? sealer.open(earlier.result, operationId) : earlier.result) as unknown;
}

/** Operation ids older than this no longer answer a repeat. */
export async function forgetOperations(db: Executor, before: string): Promise<void> {
  await db.deleteFrom('operations').where('at', '<', before).execute();
}

type Lines = { roomId: string; actor: Actor; at: string; isBegun: boolean };
const thenCommit = sql.raw(THEN_COMMIT);

/**
 * Stores events under the room's head lock: seq is gapless and equals commit order (EV-1), each hash covers the one before (EV-3).
 * The last statement of the transaction, so it takes the commit along.
 */
async function append(tx: Tx, lines: Lines, events: NewEvent[]): Promise<RoomEvent[]> {
  const [first, second] = events;
  if (!first) return [];
  if (!second) return [await appendOne(tx, lines, first)];
  const { roomId, actor, at } = lines;
  const actorJson = JSON.stringify(actor);
  const texts = events.map((event) => ({ event, data: JSON.stringify(event.data) }));
  const head = await sql<{
    seq: number;
    hash: string;
  }>`select seq, hash from room_heads where room_id = ${roomId} for update`.execute(tx);
  let { seq, hash } = head.rows[0] ?? { seq: 0, hash: GENESIS };
  const stored = texts.map(({ event, data }) => {
    seq += 1;
    hash = chain(hash, { seq, at, type: event.type, actor: actorJson, data });
    return {
      row: { room_id: roomId, seq, at, type: event.type, actor: actorJson, data, hash, subject: subjectOf(event) },
      event: { ...event, seq, at, actor, hash } as RoomEvent,
    };
  });
  await tx
    .with('head', (q) =>
      q
        .insertInto('room_heads')
        .values({ room_id: roomId, seq, hash, mention_count: mentionsIn(events) })
        .onConflict((c) =>
          c.column('room_id').doUpdateSet((eb) => ({
            seq,
            hash,
            mention_count: eb('room_heads.mention_count', '+', mentionsIn(events)),
          })),
        ),
    )
    .insertInto('events')
    .values(stored.map((s) => s.row))
    .modifyEnd(thenCommit)
    .execute();
  return stored.map((s) => s.event);
}

/** One event is the rule: PostgreSQL chains it by itself in one statement, so that the head is held for this and the commit alone. */
async function appendOne(tx: Tx, { roomId, actor, at, isBegun }: Lines, event: NewEvent): Promise<RoomEvent> {
  const actorJson = JSON.stringify(actor);
  const data = JSON.stringify(event.data);
  const given = sql`select ${data}::text as data, ${`${at}\n${event.type}\n${actorJson}\n`}::text as rest, ${mentionsIn([event])}::bigint as mentions`;
  // Without a head there is no line, and no line must not be committed: dividing by their count refuses it.
  const line = sql`line as (
      insert into events (room_id, seq, at, type, actor, data, hash, subject)
      select ${roomId}, head.seq, ${at}::timestamptz, ${event.type}, ${actorJson}, given.data, head.hash, ${subjectOf(event)} from head, given
      returning seq, hash
    ) select line.seq, line.hash, 1 / counted.lines as one from (select count(*) as lines from line) counted left join line on true ${thenCommit}`;
  const head = isBegun
    ? sql`
      update room_heads as h set seq = h.seq + 1, mention_count = h.mention_count + mentions,
        hash = encode(sha256(convert_to(h.hash || E'\\n' || (h.seq + 1) || E'\\n' || rest || data, 'UTF8')), 'hex')
      from given where h.room_id = ${roomId} returning seq, hash`
    : // The first line of a room makes its head, unless another one has made it meanwhile.
      sql`
      insert into room_heads as h (room_id, seq, hash, mention_count)
      select ${roomId}, 1, encode(sha256(convert_to(${`${GENESIS}\n1\n`}::text || rest || data, 'UTF8')), 'hex'), mentions from given
      on conflict (room_id) do update set seq = h.seq + 1, mention_count = h.mention_count + excluded.mention_count,
        hash = (select encode(sha256(convert_to(h.hash || E'\\n' || (h.seq + 1) || E'\\n' || rest || data, 'UTF8')), 'hex') from given)
      returning seq, hash`;
  const { rows } = await sql<{ seq: number; hash: string }>`
    with given as (${given}), head as (${head}), ${line}`.execute(tx);
  if (!rows[0]) throw new Error(`the log of room ${roomId} took no event`);
  const { seq, hash } = rows[0];
  return { ...event, seq, at, actor, hash } as RoomEvent;
}

/** The hash of one line: SHA-256 over the hash before it and the exact stored bytes. */
export function chain(
  before: string,
  line: { seq: number; at: string; type: string; actor: string; data: string },
): string {
  return digest(`${before}\n${line.seq}\n${line.at}\n${line.type}\n${line.actor}\n${line.data}`);
}

/**
 * Checks the chain from the first line up to the head as it is now; `brokenAt` names the first line that does not fit (EV-3).
 * What is appended meanwhile is left for the next look.
 */
export async function verifyLog(
  db: Executor,
  roomId: string,
): Promise<{ ok: boolean; events: number; brokenAt: number | null }> {
  const head = await db
    .selectFrom('room_heads')
    .select(['seq', 'hash'])
    .where('room_id', '=', roomId)
    .executeTakeFirst();
  let hash = GENESIS;
  let seq = 0;
  for (;;) {
    const rows = await db
      .selectFrom('events')
      .selectAll()
      .where('room_id', '=', roomId)
      .where('seq', '>', seq)
      .where('seq', '<=', head?.seq ?? Number.MAX_SAFE_INTEGER)
      .orderBy('seq')
      .limit(500)
      .execute();
    for (const row of rows) {
      hash = chain(hash, row);
      if (row.seq !== seq + 1 || row.hash !== hash) return { ok: false, events: seq, brokenAt: seq + 1 };
      seq = row.seq;
    }
    if (rows.length < 500) break;
  }
  const whole = head === undefined ? seq === 0 : head.seq === seq && head.hash === hash;
  return { ok: whole, events: seq, brokenAt: whole ? null : seq + 1 };
}

function subjectOf(event: NewEvent): string | null {
  if ('card' in event.data) return event.data.card.id;
  return 'cardId' in event.data ? event.data.cardId : null;
}

const mentionsIn = (events: NewEvent[]): number =>
  events.reduce((sum, event) => sum + (event.type === 'mention.received' ? event.data.created.length : 0), 0);

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
