// Fires what the room owes: each warning point and each missed time is told once, in order, also after an hour of downtime.
import type { RoomPromise } from '@rejoinder/contracts/crisis';
import type { Actor } from '@rejoinder/contracts/people';
import { rolesThatMay } from '@rejoinder/playbook/levels';
import { updatesAt } from '@rejoinder/playbook/room-promises';
import type { Change } from '../db/event-log.ts';
import type { Deps } from '../deps.ts';
import { startLadder } from '../escalation/ladders.service.ts';
import { duePromises, findPromise, writePromise } from '../escalation/room-promises.repository.ts';
import { lockRoom, promisesOf } from '../rooms/rooms.repository.ts';
import { noteCriteria } from './criteria.service.ts';
import { causeOf, crisisContext, type Locked, viewNow } from './standing.service.ts';
import { tellRoles } from './telling.service.ts';

const CLOCK: Actor = { kind: 'system', id: 'system:clock', name: 'Clock', roles: [] };
const AT_ONCE = 200;

type Due = { room_id: string; promise_id: string; next_at: string };

/** Fires everything that is due, in the order of the instants (CR-20); answers how many points were fired. */
export async function firePromises(deps: Deps): Promise<number> {
  const due: Due[] = await duePromises(deps.db, deps.now(), AT_ONCE);
  let fired = 0;
  for (let next = due.shift(); next; next = due.shift()) {
    try {
      const again = await firePoint(deps, next);
      if (again !== undefined) fired += 1;
      if (again) insertInOrder(due, { ...next, next_at: again });
    } catch (error) {
      deps.log.error(
        { err: error, roomId: next.room_id, promise: next.promise_id },
        'a promise of the room could not be fired',
      );
    }
  }
  return fired;
}

/** Answers the next instant if it has passed too, null if not, undefined when nothing was due. */
function firePoint(deps: Deps, { room_id: roomId, promise_id: id }: Due): Promise<string | null | undefined> {
  return deps.events.change({ roomId, actor: CLOCK }, async (change) => {
    const { tx, now, log } = change;
    await lockRoom(tx, roomId);
    const row = await findPromise(tx, roomId, id);
    if (!row?.next_at || row.next_at > now) return undefined;
    const was = (await promisesOf(tx, roomId)).find((each) => each.id === id);
    if (!was) return undefined;
    const point = was.warnAt[was.warned];
    const warns = point !== undefined && point < was.dueAt;
    const promise: RoomPromise = warns ? { ...was, warned: was.warned + 1 } : { ...was, missedAt: was.dueAt };
    await writePromise(tx, roomId, promise);
    const locked = await crisisContext(tx, roomId);
    const room = await viewNow(tx, roomId);
    if (warns) log({ type: 'crisis.promiseWarned', data: { room, promise, point: promise.warned } });
    else {
      log({ type: 'crisis.promiseMissed', data: { room, promise } });
      await noteCriteria(tx, locked, now);
    }
    await tellOf(deps, change, locked, promise);
    await climb(deps, change, locked, promise);
    const next = (await findPromise(tx, roomId, id))?.next_at ?? null;
    return next !== null && next <= now ? next : null;
  });
}

/** Whoever keeps such promises hears of it: those the plan names for it, whoever commands otherwise. */
async function tellOf(deps: Deps, { tx, now }: Change, locked: Locked, promise: RoomPromise): Promise<void> {
  const { room } = locked;
  const missed = promise.missedAt !== null;
  await tellRoles(
    deps,
    tx,
    { roomId: room.room_id, roles: keepersOf(locked, promise.id) },
    {
      about: { kind: 'alarm', id: `${promise.id}.${promise.dueAt}`, cardId: null },
      urgent: missed,
      title: missed ? `Overdue: ${promise.name}` : `Soon due: ${promise.name}`,
      says: `${promise.name} in ${room.name} ${missed ? 'was' : 'is'} due at ${promise.dueAt}.`,
      path: `/rooms/${room.room_id}/crisis`,
    },
    now,
  );
}

/** The plan's ladders of a clock of the room: one at its last warning, one when it ran out. */
async function climb(deps: Deps, change: Change, { playbook, room }: Locked, promise: RoomPromise): Promise<void> {
  const clock = playbook.clocks.find(({ id }) => promise.id === `clock:${id}`);
  const missed = promise.missedAt !== null;
  const ladderId = missed ? clock?.onBreach : promise.warned === promise.warnAt.length ? clock?.onWarning : null;
  if (!ladderId) return;
  const says = `${promise.name} ${missed ? 'ran out' : 'runs out'} at ${promise.dueAt}.`;
  await startLadder(deps, change, { roomId: room.room_id, cardId: null, ladderId, cause: causeOf(promise.id), says });
}

function keepersOf({ playbook, room }: Locked, promiseId: string): string[] {
  const named =
    promiseId === 'freeze' ? (playbook.freeze?.confirmedBy ?? []) : (updatesAt(playbook, room.level)?.by ?? []);
  return named.length > 0 ? named : rolesThatMay(playbook, 'raise_level');
}

function insertInOrder(due: Due[], one: Due): void {
  const at = due.findIndex((other) => other.next_at > one.next_at);
  due.splice(at < 0 ? due.length : at, 0, one);
}
