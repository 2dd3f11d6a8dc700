import type { Condition } from '@rejoinder/contracts/playbooks';
import type { RoomFacts } from '@rejoinder/contracts/room-facts';
import { describe, expect, it } from 'vitest';
import { planWith } from '../plan-for-tests.ts';
import { readPlaybook } from '../read.ts';
import { GUARD_RULES } from './judge.ts';
import { judgeRoom } from './room.ts';

const playbook = planWith();
const NOW = '2026-03-01T12:00:00.000Z';
const QUIET: RoomFacts = {
  now: NOW,
  level: 2,
  levelSince: '2026-03-01T09:00:00.000Z',
  members: [
    { userId: 'usr_c', roles: ['commander'] },
    { userId: 'usr_l', roles: ['legal'] },
  ],
  readers: [
    { userId: 'usr_c', version: 1 },
    { userId: 'usr_l', version: 1 },
  ],
  playbookVersion: 1,
  freezeConfirmedAt: NOW,
  holdingPostedAt: '2026-03-01T09:40:00.000Z',
  nextUpdateDueAt: NOW,
  openBreaches: 0,
  oldestUnansweredAt: 'nobody',
  volumeBelowSince: '2026-03-01T08:00:00.000Z',
  closingStatementAt: NOW,
  retrospectiveAt: NOW,
};
const lacks = (condition: Condition, facts: Partial<RoomFacts> = {}) =>
  judgeRoom({ playbook, facts: { ...QUIET, ...facts } }, condition);

/** Met by a room in order; refused by each of these, and by a fact that nothing supplies. */
function check(rule: string, condition: Condition, fix: string, ...spoilt: Partial<RoomFacts>[]): void {
  expect(GUARD_RULES[condition.guard]).toBe(rule);
  expect(lacks(condition)).toEqual([]);
  for (const each of spoilt) {
    const found = lacks(condition, each);
    expect(found.length, JSON.stringify(each)).toBeGreaterThan(0);
    for (const lack of found) {
      expect(lack.says).toMatch(/^[A-Z0-9].*\.$/);
      expect(lack.who.length).toBeGreaterThan(0);
      expect(lack.fix[0]?.do).toBe(fix);
    }
  }
}
const TWO_HOURS = { 1: 7200, 2: 7200, 3: 7200 };

