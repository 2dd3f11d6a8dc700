// Routes of sign-in, people and tokens.
import { Type } from 'typebox';
import { Me, Persona, TokenView } from './people.ts';
import { inRoom, Ok, route } from './route.ts';
import { Id, Nullable, Strict } from './shapes.ts';

export const PEOPLE_ROUTES = {
  health: route({
    method: 'GET',
    path: '/api/health',
    access: 'anyone',
    says: 'Ready, or why not.',
    reply: Strict({ ready: Type.Boolean(), says: Type.String(), checks: Type.Record(Type.String(), Type.String()) }),
  }),
  installation: route({
    method: 'GET',
    path: '/api/installation',
    access: 'anyone',
    says: 'What a first visitor needs: whether this is a rehearsal, its personas, and whether an administrator exists.',
    reply: Strict({
      rehearsal: Type.Boolean(),
      needsSetUp: Type.Boolean(),
      personas: Type.Array(Persona),
      version: Type.String(),
      protocol: Type.Integer(),
      /** After a restore nothing is sent and no source is read until an administrator says go. */
      onHold: Nullable(Strict({ since: Type.String(), why: Type.String() })),
    }),
  }),
  endHold: route({
    method: 'POST',
    path: '/api/installation/go',
    access: 'admin',
    says: 'End the hold after a restore: publishing and sources go on. What may have been sent since the backup stays unknown.',
    body: Strict({}),
    reply: Ok,
  }),
  setUp: route({
    method: 'POST',
    path: '/api/set-up',
    access: 'anyone',
    says: 'Create the first administrator with the one-time code printed at the first start.',
    body: Strict({
      code: Type.String({ maxLength: 200 }),
      name: Type.String({ minLength: 1, maxLength: 100 }),
      email: Type.String({ format: 'email', maxLength: 200 }),
      password: Type.String({ minLength: 10, maxLength: 200 }),
    }),
    reply: Strict({ me: Me }),
  }),
  becomePersona: route({
    method: 'POST',
    path: '/api/personas/:personaId/sign-in',
    access: 'anyone',
    says: 'Sign in as a persona of the rehearsal. Only a rehearsal installation has any.',
    params: Strict({ personaId: Id }),
    reply: Strict({ me: Me }),
  }),
  me: route({
    method: 'GET',
    path: '/api/me',
    access: 'signed-in',
    says: 'Who is signed in.',
    reply: Strict({ me: Me }),
  }),

  members: route({
    method: 'PUT',
    path: '/api/rooms/:roomId/members',
    access: { ability: 'manage_people' },
    says: 'Give someone roles in the room; an empty list removes them. Their sockets are closed and judged anew.',
    params: inRoom,
    body: Strict({
      email: Type.String({ format: 'email', maxLength: 200 }),
      roles: Type.Array(Type.String({ maxLength: 40 }), { maxItems: 20 }),
    }),
    reply: Ok,
  }),
  invite: route({
    method: 'POST',
    path: '/api/people',
    access: 'admin',
    says: 'Create an account for a person, with a first password they must be told.',
    body: Strict({
      name: Type.String({ minLength: 1, maxLength: 100 }),
      email: Type.String({ format: 'email', maxLength: 200 }),
      password: Type.String({ minLength: 10, maxLength: 200 }),
    }),
    reply: Strict({ userId: Id }),
  }),
  endSessions: route({
    method: 'DELETE',
    path: '/api/people/:userId/sessions',
    access: 'admin',
    says: 'End every session of a person, sockets included.',
    params: Strict({ userId: Id }),
    reply: Ok,
  }),
  tokens: route({
    method: 'GET',
    path: '/api/rooms/:roomId/tokens',
    access: { ability: 'manage_people' },
    says: 'API tokens of the room, without their secrets.',
    params: inRoom,
    reply: Strict({ tokens: Type.Array(TokenView) }),
  }),
  makeToken: route({
    method: 'POST',
    path: '/api/rooms/:roomId/tokens',
    access: { ability: 'manage_people' },
    says: 'Make an API token that acts with roles of its own. The secret is shown once.',
    params: inRoom,
    body: Strict({
      name: Type.String({ minLength: 1, maxLength: 100 }),
      roles: Type.Array(Type.String({ maxLength: 40 }), { minItems: 1, maxItems: 20 }),
    }),
    reply: Strict({ token: TokenView, secret: Type.String() }),
  }),
  revokeToken: route({
    method: 'DELETE',
    path: '/api/rooms/:roomId/tokens/:tokenId',
    access: { ability: 'manage_people' },
    says: 'Revoke a token at once.',
    params: Strict({ roomId: Id, tokenId: Id }),
    reply: Ok,
  }),
} as const;
