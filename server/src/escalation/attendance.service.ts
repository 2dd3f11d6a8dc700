// Nobody on the board is an alarm of its own: people wait, and nobody who could answer has had the board open for a while (CK-20).
import type { Actor } from '@rejoinder/contracts/people';
import type { RoomView } from '@rejoinder/contracts/rooms';
import { rolesThatMay } from '@rejoinder/playbook/levels';
import type { Tx } from '../db/database.ts';
import type { Deps } from '../deps.ts';
import { onDutyNow } from '../duty/duty.service.ts';
import { membersOf } from '../people/people.repository.ts';
import { may } from '../playbooks/playbooks.service.ts';
import { tell, waysTo } from '../reaching/reaching.service.ts';
import { lockRoom, updateRoom } from '../rooms/rooms.repository.ts';
import { roomContext, roomView } from '../rooms/rooms.service.ts';
import { type Attendance, attendances, noteSeen } from './attendance.repository.ts';

const DESK: Actor = { kind: 'system', id: 'system:attendance', name: 'Attendance', roles: [] };
/** How long people may wait before an empty board. */
export const EMPTY_FOR_MS = 10 * 60_000;

/** Somebody who has a board open, with the roles held in its room. */
export type OnBoard = { roomId: string; userId: string; roles: string[] };

/** Notes who is there, then says of which rooms it is so no longer, or again. Safe to run on several nodes. */
export async function watchAttendance(deps: Deps, onBoards: readonly OnBoard[]): Promise<void> {
  const now = deps.now();
  await noteSeen(deps.db, await attendedBy(deps, onBoards), now);
  for (const room of await attendances(deps.db))
    if (isEmpty(room, now) !== (room.unattended_since !== null)) await say(deps, room.room_id);
}

const isEmpty = ({ since }: Attendance, now: string): boolean =>
  since !== null && Date.parse(now) - Date.parse(since) >= EMPTY_FOR_MS;

/** The rooms whose board somebody has open who may own cards or write replies there; a mere onlooker helps nobody who waits. */
async function attendedBy(deps: Deps, onBoards: readonly OnBoard[]): Promise<string[]> {
  const attended: string[] = [];
  for (const [roomId, people] of Map.groupBy(onBoards, (each) => each.roomId)) {
    const { playbook } = await roomContext(deps.db, roomId);
    const couldAnswer = ({ userId, roles }: OnBoard): boolean => {
      const actor: Actor = { kind: 'person', id: userId, name: '', roles };
      return may(playbook, actor, 'own') || may(playbook, actor, 'draft');
    };
    if (people.some(couldAnswer)) attended.push(roomId);
  }
  return attended;
}

/** Tells those on duty; where nobody is, those who may raise the level. */
async function alarm(deps: Deps, tx: Tx, room: RoomView, now: string): Promise<void> {
  const { playbook } = await roomContext(tx, room.id);
  const onDuty = new Set(await onDutyNow(tx, room.id, now));
  const leads = rolesThatMay(playbook, 'raise_level');
  const members = await membersOf(tx, room.id);
  const told =
    onDuty.size > 0
      ? members.filter((each) => onDuty.has(each.user_id))
      : members.filter((each) => each.roles.some((role) => leads.includes(role)));
  for (const { user_id: userId, name } of told) {
    const to = { userId, name, phone: null };
    const ways = await waysTo(tx, room.id, to, ['push', 'chat', 'email']);
    const about = { kind: 'alarm' as const, id: `unattended-${now}`, cardId: null };
    const title = `Nobody is on the board of ${room.name}`;
    const says = 'People wait for an answer, and nobody who could give one has the board open.';
    await tell(
      deps,
      tx,
      { roomId: room.id, to, ways, about, urgent: true, title, says, path: `/rooms/${room.id}` },
      now,
    );
  }
}

async function say(deps: Deps, roomId: string): Promise<void> {
  await deps.events.change({ roomId, actor: DESK }, async ({ tx, now, log }) => {
    const row = await lockRoom(tx, roomId);
    const [room] = await attendances(tx, roomId);
    const isNow = room !== undefined && isEmpty(room, now);
    if (!row || isNow === (row.unattended_since !== null)) return;
    await updateRoom(tx, roomId, { unattended_since: isNow ? (room?.since ?? now) : null });
    const view = await roomView(tx, await roomContext(tx, roomId));
    if (isNow) await alarm(deps, tx, view, now);
    log({ type: isNow ? 'room.unattended' : 'room.attended', data: { room: view } });
  });
}
