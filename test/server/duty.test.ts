// The roster, hand-overs, contacts that were reached, and the alarm of an empty board.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onDutyNow } from '../../server/src/duty/duty.service.ts';
import { watchAttendance } from '../../server/src/escalation/attendance.service.ts';
import { verifyAction, verifyWithTimers } from '../support/verify-action.ts';
import { type Person, type World, world } from '../support/world.ts';

let w: World;
let ann: Person;
let lead: Person;
let params: { roomId: string };
beforeAll(async () => {
  w = await world({ day: '2026-03-03' });
  ann = await w.person('Ann', ['responder']);
  lead = await w.person('Lead', ['social_lead']);
  params = { roomId: w.room.id };
});
afterAll(() => w[Symbol.asyncDispose]());

const shift = (userId: string, from: string, until: string, note = '') => ({
  params,
  body: { userId, from: `2026-03-03T${from}:00.000Z`, until: `2026-03-03T${until}:00.000Z`, note },
});

describe('the roster', () => {
  it('[DU-1] says who is on duty at every instant, from the first to just before the last', async () => {
    const { events } = await verifyAction(w, () =>
      ann.call('planShift', shift(ann.userId, '10:00', '12:00', 'phone 7')),
    );
    expect(events.map((event) => event.type)).toEqual(['shift.planned']);
    const on = (time: string) => onDutyNow(w.app.deps.db, w.room.id, `2026-03-03T${time}Z`);
    expect(await on('09:59:59.999')).toEqual([]);
    expect(await on('10:00:00.000')).toEqual([ann.userId]);
    expect(await on('11:59:59.999')).toEqual([ann.userId]);
    expect(await on('12:00:00.000')).toEqual([]);
    const duty = await lead.call('duty', { params });
    expect(duty.shifts).toMatchObject([{ name: 'Ann', note: 'phone 7', handOver: null }]);
    expect(duty.onDuty).toEqual([]);
  });

  it('[DU-2] a member puts themselves on duty; others are put there by who leads, and the refusal says who that is', async () => {
    const { result } = await verifyAction(w, () => ann.try('planShift', shift(lead.userId, '10:00', '12:00')));
    expect(result).toMatchObject({
      status: 409,
      refused: { rule: 'DU-2', who: ['social_lead', 'commander', 'administrator'] },
    });
    await verifyAction(w, () => lead.call('planShift', shift(lead.userId, '12:00', '14:00')));
    const stranger = await w.person('Stranger', [], { member: false });
    expect(await lead.try('planShift', shift(stranger.userId, '12:00', '14:00'))).toMatchObject({
      problem: { code: 'not-valid', says: 'Only a member of the room can be on duty.' },
    });
  });

  it('[DU-3] nobody is on duty twice at once, backwards, for longer than a day or in the past; the roster stays as it was', async () => {
    const before = await lead.call('duty', { params });
    for (const [from, until, what] of [
      ['11:00', '13:00', 'refused'],
      ['16:00', '15:00', 'problem'],
      ['07:00', '08:00', 'problem'],
    ] as const)
      expect(await ann.try('planShift', shift(ann.userId, from, until))).toHaveProperty(what);
    const days = { ...shift(ann.userId, '15:00', '16:00').body, until: '2026-03-05T15:00:00.000Z' };
    expect(await ann.try('planShift', { params, body: days })).toHaveProperty('problem');
    expect((await lead.call('duty', { params })).shifts).toEqual(before.shifts);
  });

  it('[DU-4] a shift to come is taken off, one that runs ends now, one that is over stays', async () => {
    const gone = await ann.call('planShift', shift(ann.userId, '20:00', '21:00'));
    await verifyAction(w, () => ann.call('cancelShift', { params: { ...params, shiftId: gone.shift.id } }));
    const runs = await ann.call('planShift', shift(ann.userId, '08:30', '09:30'));
    const of = { params: { ...params, shiftId: runs.shift.id } };
    expect((await ann.call('duty', { params })).onDuty).toEqual([ann.userId]);
    await verifyAction(w, () => ann.call('cancelShift', of));
    const { shifts, onDuty } = await ann.call('duty', { params });
    expect(onDuty).toEqual([]);
    expect(shifts.map((each) => each.id)).not.toContain(gone.shift.id);
    expect(shifts.find((each) => each.id === runs.shift.id)).toMatchObject({ until: w.now() });
    expect(await ann.try('cancelShift', of)).toMatchObject({ refused: { rule: 'DU-4' } });
  });

  it('[DU-5] what the next one has to know stands with the shift, by who wrote it', async () => {
    const [first] = (await ann.call('duty', { params })).shifts;
    const on = { params: { ...params, shiftId: first?.id ?? '' }, body: { text: 'The depot answers after ten.' } };
    const other = await w.person('Other', ['responder']);
    expect(await other.try('handOver', on)).toMatchObject({ refused: { rule: 'DU-2' } });
    const { result } = await verifyAction(w, () => ann.call('handOver', on));
    expect(result.shift.handOver).toEqual({ text: 'The depot answers after ten.', at: w.now(), by: 'Ann' });
    expect((await lead.call('duty', { params })).shifts).toContainEqual(result.shift);
  });
});

