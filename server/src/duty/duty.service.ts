// Who is on duty: the roster with its hand-overs, and the contacts of the plan with when somebody last reached them.
import {
  type ContactCheck,
  type ContactView,
  type DutyView,
  SHIFT_LIMITS,
  type ShiftView,
} from '@rejoinder/contracts/duty';
import type { Actor } from '@rejoinder/contracts/people';
import { contactsNow } from '@rejoinder/playbook/contacts-now';
import { rolesThatMay } from '@rejoinder/playbook/levels';
import type { Executor, Tx } from '../db/database.ts';
import type { Row } from '../db/tables.ts';
import type { Deps } from '../deps.ts';
import { Problem, refuse } from '../http/problems.ts';
import { findMember, membersByEmail } from '../people/people.repository.ts';
import { may } from '../playbooks/playbooks.service.ts';
import { type RoomContext, roomContext } from '../rooms/rooms.service.ts';
import {
  checksOf,
  deleteShift,
  insertShift,
  lockShift,
  onDutyAt,
  overlapping,
  shiftsFrom,
  updateShift,
  upsertCheck,
} from './duty.repository.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Shifts that ended this long ago are not shown. */
const SHOWN_AFTER = 7 * DAY;
const CLAUSE = 'Duty';

/** The members whose shift runs at this instant. */
export function onDutyNow(db: Executor, roomId: string, now: string): Promise<string[]> {
  return onDutyAt(db, roomId, now);
}

export async function readDuty(deps: Deps, roomId: string): Promise<DutyView> {
  const now = deps.now();
  const context = await roomContext(deps.db, roomId);
  const since = new Date(Date.parse(now) - SHOWN_AFTER).toISOString();
  const [shifts, onDuty, contacts] = await Promise.all([
    shiftsFrom(deps.db, roomId, since),
    onDutyAt(deps.db, roomId, now),
    readContacts(deps.db, context, now),
  ]);
  return { now, onDuty, shifts: shifts.map(asShift), contacts };
}

async function readContacts(db: Executor, { room, playbook }: RoomContext, now: string): Promise<ContactView[]> {
  const [checks, members] = await Promise.all([checksOf(db, room.room_id), membersByEmail(db, room.room_id)]);
  const done = checks.map(({ department, part, name, at, by_name }) => ({ department, part, name, at, by: by_name }));
  return contactsNow(playbook, { now, members, checks: done });
}

type Plan = { roomId: string; userId: string; from: string; until: string; note: string; operationId: string };

/** Puts somebody on duty (DU-1): oneself, or a colleague where one's role leads (DU-2). */
export function planShift(deps: Deps, actor: Actor, input: Plan): Promise<ShiftView> {
  const { roomId, userId, note } = input;
  const from = new Date(input.from).toISOString();
  const until = new Date(input.until).toISOString();
  return deps.events.change(
    { roomId, actor, operationId: input.operationId, request: JSON.stringify(['shift', userId, from, until, note]) },
    async ({ tx, now, log }) => {
      requireLead(await roomContext(tx, roomId), actor, userId, 'put somebody else on duty');
      checkTimes(from, until, now);
      const member = await findMember(tx, roomId, userId);
      if (!member) throw notValid('/userId', 'Only a member of the room can be on duty.');
      const shift = {
        room_id: roomId,
        shift_id: deps.newId('shift'),
        user_id: userId,
        name: member.name,
        starts_at: from,
        ends_at: until,
        note: note.trim(),
        hand_over: null,
      };
      const other = await overlapping(tx, shift);
      if (other)
        throw refuse(
          'DU-3',
          CLAUSE,
          `${member.name} is on duty from ${other.starts_at} to ${other.ends_at} already.`,
          [],
          [],
        );
      await insertShift(tx, shift);
      const view = asShift(shift);
      log({ type: 'shift.planned', data: { shift: view } });
      return view;
    },
  );
}

/** Takes a shift off the roster; one that runs ends now and stays in the list (DU-4). */
export function cancelShift(
  deps: Deps,
  actor: Actor,
  input: { roomId: string; shiftId: string; operationId: string },
): Promise<void> {
  const { roomId, shiftId, operationId } = input;
  return deps.events.change(
    { roomId, actor, operationId, request: JSON.stringify(['cancelShift', shiftId]) },
    async ({ tx, now, log }) => {
      const shift = await shiftFor(tx, roomId, shiftId);
      requireLead(await roomContext(tx, roomId), actor, shift.user_id, 'take somebody else off duty');
      if (shift.ends_at <= now) throw refuse('DU-4', CLAUSE, 'This shift is over; what was done stays in the roster.');
      if (shift.starts_at < now) await updateShift(tx, roomId, shiftId, { ends_at: now });
      else await deleteShift(tx, roomId, shiftId);
      log({ type: 'shift.cancelled', data: { shiftId, userId: shift.user_id } });
    },
  );
}

