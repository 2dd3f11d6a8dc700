// Who is on duty when, with what they hand over, and whom the plan names in a department and when somebody last reached them.
import { type Static, Type } from 'typebox';
import { ReachBy } from './plan-people.ts';
import { Id, Instant, Nullable, Strict } from './shapes.ts';

/** How long a shift may last, in hours, and how far ahead it may be planned, in days. */
export const SHIFT_LIMITS = { hours: 24, ahead: 366, note: 500, handOver: 2_000 } as const;

/** One person's time on duty. `note`: what it is about, such as a phone that is carried. */
export const ShiftView = Strict({
  id: Id,
  userId: Id,
  name: Type.String(),
  from: Instant,
  until: Instant,
  note: Type.String(),
  /** What whoever comes next has to know; the newest replaces the one before. */
  handOver: Nullable(Strict({ text: Type.String(), at: Instant, by: Type.String() })),
});

/** Which of the people of a contact: `outOfHours` is asked while the hours of the contact are over. */
export const ContactPart = Type.Union([Type.Literal('primary'), Type.Literal('deputy'), Type.Literal('outOfHours')]);

/** The last time somebody reached this person by the way the plan names. It counts for the name it was done with. */
export const ContactCheck = Strict({
  department: Type.String(),
  part: ContactPart,
  name: Type.String(),
  at: Instant,
  by: Type.String(),
});

/** Somebody the plan names for a department. */
export const ContactPersonView = Strict({
  part: ContactPart,
  name: Type.String(),
  phone: Nullable(Type.String()),
  /** The member of the room it is, where the plan gives an e-mail address that signs in here. */
  userId: Nullable(Id),
  /** When they were last reached on purpose: here, or the day that the plan itself gives. */
  reachedAt: Nullable(Instant),
  reachedBy: Nullable(Type.String()),
  /** Nobody has reached them for as long as the linter lets a contact go unverified. */
  stale: Type.Boolean(),
});

export const ContactView = Strict({
  department: Type.String(),
  name: Type.String(),
  clause: Type.String(),
  channels: Type.Array(ReachBy),
  /** The calendar of its hours. */
  hours: Type.String(),
  /** Whether the hours of primary and deputy run now. */
  open: Type.Boolean(),
  people: Type.Array(ContactPersonView),
});

/** Shifts from a week ago on, earliest first. */
export const DutyView = Strict({
  now: Instant,
  onDuty: Type.Array(Id),
  shifts: Type.Array(ShiftView),
  contacts: Type.Array(ContactView),
});

export type ShiftView = Static<typeof ShiftView>;
export type ContactPart = Static<typeof ContactPart>;
export type ContactCheck = Static<typeof ContactCheck>;
export type ContactView = Static<typeof ContactView>;
export type DutyView = Static<typeof DutyView>;