describe('contacts', () => {
  it('[DU-6] stand with their hours as they run now and with who of them is a member', async () => {
    const { contacts } = await ann.call('duty', { params });
    const logistics = contacts.find((each) => each.department === 'logistics');
    expect(logistics).toMatchObject({ name: 'Logistics and delivery', open: true, hours: 'office' });
    expect(logistics?.people.map((each) => each.part)).toEqual(['primary', 'deputy', 'outOfHours']);
    w.at('19:00');
    const later = (await ann.call('duty', { params })).contacts;
    expect(later.find((each) => each.department === 'logistics')?.open).toBe(false);
    expect(later.find((each) => each.department === 'communications')?.open).toBe(true);
    w.at('09:00');
  });

  it('[DU-7] one that was reached on purpose is so for ninety days, under the name it was done with', async () => {
    const of = { params, body: { department: 'logistics', part: 'deputy' as const } };
    const { result } = await verifyAction(w, () => ann.call('contactReached', of));
    expect(result.check).toMatchObject({ name: 'Depot manager on duty', by: 'Ann' });
    const deputy = async () => {
      const { contacts } = await ann.call('duty', { params });
      return contacts.find((each) => each.department === 'logistics')?.people[1];
    };
    expect(await deputy()).toMatchObject({ reachedBy: 'Ann', reachedAt: w.now(), stale: false });
    w.at('2026-06-02T09:00:00.000Z');
    expect(await deputy()).toMatchObject({ stale: true });
    w.at('2026-03-03T09:00:00.000Z');
    const nobody = { params, body: { department: 'communications', part: 'outOfHours' as const } };
    expect(await ann.try('contactReached', nobody)).toMatchObject({ problem: { code: 'not-valid' } });
  });
});

describe('an empty board', () => {
  it('[CK-20] is an alarm once people have waited ten minutes before it, tells those on duty or else those who lead, and ends when somebody who can answer is there', async () => {
    // The server's own timer looks too, and sees nobody; who of the two says it first is the same.
    const since = async (...onBoard: Person[]) => {
      const boards = onBoard.map(({ userId, roles }) => ({ userId, roles, roomId: w.room.id }));
      await verifyWithTimers(w, () => watchAttendance(w.app.deps, boards));
      return (await w.board()).room.unattendedSince;
    };
    const wall = await w.person('Wall', ['executive']);
    const { seq } = await w.board();
    w.at('09:00');
    expect(await since()).toBeUndefined();
    await w.cardFrom('my parcel is lost and nobody answers');
    w.at('09:09');
    expect(await since()).toBeUndefined();
    w.at('09:10');
    expect(await since(wall)).toBe('2026-03-03T09:00:00.000Z');
    const told = () =>
      w.app.deps.db.selectFrom('messages').select(['to_name', 'about_kind', 'urgent']).orderBy('message_id').execute();
    expect(await told()).toEqual([{ to_name: 'Lead', about_kind: 'alarm', urgent: true }]);
    expect(await since(wall)).toBe('2026-03-03T09:00:00.000Z');
    expect(await since(wall, ann)).toBeUndefined();
    w.at('09:19');
    expect(await since()).toBeUndefined();
    await ann.call('planShift', shift(ann.userId, '09:15', '09:30'));
    w.at('09:20');
    expect(await since()).toBe('2026-03-03T09:10:00.000Z');
    expect((await told()).map((each) => each.to_name)).toEqual(['Lead', 'Ann']);
    const log = await w.app.deps.events.read(w.room.id, seq, 1000);
    expect(log.map((event) => event.type).filter((type) => type.endsWith('attended'))).toEqual([
      'room.unattended',
      'room.attended',
      'room.unattended',
    ]);
  });
});