/** What whoever comes next has to know, from the person on that shift or from somebody who leads (DU-5). */
export function handOver(
  deps: Deps,
  actor: Actor,
  input: { roomId: string; shiftId: string; text: string; operationId: string },
): Promise<ShiftView> {
  const { roomId, shiftId, operationId } = input;
  const text = input.text.trim();
  return deps.events.change(
    { roomId, actor, operationId, request: JSON.stringify(['handOver', shiftId, text]) },
    async ({ tx, now, log }) => {
      const shift = await shiftFor(tx, roomId, shiftId);
      requireLead(await roomContext(tx, roomId), actor, shift.user_id, 'hand over for somebody else');
      if (text === '') throw notValid('/text', 'Say what the next one has to know.');
      const note = { text, at: now, by: actor.name };
      await updateShift(tx, roomId, shiftId, { hand_over: JSON.stringify(note) });
      const view = asShift({ ...shift, hand_over: note });
      log({ type: 'duty.handedOver', data: { shift: view } });
      return view;
    },
  );
}

/** Somebody reached a contact on purpose (DU-7): it counts for the name the plan gives now. */
export function contactReached(
  deps: Deps,
  actor: Actor,
  input: { roomId: string; department: string; part: ContactCheck['part']; operationId: string },
): Promise<ContactCheck> {
  const { roomId, department, part, operationId } = input;
  if (actor.kind !== 'person') throw new Problem('not-allowed', 'Only a person can have reached somebody.');
  return deps.events.change(
    { roomId, actor, operationId, request: JSON.stringify(['reached', department, part]) },
    async ({ tx, now, log }) => {
      const { playbook } = await roomContext(tx, roomId);
      const name = playbook.contacts.find((each) => each.department === department)?.[part]?.name;
      if (name === undefined) throw notValid('/department', 'The plan names nobody there.');
      const check = { department, part, name, at: now, by: actor.name };
      await upsertCheck(tx, { room_id: roomId, department, part, name, at: now, by_name: actor.name });
      log({ type: 'contact.reached', data: { check } });
      return check;
    },
  );
}

/** DU-2 */
function requireLead({ playbook }: RoomContext, actor: Actor, userId: string, what: string): void {
  if (actor.id === userId || may(playbook, actor, 'raise_level') || may(playbook, actor, 'manage_people')) return;
  const who = [...new Set([...rolesThatMay(playbook, 'raise_level'), ...rolesThatMay(playbook, 'manage_people')])];
  const names = playbook.roles.filter((role) => who.includes(role.id)).map((role) => role.name);
  throw refuse('DU-2', CLAUSE, `To ${what} takes: ${names.join(', ')}.`, [], who);
}

function checkTimes(from: string, until: string, now: string): void {
  if (until <= from) throw notValid('/until', 'A shift ends after it begins.');
  if (until <= now)
    throw notValid('/until', 'This time is over. Plan a shift that is still to come, or that runs now.');
  if (Date.parse(until) - Date.parse(from) > SHIFT_LIMITS.hours * HOUR)
    throw notValid('/until', `Nobody is on duty for more than ${SHIFT_LIMITS.hours} hours without a break.`);
  if (Date.parse(from) - Date.parse(now) > SHIFT_LIMITS.ahead * DAY)
    throw notValid('/from', 'A shift can be planned a year ahead at most.');
}

const notValid = (path: string, says: string): Problem => new Problem('not-valid', says, [{ path, says }]);

async function shiftFor(tx: Tx, roomId: string, shiftId: string): Promise<Row<'shifts'>> {
  const shift = await lockShift(tx, roomId, shiftId);
  if (!shift) throw new Problem('not-found');
  return shift;
}

const asShift = (row: Row<'shifts'>): ShiftView => ({
  id: row.shift_id,
  userId: row.user_id,
  name: row.name,
  from: row.starts_at,
  until: row.ends_at,
  note: row.note,
  handOver: row.hand_over,
});