describe('guards about a room', () => {
  it('[GU-33] roles_filled names each role that nobody holds', () => {
    const condition: Condition = { guard: 'roles_filled', roles: ['commander', 'legal'] };
    check('GU-33', condition, 'see-room', { members: [] });
    const found = lacks(condition, { members: [{ userId: 'usr_c', roles: ['commander'] }] });
    expect(found.map((each) => each.says)).toEqual(['Nobody in the room is Legal.']);
  });
  it('[GU-34] readers_confirmed: alone, those of the front matter; of the version that runs', () => {
    const alone: Condition = { guard: 'readers_confirmed', roles: [] };
    check('GU-34', alone, 'see-room', { readers: null }, { readers: [] }, { playbookVersion: 2 });
    expect(lacks(alone, { readers: [{ userId: 'usr_c', version: 1 }] }).map((each) => each.who)).toEqual([['legal']]);
    expect(
      lacks({ guard: 'readers_confirmed', roles: ['commander'] }, { readers: [{ userId: 'usr_c', version: 1 }] }),
    ).toEqual([]);
  });
  it('[GU-35] freeze_confirmed', () => {
    check('GU-35', { guard: 'freeze_confirmed' }, 'see-room', { freezeConfirmedAt: null });
  });
  it('[GU-36] holding_posted_within, from the hour the level was declared', () => {
    const late = { holdingPostedAt: '2026-03-01T10:00:01.000Z' };
    check(
      'GU-36',
      { guard: 'holding_posted_within', seconds: { 1: 3600 } },
      'see-room',
      { holdingPostedAt: null },
      late,
    );
  });
  it('[GU-37] update_not_overdue', () => {
    check(
      'GU-37',
      { guard: 'update_not_overdue' },
      'see-room',
      { nextUpdateDueAt: null },
      { nextUpdateDueAt: '2026-03-01T11:59:59.000Z' },
    );
  });
  it('[GU-38] no_breach_open', () => {
    check(
      'GU-38',
      { guard: 'no_breach_open' },
      'see-room',
      { openBreaches: null },
      { openBreaches: 1 },
      { openBreaches: 7 },
    );
  });
  it('[GU-39] oldest_unanswered_below', () => {
    const condition: Condition = { guard: 'oldest_unanswered_below', seconds: TWO_HOURS };
    check(
      'GU-39',
      condition,
      'see-room',
      { oldestUnansweredAt: null },
      { oldestUnansweredAt: '2026-03-01T10:00:00.000Z' },
    );
    expect(lacks(condition, { oldestUnansweredAt: '2026-03-01T10:00:01.000Z' })).toEqual([]);
  });
  it('[GU-40] volume_below_baseline_for, and says from when it can hold', () => {
    const condition: Condition = { guard: 'volume_below_baseline_for', seconds: TWO_HOURS };
    check('GU-40', condition, 'wait', { volumeBelowSince: null }, { volumeBelowSince: '2026-03-01T10:00:01.000Z' });
    expect(lacks(condition, { volumeBelowSince: '2026-03-01T11:00:00.000Z' })[0]?.fix).toMatchObject([
      { until: '2026-03-01T13:00:00.000Z' },
    ]);
  });
  it('[GU-41] closing_statement_posted', () => {
    check('GU-41', { guard: 'closing_statement_posted' }, 'see-room', { closingStatementAt: null });
  });
  it('[GU-42] retrospective_scheduled', () => {
    check('GU-42', { guard: 'retrospective_scheduled' }, 'see-room', { retrospectiveAt: null });
  });
  it('[GU-36] [GU-39] [GU-40] the very second counts, and what is said tells which of the ways it fails', () => {
    const says = (condition: Condition, facts: Partial<RoomFacts>) => lacks(condition, facts)[0]?.says;
    const hour = { 1: 3600 };
    const posted: Condition = { guard: 'holding_posted_within', seconds: hour };
    expect(says(posted, { holdingPostedAt: '2026-03-01T10:00:00.000Z' })).toBeUndefined();
    expect(says(posted, { holdingPostedAt: '2026-03-01T10:00:01.000Z' })).toContain('later than 1 hour after');
    expect(says(posted, { holdingPostedAt: null })).toBe('No holding text has been posted.');
    expect(says({ guard: 'update_not_overdue' }, { nextUpdateDueAt: null })).toBe('No next update is named.');
    expect(says({ guard: 'no_breach_open' }, { openBreaches: null })).toContain('not known');
    expect(says({ guard: 'no_breach_open' }, { openBreaches: 1 })).toContain('One promised time has');
    expect(says({ guard: 'no_breach_open' }, { openBreaches: 7 })).toContain('7 promised times have');
    const waited: Condition = { guard: 'oldest_unanswered_below', seconds: hour };
    expect(says(waited, { oldestUnansweredAt: null })).toContain('not known');
    expect(says(waited, { oldestUnansweredAt: '2026-03-01T10:00:00.000Z' })).toContain('waited 2 hours; it would');
    expect(says(waited, { oldestUnansweredAt: 'some day' })).toContain('waited 1 second;');
    const calm: Condition = { guard: 'volume_below_baseline_for', seconds: hour };
    expect(says(calm, { volumeBelowSince: '2026-03-01T11:00:00.000Z' })).toBeUndefined();
    expect(says(calm, { volumeBelowSince: '2026-03-01T11:00:01.000Z' })).toContain('for 1 hour yet');
    expect(says(calm, { volumeBelowSince: null })).toContain('nobody has measured');
  });
  it('[GU-24] all, any, not and at_level join them as they join the guards of a card', () => {
    const yes: Condition = { guard: 'no_breach_open' };
    const no: Condition = { guard: 'roles_filled', roles: ['publisher'] };
    expect(lacks({ guard: 'all', of: [yes, no] })).toHaveLength(1);
    expect(lacks({ guard: 'any', of: [no, yes] })).toEqual([]);
    expect(lacks({ guard: 'any', of: [no] })[0]).toMatchObject({ who: ['social_lead'], fix: [{ do: 'see-room' }] });
    expect(lacks({ guard: 'not', of: [yes] })).toHaveLength(1);
    expect(lacks({ guard: 'at_level', levels: { 2: [no] } })).toHaveLength(1);
    expect(lacks({ guard: 'at_level', levels: { 3: [no] } })).toEqual([]);
  });
  it('[GU-43] a guard about a card never passes where a room is judged', () => {
    expect(lacks({ guard: 'reason_given' })).toHaveLength(1);
  });
});

describe('where a guard may stand', () => {
  const faults = (block: string, guard: string) => {
    const read = readPlaybook(`# X\n${block.replace('GUARD', guard)}`);
    return 'faults' in read ? read.faults.map((each) => each.says).filter((says) => says.includes('about')) : [];
  };
  const door = '```yaml stage s\nleave:\n  - GUARD\n```\n';
  it('[GU-43] a guard about the room at a stage’s door is a fault, also inside others', () => {
    const says = '` is about the room, and this place is about a card.';
    expect(faults(door, 'no_breach_open')).toEqual([`\`no_breach_open${says}`]);
    expect(faults(door, 'any: [reason_given, roles_filled: [a]]')).toEqual([`\`roles_filled${says}`]);
    expect(faults(door, 'reason_given')).toEqual([]);
  });
  it('[GU-43] a guard about a card among the criteria of standing down is a fault', () => {
    const block = '```yaml stand-down\ncriteria:\n  - GUARD\n```\n';
    expect(faults(block, 'remedy_delivered')).toEqual([
      '`remedy_delivered` is about a card, and this place is about the room.',
    ]);
    expect(faults(block, 'no_breach_open')).toEqual([]);
  });

  it('[GU-39] says how long somebody has waited, in whole seconds and never less than one', () => {
    const condition: Condition = { guard: 'oldest_unanswered_below', seconds: { 1: 1, 2: 1, 3: 1 } };
    const waited = (oldestUnansweredAt: string) => lacks(condition, { oldestUnansweredAt })[0]?.says;
    expect(waited('2026-03-01T11:57:58.500Z')).toBe(
      'Somebody has waited 2 minutes 1 second; it would have to be less than 1 second.',
    );
    expect(waited('some day')).toBe('Somebody has waited 1 second; it would have to be less than 1 second.');
  });
});
