// SQL of what rooms owe by when.
import type { RoomPromise } from '@rejoinder/contracts/crisis';
import type { Db, Tx } from '../db/database.ts';
import type { Row } from '../db/tables.ts';

/** Only hints, oldest first; whoever fires looks again under the room's lock. */
export function duePromises(
  db: Db,
  now: string,
  limit: number,
): Promise<{ room_id: string; promise_id: string; next_at: string }[]> {
  return db
    .selectFrom('room_promises')
    .select(['room_id', 'promise_id', 'next_at'])
    .$narrowType<{ next_at: string }>()
    .where('next_at', '<=', now)
    .orderBy('next_at')
    .limit(limit)
    .execute();
}

export function findPromise(tx: Tx, roomId: string, promiseId: string): Promise<Row<'room_promises'> | undefined> {
  return tx
    .selectFrom('room_promises')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('promise_id', '=', promiseId)
    .executeTakeFirst();
}

/** Writes one as it stands now. What is missed already is not told again. */
export async function writePromise(tx: Tx, roomId: string, promise: RoomPromise): Promise<void> {
  const row = {
    name: promise.name,
    clause: promise.clause,
    started_at: promise.startedAt,
    warn_at: promise.warnAt,
    due_at: promise.dueAt,
    warned: promise.warned,
    missed_at: promise.missedAt,
    next_at: nextOf(promise),
    paused: promise.paused ? JSON.stringify(promise.paused) : null,
    stood_still: promise.stoodStill ? JSON.stringify(promise.stoodStill) : null,
  };
  await tx
    .insertInto('room_promises')
    .values({ room_id: roomId, promise_id: promise.id, ...row })
    .onConflict((c) => c.columns(['room_id', 'promise_id']).doUpdateSet(row))
    .execute();
}

/** Forgets every promise of the room but these. */
export async function keepOnly(tx: Tx, roomId: string, ids: string[]): Promise<void> {
  const all = tx.deleteFrom('room_promises').where('room_id', '=', roomId);
  await (ids.length === 0 ? all : all.where('promise_id', 'not in', ids)).execute();
}

const nextOf = ({ warnAt, warned, dueAt, missedAt, paused }: RoomPromise): string | null => {
  if (missedAt !== null) return null;
  const point = warnAt[warned];
  const next = point !== undefined && point < dueAt ? point : dueAt;
  return paused && next > paused.since ? null : next;
};
