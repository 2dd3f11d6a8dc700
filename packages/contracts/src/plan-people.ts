// Who there is in a written plan: roles, key contacts with their authority, and the levels with what raises them.
import { type Static, Type } from 'typebox';
import { PerLevel } from './guards.ts';
import { Nullable, Strict } from './shapes.ts';

/** The closed list of things a role may be given. */
export const Ability = Type.Union([
  Type.Literal('view'),
  Type.Literal('triage'),
  Type.Literal('own'),
  Type.Literal('draft'),
  Type.Literal('move'),
  Type.Literal('sign'),
  Type.Literal('publish'),
  Type.Literal('settle'),
  Type.Literal('raise_level'),
  Type.Literal('lower_level'),
  Type.Literal('manage_sources'),
  Type.Literal('manage_people'),
  Type.Literal('adopt_playbook'),
  Type.Literal('break_glass'),
]);

/** What somebody may promise alone: up to `money` in the plan's currency, and these kinds of promise. */
export const Authority = Strict({
  money: PerLevel(Type.Number({ minimum: 0 })),
  promises: Type.Array(Type.String()),
});

/** `authority` null: the plan says nothing about what this role may promise. */
export const Role = Strict({
  id: Type.String(),
  name: Type.String(),
  may: Type.Array(Ability),
  authority: Nullable(Authority),
  clause: Type.String(),
});

/** Ways to reach a person, in the order in which they are tried. */
export const ReachBy = Type.Union([
  Type.Literal('board'),
  Type.Literal('push'),
  Type.Literal('chat'),
  Type.Literal('email'),
  Type.Literal('sms'),
  Type.Literal('phone'),
]);

/** A person as the plan names them; `user` is the e-mail address they sign in with, where they do. */
export const ContactPerson = Strict({
  name: Type.String(),
  user: Nullable(Type.String()),
  phone: Nullable(Type.String()),
});

/** Whom to ask in a department. */
export const Contact = Strict({
  department: Type.String(),
  primary: ContactPerson,
  deputy: Nullable(ContactPerson),
  outOfHours: Nullable(ContactPerson),
  channels: Type.Array(ReachBy),
  /** The calendar of the hours in which primary and deputy are asked; outside it `outOfHours` is. */
  hours: Type.String(),
  authority: Nullable(Authority),
  lastVerified: Nullable(Type.String()),
  clause: Type.String(),
});

/** What can be measured and should raise the level. Seconds; `within` null means over the usual window. */
export const Trigger = Type.Union([
  Strict({ on: Type.Literal('volume_over_baseline'), at: Type.Number(), within: Nullable(Type.Integer()) }),
  Strict({ on: Type.Literal('reach'), at: Type.Number(), within: Nullable(Type.Integer()) }),
  Strict({ on: Type.Literal('repeat_posts'), at: Type.Number(), within: Nullable(Type.Integer()) }),
  Strict({ on: Type.Literal('severity'), at: Type.Number(), within: Nullable(Type.Integer()) }),
  Strict({ on: Type.Literal('words'), words: Type.Array(Type.String()) }),
]);

export const Level = Strict({
  level: Type.Integer({ minimum: 1 }),
  name: Type.String(),
  /** What should make people raise to it, in words; triggers are said here too. */
  raisedBy: Type.Array(Type.String()),
  /** What the board can measure of it; it proposes, a person raises. */
  triggers: Type.Array(Trigger),
  mayRaise: Type.Array(Type.String()),
  mayLower: Type.Array(Type.String()),
  /** Seconds at this level before it may be lowered. */
  lowerAfter: Type.Integer({ minimum: 0 }),
  /** How many people it takes to lower it. */
  lowerTakes: Type.Integer({ minimum: 1 }),
  clause: Type.String(),
});

export type Ability = Static<typeof Ability>;
export type Authority = Static<typeof Authority>;
export type Role = Static<typeof Role>;
export type ReachBy = Static<typeof ReachBy>;
export type ContactPerson = Static<typeof ContactPerson>;
export type Contact = Static<typeof Contact>;
export type Trigger = Static<typeof Trigger>;
export type Level = Static<typeof Level>;
