import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type LadderFacts, lastWait, pauseAfter, reopensAfter, unreached, waitBefore, whomToAsk } from './ladders.ts';
import { readPlaybook } from './read.ts';
import { sayWhom } from './step-names.ts';

const text = readFileSync(new URL('../../../server/playbooks/default.md', import.meta.url), 'utf8').replace(
  'primary: Head of logistics',
  'primary: { name: Lou Head, user: Lou@House.example, phone: "+44 1" }',
);
const read = readPlaybook(text);
if ('faults' in read) throw new Error(JSON.stringify(read.faults));
const { playbook } = read;
const ladder = (id: string) => {
  const found = playbook.ladders.find((each) => each.id === id);
  if (!found) throw new Error(`no ladder ${id}`);
  return found;
};
const late = ladder('late');

const BY_DAY = '2026-10-06T10:00:00.000Z';
const BY_NIGHT = '2026-10-06T02:40:00.000Z';
const member = (userId: string, ...roles: string[]) => ({ userId, name: userId.toUpperCase(), roles });
const facts = (more: Partial<LadderFacts> = {}): LadderFacts => ({
  now: BY_DAY,
  card: { department: 'logistics', ownerId: null },
  members: [
    member('ria', 'responder'),
    member('sam', 'social_lead'),
    member('sol', 'social_lead'),
    member('cleo', 'commander'),
    member('lou', 'department'),
    member('colin', 'comms'),
  ],
  onDuty: [],
  byAddress: { 'lou@house.example': 'lou' },
  awaited: [],
  asked: [],
  passed: [],
  ...more,
});
const step = (whom: string, of = late) => {
  const found = of.steps.find((each) => each.whom === whom);
  return found ?? { whom, after: { 1: 0 }, channels: ['board' as const], clause: 'x' };
};
const ask = (whom: string, more: Partial<LadderFacts> = {}) => {
  const verdict = whomToAsk(playbook, step(whom), facts(more));
  return 'nobody' in verdict ? verdict.nobody : verdict.people.map((each) => each.key);
};

describe('whom a step asks', () => {
  it('[LD-1] the owner, where there is one who is still in the room', () => {
    expect(ask('owner')).toBe('Nobody owns this card.');
    expect(ask('owner', { card: { department: null, ownerId: 'ria' } })).toEqual(['user:ria']);
    expect(ask('owner', { card: { department: null, ownerId: 'gone' } })).toContain('left the room');
    expect(ask('owner', { card: null })).toContain('about the room');
  });

  it('[LD-2] primary and deputy in their hours only, else the contact for outside of them', () => {
    expect(ask('primary')).toEqual(['user:lou']);
    expect(ask('deputy')).toEqual(['contact:Depot manager on duty']);
    expect(ask('out_of_hours')).toBe('It is within the hours of Logistics and delivery.');
    expect(ask('primary', { now: BY_NIGHT })).toEqual(['contact:Night dispatcher']);
    expect(ask('deputy', { now: BY_NIGHT, asked: ['contact:Night dispatcher'] })).toBe(
      'Night dispatcher was asked already.',
    );
    const nobodyAtNight = { ...playbook, contacts: playbook.contacts.map((each) => ({ ...each, outOfHours: null })) };
    expect(whomToAsk(nobodyAtNight, step('primary'), facts({ now: BY_NIGHT }))).toEqual({
      nobody: 'It is outside the hours of Logistics and delivery, and the plan names nobody for that time.',
    });
    expect(ask('primary', { card: { department: 'nowhere', ownerId: null } })).toBe(
      'The plan names nobody for nowhere.',
    );
  });

  it('[LD-2] who is asked while a card has no department, and about the room itself', () => {
    expect(ask('primary', { card: { department: null, ownerId: null }, now: BY_NIGHT })).toEqual(['contact:Duty desk']);
    expect(ask('deputy', { card: null })).toEqual(['contact:Shift manager on call']);
  });

  it('[LD-2] a contact is asked by the ways of the step that they have too, in their own order', () => {
    const verdict = whomToAsk(playbook, step('primary'), facts());
    expect(verdict).toMatchObject({ people: [{ name: 'LOU', phone: '+44 1', channels: ['board', 'phone'] }] });
    const other = whomToAsk(playbook, { ...step('primary'), channels: ['email'] }, facts());
    expect(other).toMatchObject({ people: [{ channels: ['board', 'chat', 'phone'] }] });
  });

  it('[LD-3] a role is its members on duty, else all of them; who was asked makes room for who was not', () => {
    expect(ask('social_lead')).toEqual(['user:sam', 'user:sol']);
    expect(ask('social_lead', { onDuty: ['sol', 'ria'] })).toEqual(['user:sol']);
    expect(ask('social_lead', { onDuty: ['sol'], asked: ['user:sol'] })).toEqual(['user:sam']);
    expect(ask('executive')).toBe('Nobody in the room is Executive.');
  });

  it('[LD-4] those whose signature is missing now, and again where a step says so', () => {
    expect(ask('signers')).toBe('No signature is missing now.');
    expect(ask('signers', { awaited: ['comms', 'social_lead'], onDuty: ['sam'] })).toEqual(['user:colin', 'user:sam']);
    expect(ask('signers', { awaited: ['comms'], asked: ['user:colin'] })).toEqual(['user:colin']);
    expect(ask('signers', { awaited: ['legal'] })).toBe('Nobody in the room is Legal.');
    expect(ask('signers', { card: null })).toContain('no reply');
  });

  it('[LD-5] nobody twice in a round, and nobody who passed on', () => {
    expect(ask('commander', { asked: ['user:cleo'] })).toBe('CLEO was asked already.');
    expect(ask('commander', { passed: ['user:cleo'] })).toBe('CLEO passed it on.');
    expect(ask('signers', { awaited: ['comms'], passed: ['user:colin'] })).toBe('COLIN passed it on.');
    expect(unreached([{ key: 'x', userId: null, name: 'Duty desk', phone: null, channels: [] }])).toBe(
      'No way that works reaches Duty desk.',
    );
  });
});

describe('how long a ladder waits', () => {
  it('[LD-6] each step counts from the one before, by level; the last has its own wait to answer', () => {
    const waits = (level: number) => late.steps.map((_, i) => waitBefore(late, i, level));
    expect(waits(1)).toEqual([0, 0, 600, 600, 600]);
    expect(waits(3)).toEqual([0, 0, 120, 120, 120]);
    expect(lastWait(late, 1)).toBe(600);
    expect(lastWait(late, 3)).toBe(300);
    expect(waitBefore(late, 9, 1)).toBe(0);
    expect(reopensAfter(late, 1)).toBe(1800);
    expect(reopensAfter({ ...late, reopenAfter: null }, 1)).toBeNull();
  });

  it('[LD-13] the pause between rounds doubles, up to four hours', () => {
    expect([1, 2, 3, 9, 500].map((round) => pauseAfter(late, round, 1))).toEqual([600, 1200, 2400, 14_400, 14_400]);
  });

  it('[LD-1] steps have names that people read', () => {
    expect(['owner', 'primary', 'signers', 'commander'].map((whom) => sayWhom(playbook, whom))).toEqual([
      'Owner',
      'Primary contact',
      'Whoever must sign',
      'Commander',
    ]);
  });
});
