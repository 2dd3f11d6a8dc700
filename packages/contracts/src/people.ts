// Who acts: people, tokens and the system, and the roles they hold in a room.
import { type Static, Type } from 'typebox';
import { Id, Nullable, Strict } from './shapes.ts';

/** Whoever makes a change. Comes from the session, the token or the server itself, never from a request body. */
export const Actor = Strict({
  kind: Type.Union([Type.Literal('person'), Type.Literal('token'), Type.Literal('system')]),
  id: Id,
  name: Type.String(),
  /** The playbook's role ids this actor holds in the room. */
  roles: Type.Array(Type.String()),
});

/** A member of a room as others see them. `hue` (0..7) picks the caret and avatar colour. */
export const PersonView = Strict({
  userId: Id,
  name: Type.String(),
  roles: Type.Array(Type.String()),
  hue: Type.Integer({ minimum: 0, maximum: 7 }),
});

export const Me = Strict({
  userId: Id,
  name: Type.String(),
  email: Type.String(),
  /** May create rooms and people on this installation. */
  admin: Type.Boolean(),
});

/** One-click sign-in offered by a rehearsal only. */
export const Persona = Strict({
  id: Id,
  name: Type.String(),
  title: Type.String(),
  says: Type.String(),
  roles: Type.Array(Type.String()),
});

export const TokenView = Strict({
  id: Id,
  name: Type.String(),
  roles: Type.Array(Type.String()),
  createdAt: Type.String(),
  revokedAt: Nullable(Type.String()),
});

export type Actor = Static<typeof Actor>;
export type PersonView = Static<typeof PersonView>;
export type Me = Static<typeof Me>;
export type Persona = Static<typeof Persona>;
export type TokenView = Static<typeof TokenView>;
