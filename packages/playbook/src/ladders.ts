// Who is asked when time runs out: a step of a plan's ladder against the people there are, and how long the ladder waits.
import type {
  Contact,
  ContactPerson,
  Ladder,
  LadderStep,
  PerLevel,
  Playbook,
  ReachBy,
} from '@rejoinder/contracts/playbooks';
import { NO_DEPARTMENT } from './blocks/contacts.ts';
import { hoursRun } from './contacts-now.ts';
import { atLevel, sayRoles } from './levels.ts';

export type LadderMember = { userId: string; name: string; roles: readonly string[] };

/** What a step is resolved against. `asked` and `passed` are keys of people, of this round. */
export type LadderFacts = {
  now: string;
  /** Null for a ladder about the room itself. */
  card: { department: string | null; ownerId: string | null } | null;
  members: readonly LadderMember[];
  /** Members on duty now. */
  onDuty: readonly string[];
  /** Members by the address under which the plan names them, in small letters. */
  byAddress: Readonly<Record<string, string>>;
  /** Roles whose signature is missing now. */
  awaited: readonly string[];
  asked: readonly string[];
  passed: readonly string[];
};

/** Somebody a step may ask, with the ways the plan gives for it, in order. */
export type Candidate = { key: string; userId: string | null; name: string; phone: string | null; channels: ReachBy[] };
export type StepPeople = { people: Candidate[] } | { nobody: string };

/**
 * Whom a step asks now (LD-1 to LD-5), or in one sentence why nobody. Nobody is asked twice in a round but by `signers`, and nobody who
 * passed on. Whether a way to them works is the server's to know: `unreached` says it when none does.
 */
export function whomToAsk(playbook: Playbook, step: LadderStep, facts: LadderFacts): StepPeople {
  const found = resolve(playbook, step, facts);
  if ('nobody' in found) return found;
  const isRepeated = step.whom === 'signers';
  const left = found.people.filter(
    ({ key }) => !facts.passed.includes(key) && (isRepeated || !facts.asked.includes(key)),
  );
  if (left.length > 0) return { people: left };
  const [first] = found.people;
  const names = found.people.map((each) => each.name).join(', ');
  return { nobody: facts.passed.includes(first?.key ?? '') ? `${names} passed it on.` : `${names} was asked already.` };
}

/** Why a step whose people no way reaches is passed over. */
export const unreached = (people: readonly Candidate[]): string =>
  `No way that works reaches ${people.map((each) => each.name).join(', ')}.`;

/** Seconds from the step before to this one; 0 for steps there are not. */
export const waitBefore = (ladder: Ladder, step: number, level: number): number => {
  const after = ladder.steps[step]?.after;
  return after === undefined ? 0 : (atLevel(after, level) ?? 0);
};

/** The last step has as long to answer as it came after the one before it, and five minutes at least. */
export const lastWait = (ladder: Ladder, level: number): number =>
  Math.max(LEAST_WAIT, waitBefore(ladder, ladder.steps.length - 1, level));
const LEAST_WAIT = 300;

/** How long after a round without an answer the next begins: the last step's wait, twice as long each time, four hours at most. */
export const pauseAfter = (ladder: Ladder, round: number, level: number): number =>
  Math.min(LONGEST_PAUSE, lastWait(ladder, level) * 2 ** Math.min(round - 1, 12));
const LONGEST_PAUSE = 4 * 3600;

/** Seconds without progress until an accepted ladder begins anew; null where the plan says nothing. */
export const reopensAfter = (ladder: Ladder, level: number): number | null =>
  ladder.reopenAfter === null ? null : (atLevel(ladder.reopenAfter as PerLevel<number>, level) ?? null);

function resolve(playbook: Playbook, step: LadderStep, facts: LadderFacts): StepPeople {
  switch (step.whom) {
    case 'owner':
      return ownerOf(step, facts);
    case 'signers':
      return signersOf(playbook, step, facts);
    case 'primary':
    case 'deputy':
    case 'out_of_hours':
      return contactOf(playbook, step, step.whom, facts);
    default:
      return holdersOf(playbook, step, facts);
  }
}

