// The contacts of a plan as they stand now: whose hours run, who of them is a member here, and who was not reached for too long.
import type { ContactCheck, ContactView } from '@rejoinder/contracts/duty';
import type { Contact, Playbook } from '@rejoinder/contracts/playbooks';
import { isOpenAt } from './open-hours.ts';

/** Days a contact may go without anybody reaching them on purpose. */
export const VERIFIED_FOR_DAYS = 90;
const DAY = 86_400_000;

/** `members`: user ids by e-mail address in lower case. */
export type ContactFacts = {
  now: string;
  members: ReadonlyMap<string, string>;
  checks: readonly ContactCheck[];
};

/** Every contact of the plan, in its order, with those of its people whom it names. */
export function contactsNow(playbook: Playbook, facts: ContactFacts): ContactView[] {
  return playbook.contacts.map((contact) => ({
    department: contact.department,
    name: departmentName(playbook, contact.department),
    clause: contact.clause,
    channels: contact.channels,
    hours: contact.hours,
    open: hoursRun(playbook, contact, facts.now),
    people: (['primary', 'deputy', 'outOfHours'] as const).flatMap((part) => {
      const person = contact[part];
      return person ? [{ part, ...personNow(contact, part, facts) }] : [];
    }),
  }));
}

function departmentName({ triage }: Playbook, id: string): string {
  if (id === 'no_department') return 'No department yet';
  const departments = triage.fields.find((field) => field.id === 'department')?.choices ?? [];
  return departments.find((each) => each.id === id)?.name ?? id.replaceAll('_', ' ');
}

/** Whether primary and deputy are asked at this instant; a calendar the plan does not have never closes. */
export function hoursRun(playbook: Playbook, contact: Contact, now: string): boolean {
  const calendar = playbook.calendars.find((each) => each.id === contact.hours);
  return calendar === undefined || isOpenAt(calendar, Date.parse(now));
}

function personNow(contact: Contact, part: ContactCheck['part'], { now, members, checks }: ContactFacts) {
  const { name, phone, user } = contact[part] ?? { name: '', phone: null, user: null };
  const check = checks.find(
    (each) => each.department === contact.department && each.part === part && each.name === name,
  );
  // The plan's own day is about whoever is asked first.
  const written = part === 'primary' && contact.lastVerified !== null ? `${contact.lastVerified}T00:00:00.000Z` : null;
  const isNewer = check !== undefined && (written === null || check.at > written);
  const reachedAt = isNewer ? check.at : written;
  return {
    name,
    phone,
    userId: user === null ? null : (members.get(user.toLowerCase()) ?? null),
    reachedAt,
    reachedBy: isNewer ? check.by : null,
    stale: reachedAt === null || Date.parse(now) - Date.parse(reachedAt) > VERIFIED_FOR_DAYS * DAY,
  };
}
