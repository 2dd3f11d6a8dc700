// What the room owes by when, kept in rows: reckoned anew when level, state or plan change, ended when it is kept.
import type { RoomPromise } from '@rejoinder/contracts/crisis';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { promisesNow, type RoomStanding } from '@rejoinder/playbook/room-promises';
import type { Tx } from '../db/database.ts';
import { promisesOf } from '../rooms/rooms.repository.ts';
import { keepOnly, writePromise } from './room-promises.repository.ts';

/** Writes the promises of the room as this standing asks for them. The caller holds the room. */
export async function reckonPromises(
  tx: Tx,
  roomId: string,
  playbook: Playbook,
  standing: RoomStanding,
): Promise<void> {
  await setPromises(tx, roomId, promisesNow(playbook, standing, await promisesOf(tx, roomId)));
}

/** These and no others. The caller holds the room. */
export async function setPromises(tx: Tx, roomId: string, promises: readonly RoomPromise[]): Promise<void> {
  await keepOnly(
    tx,
    roomId,
    promises.map((each) => each.id),
  );
  for (const promise of promises) await writePromise(tx, roomId, promise);
}