function ownerOf(step: LadderStep, { card, members }: LadderFacts): StepPeople {
  if (card === null) return { nobody: 'This is about the room, which no one owns.' };
  if (card.ownerId === null) return { nobody: 'Nobody owns this card.' };
  const owner = members.find((each) => each.userId === card.ownerId);
  return owner ? { people: [asMember(owner, step)] } : { nobody: 'The owner of this card has left the room.' };
}

/** Whoever holds a role whose signature is missing: those on duty, else all. */
function signersOf(playbook: Playbook, step: LadderStep, facts: LadderFacts): StepPeople {
  if (facts.card === null) return { nobody: 'This is about the room; no reply waits for a signature.' };
  if (facts.awaited.length === 0) return { nobody: 'No signature is missing now.' };
  const people = new Map<string, Candidate>();
  for (const role of facts.awaited)
    for (const member of onDutyFirst(holding(facts, role), facts)) people.set(member.userId, asMember(member, step));
  if (people.size === 0) return { nobody: `Nobody in the room is ${sayRoles(playbook, facts.awaited)}.` };
  return { people: [...people.values()] };
}

/** Members on duty who hold the role, else all who hold it; those asked already make room for those who were not. */
function holdersOf(playbook: Playbook, step: LadderStep, facts: LadderFacts): StepPeople {
  const holders = holding(facts, step.whom);
  if (holders.length === 0) return { nobody: `Nobody in the room is ${sayRoles(playbook, [step.whom])}.` };
  const fresh = holders.filter(
    ({ userId }) => !facts.asked.includes(keyOf(userId)) && !facts.passed.includes(keyOf(userId)),
  );
  return { people: onDutyFirst(fresh.length > 0 ? fresh : holders, facts).map((each) => asMember(each, step)) };
}

const holding = ({ members }: LadderFacts, role: string): LadderMember[] =>
  members.filter((each) => each.roles.includes(role));

function onDutyFirst(members: LadderMember[], { onDuty }: LadderFacts): LadderMember[] {
  const here = members.filter((each) => onDuty.includes(each.userId));
  return here.length > 0 ? here : members;
}

/** Primary and deputy are asked in their hours only; outside of them it is the contact for that (LD-2). */
function contactOf(
  playbook: Playbook,
  step: LadderStep,
  whom: 'primary' | 'deputy' | 'out_of_hours',
  facts: LadderFacts,
): StepPeople {
  const department = facts.card?.department ?? NO_DEPARTMENT;
  const contact = playbook.contacts.find((each) => each.department === department);
  const name = departmentName(playbook, department);
  if (!contact) return { nobody: `The plan names nobody for ${name}.` };
  const isOpen = hoursRun(playbook, contact, facts.now);
  if (whom === 'out_of_hours' && isOpen) return { nobody: `It is within the hours of ${name}.` };
  const person = isOpen ? (whom === 'deputy' ? contact.deputy : contact.primary) : contact.outOfHours;
  if (person) return { people: [asContact(contact, person, step, facts)] };
  return {
    nobody: isOpen
      ? `The plan names no deputy for ${name}.`
      : `It is outside the hours of ${name}, and the plan names nobody for that time.`,
  };
}

function departmentName(playbook: Playbook, id: string): string {
  if (id === NO_DEPARTMENT) return 'cards without a department';
  const field = playbook.triage.fields.find((each) => each.id === 'department');
  return field?.choices?.find((each) => each.id === id)?.name ?? id;
}

/** The ways are those of the step that the contact has too, in the contact's order; the contact's own where they have none in common. */
function asContact({ channels }: Contact, person: ContactPerson, step: LadderStep, facts: LadderFacts): Candidate {
  const userId = person.user === null ? undefined : facts.byAddress[person.user.toLowerCase()];
  const member = facts.members.find((each) => each.userId === userId);
  const common = channels.filter((each) => step.channels.includes(each));
  const ways = common.length > 0 ? common : channels;
  if (member) return { ...asMember(member, step), phone: person.phone, channels: ways };
  return { key: `contact:${person.name}`, userId: null, name: person.name, phone: person.phone, channels: ways };
}

const keyOf = (userId: string): string => `user:${userId}`;
const asMember = ({ userId, name }: LadderMember, step: LadderStep): Candidate => ({
  key: keyOf(userId),
  userId,
  name,
  phone: null,
  channels: step.channels,
});
