// How the room stands in its crisis, written in one place: what follows for freeze, baseline and promises when level or state change.
import type { CrisisKept, CrisisPerson, RoomPromise } from '@rejoinder/contracts/crisis';
import type { Actor } from '@rejoinder/contracts/people';
import { BASELINE_AT_MOST, baselineOf } from '@rejoinder/measure/volume';
import { isOver } from '@rejoinder/playbook/room-promises';
import type { Tx } from '../db/database.ts';
import type { Change } from '../db/event-log.ts';
import type { Deps } from '../deps.ts';
import { endLadder } from '../escalation/ladders.service.ts';
import { reckonPromises } from '../escalation/room-promises.service.ts';
import { crisisOf, lockRoom, promisesOf, updateRoom } from '../rooms/rooms.repository.ts';
import { type RoomContext, roomContext, roomView } from '../rooms/rooms.service.ts';
import { firstPostAt, postsBetween } from './crisis.repository.ts';

export type OnRoom = { roomId: string; operationId?: string | undefined };
export type Locked = RoomContext & { crisis: CrisisKept };

/** A change of one room's crisis under the room's lock; safe to repeat. */
export function changeCrisis<T>(
  deps: Deps,
  actor: Actor,
  { roomId, operationId }: OnRoom,
  request: unknown,
  work: (change: Change, locked: Locked) => Promise<T>,
): Promise<T> {
  return deps.events.change({ roomId, actor, operationId, request: JSON.stringify(request) }, async (change) => {
    await lockRoom(change.tx, roomId);
    return work(change, await crisisContext(change.tx, roomId));
  });
}

export async function crisisContext(tx: Tx, roomId: string): Promise<Locked> {
  const context = await roomContext(tx, roomId);
  return { ...context, crisis: crisisOf(context.room) };
}

/** The room as it is shown, after what was written. */
export const viewNow = async (tx: Tx, roomId: string) => roomView(tx, await roomContext(tx, roomId));

export const personOf = ({ id, name }: Actor): CrisisPerson => ({ userId: id, name });

/**
 * Writes the crisis, and what follows from it at the room's level: the freeze begins or ends, an ordinary day is measured once, and the
 * promises are reckoned. `raised`: the level went up, or a crisis began.
 */
export async function writeStanding(
  deps: Deps,
  change: Change,
  { room, playbook }: Pick<RoomContext, 'room' | 'playbook'>,
  crisis: CrisisKept,
  { level, raised }: { level: number; raised: boolean },
): Promise<CrisisKept> {
  const { tx, now } = change;
  const freezes = playbook.freeze !== null && level >= playbook.freeze.fromLevel && !isOver(crisis.state);
  // A room that declared nothing thaws with its level; a declared crisis keeps things held until it is stood down.
  const thaws = crisis.state === 'watching' && !freezes;
  const freeze = thaws ? null : (crisis.freeze ?? (freezes ? { since: now, confirmed: null } : null));
  const measures = crisis.baseline === null && (raised || crisis.state === 'declared');
  const baseline = measures ? await measuredBaseline(tx, room.room_id, room.opened_at, now) : crisis.baseline;
  const kept = { ...crisis, freeze, baseline };
  await updateRoom(tx, room.room_id, { crisis: JSON.stringify(kept) });
  const before = await promisesOf(tx, room.room_id);
  await reckonPromises(tx, room.room_id, playbook, { level, state: kept.state, freeze, now, raised });
  await endLadders(deps, change, room.room_id, before);
  return kept;
}

/** Nobody is asked any more about a clock of the room that does not run any more. */
export async function endLadders(
  deps: Deps,
  change: Change,
  roomId: string,
  before: readonly RoomPromise[],
): Promise<void> {
  const running = new Set((await promisesOf(change.tx, roomId)).flatMap(({ id, paused }) => (paused ? [] : [id])));
  for (const { id, name } of before)
    if (id.startsWith('clock:') && !running.has(id))
      await endLadder(deps, change, {
        roomId,
        cardId: null,
        cause: causeOf(id),
        why: `${name} does not run any more.`,
      });
}

/** A ladder about a clock of the room is known by it. */
export const causeOf = (promiseId: string): string => `room:${promiseId.slice('clock:'.length)}`;

/** A storm that comes again after it was over is no longer over: who raises the level says so. */
export function afterRaise(crisis: CrisisKept, actor: Actor, reason: string, now: string): CrisisKept {
  if (!isOver(crisis.state)) return crisis;
  const state = crisis.state === 'stood_down' ? ('active' as const) : ('watching' as const);
  return { ...crisis, state, since: now, by: personOf(actor), why: reason };
}

/** The days before the last one, as far as the room was listening: the beginning of a storm is no ordinary day. */
async function measuredBaseline(
  tx: Tx,
  roomId: string,
  openedAt: string,
  now: string,
): Promise<CrisisKept['baseline']> {
  const until = Date.parse(now) - DAY;
  const first = await firstPostAt(tx, roomId);
  const from = Math.max(Date.parse(first ?? openedAt), Date.parse(openedAt), until - BASELINE_AT_MOST);
  if (baselineOf(0, from, until) === null) return null;
  const span = [new Date(from).toISOString(), new Date(until).toISOString()] as const;
  const perHour = baselineOf(await postsBetween(tx, roomId, ...span), from, until);
  return perHour === null ? null : { perHour, reason: `Measured from ${span[0]} to ${span[1]}.`, at: now, by: null };
}
const DAY = 86_400_000;
