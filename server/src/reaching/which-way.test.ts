// Which ways reach whom, how a message begins its life, and when quiet hours end.
import type { ReachBy } from '@rejoinder/contracts/playbooks';
import { REACH_DEFAULT } from '@rejoinder/contracts/reaching';
import { describe, expect, it } from 'vitest';
import type { AddressBook } from './addresses.repository.ts';
import { afterQuiet } from './quiet-hours.ts';
import { canReach, startOf } from './which-way.ts';

const ALL: ReachBy[] = ['board', 'push', 'chat', 'email', 'sms', 'phone'];
const FULL: AddressBook = {
  member: true,
  mail: true,
  devices: 1,
  wantsEmail: true,
  wantsPush: true,
  chat: true,
  webhook: true,
};
const ria = { userId: 'u_ria', name: 'Ria', phone: '+44 20 7946 0000' };
const ways = (to: typeof ria | { userId: null; name: string; phone: string | null }, book: AddressBook): ReachBy[] =>
  ALL.filter((way) => canReach(way, to, book));

describe('ways', () => {
  it('[RE-1] are those that can work now: what the person has, what the room has set, what the plan gives a number for', () => {
    expect(ways(ria, FULL)).toEqual(ALL);
    expect(ways({ ...ria, phone: null as never }, FULL)).toEqual(['board', 'push', 'chat', 'email']);
    expect(ways(ria, { ...FULL, mail: false, devices: 0 })).toEqual(['board', 'chat', 'sms', 'phone']);
    expect(ways(ria, { ...FULL, chat: false, webhook: false })).toEqual(['board', 'push', 'email']);
  });

  it('[RE-20] the chat asks nobody without an account: everybody in it could answer for them', () => {
    const outside = { ...FULL, member: false };
    expect(ways({ userId: null, name: 'Night desk', phone: '1' }, outside)).toEqual(['sms', 'phone']);
    expect(ways({ userId: null, name: 'Night desk', phone: null }, outside)).toEqual([]);
  });

  it('[RE-2] that somebody switched off are not used, but who switched everything off is still reached by e-mail', () => {
    expect(ways(ria, { ...FULL, wantsEmail: false })).not.toContain('email');
    expect(ways(ria, { ...FULL, wantsPush: false })).not.toContain('push');
    for (const book of [
      { ...FULL, wantsEmail: false, wantsPush: false },
      { ...FULL, wantsEmail: false, devices: 0 },
    ])
      expect(ways(ria, book)).toContain('email');
  });
});

describe('a message', () => {
  const now = '2026-03-02T22:30:15.000Z';
  const by: ReachBy[] = ['board', 'push', 'email'];
  const quiet = { from: '22:00', to: '07:00', zone: 'Europe/Madrid' };

  it('[RE-3] that is urgent goes at once whatever was chosen; else the choice says when, and quiet hours are waited out', () => {
    const start = (urgent: boolean, choice: Partial<typeof REACH_DEFAULT>) =>
      startOf({ ways: by, urgent }, { rehearsal: false, choice: { ...REACH_DEFAULT, ...choice }, now });
    for (const unimportant of ['digest', 'at-once', 'never'] as const)
      expect(start(true, { unimportant, quiet })).toMatchObject({ state: 'waiting', runAt: now });
    expect(start(false, {})).toEqual({ state: 'gathering', gathers: true, runAt: '2026-03-03T02:30:15.000Z' });
    expect(start(false, { quiet })).toMatchObject({ state: 'gathering', runAt: '2026-03-03T06:00:00.000Z' });
    expect(start(false, { unimportant: 'at-once' })).toMatchObject({ state: 'waiting', runAt: now });
    expect(start(false, { unimportant: 'at-once', quiet })).toMatchObject({ runAt: '2026-03-03T06:00:00.000Z' });
    expect(start(false, { unimportant: 'never' })).toMatchObject({ state: 'board' });
    expect(startOf({ ways: ['board'], urgent: true }, { rehearsal: false, choice: null, now }).state).toBe('board');
  });

  it('[RE-4] of a rehearsal is not sent', () => {
    const choice = { ...REACH_DEFAULT, unimportant: 'at-once' as const };
    for (const urgent of [true, false])
      expect(startOf({ ways: by, urgent }, { rehearsal: true, choice, now }).state).toBe('withheld');
  });

  it('[RE-3] quiet hours by day, over midnight, in another zone', () => {
    const day = { from: '09:00', to: '17:30', zone: 'UTC' };
    expect(afterQuiet('2026-03-02T08:59:59.000Z', day)).toBe('2026-03-02T08:59:59.000Z');
    expect(afterQuiet('2026-03-02T09:00:30.000Z', day)).toBe('2026-03-02T17:30:00.000Z');
    expect(afterQuiet('2026-03-02T17:30:00.000Z', day)).toBe('2026-03-02T17:30:00.000Z');
    expect(afterQuiet('2026-03-02T21:00:00.000Z', quiet)).toBe('2026-03-03T06:00:00.000Z');
    expect(afterQuiet('2026-03-02T20:59:00.000Z', quiet)).toBe('2026-03-02T20:59:00.000Z');
    expect(afterQuiet('2026-03-02T20:59:00.000Z', null)).toBe('2026-03-02T20:59:00.000Z');
  });
});
