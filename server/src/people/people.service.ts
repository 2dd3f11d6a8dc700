// People of an installation and members of a room: set-up, accounts, roles, tokens, ending sessions.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Actor, PersonView, TokenView } from '@rejoinder/contracts/people';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import type { Row } from '../db/tables.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../http/problems.ts';
import {
  insertToken,
  lockMembers,
  removeMember,
  revokeToken as revoke,
  tokensOf,
  upsertMember,
} from './people.repository.ts';
import { hashSecret, type Sessions, tokenText } from './session.ts';

/** The one-time code of the set-up link: computed from the installation's key, so that it survives a restart and is stored nowhere. */
export function setUpCode(secretKey: string): string {
  return createHash('sha256').update(`set-up ${secretKey}`).digest('base64url').slice(0, 32);
}

/** Creates the first administrator (PE-4). Works once: as soon as there is one, the link is dead. */
export async function setUp(
  deps: Deps,
  input: { code: string; name: string; email: string; password: string },
): Promise<string> {
  const expected = Buffer.from(setUpCode(deps.config.secretKey));
  const given = Buffer.from(input.code);
  const matches = given.length === expected.length && timingSafeEqual(given, expected);
  const userId = matches ? await deps.signIn.createFirstAdmin(input) : null;
  if (!userId)
    throw new Problem('not-allowed', 'This set-up link is not valid, or it was used already. Sign in instead.');
  return userId;
}

/** Gives someone roles in a room, or removes them with none. Their memory is dropped at once; the sweep closes their sockets. */
export async function setRoles(
  deps: Deps,
  sessions: Sessions,
  actor: Actor,
  playbook: Playbook,
  input: { roomId: string; email: string; roles: string[]; operationId: string },
): Promise<void> {
  const { roomId, email, roles } = input;
  refuseUnknownRoles(playbook, roles);
  const person = await deps.signIn.findByEmail(email);
  if (!person)
    throw new Problem('not-valid', 'There is no account with this e-mail. An administrator creates it first.', [
      { path: '/email', says: 'no account' },
    ]);
  await deps.events.change(
    { roomId, actor, operationId: input.operationId, request: JSON.stringify(['roles', email, roles]) },
    async ({ tx, now, log }) => {
      const everyone = await lockMembers(tx, roomId);
      const known = everyone.find((m) => m.user_id === person.userId);
      if (isLastManager(playbook, everyone, person.userId, roles))
        throw new Problem('not-valid', 'Someone must remain who can manage people in this room.', [
          { path: '/roles', says: 'would leave nobody to manage people' },
        ]);
      if (roles.length === 0) {
        if (!known) return;
        await removeMember(tx, roomId, person.userId);
        log({ type: 'person.left', data: { userId: person.userId } });
        return;
      }
      const view: PersonView = {
        userId: person.userId,
        name: person.name,
        roles,
        hue: known?.hue ?? everyone.length % 8,
      };
      await upsertMember(tx, {
        room_id: roomId,
        user_id: view.userId,
        name: view.name,
        roles,
        hue: view.hue,
        joined_at: now,
      });
      log(
        known
          ? { type: 'person.rolesChanged', data: { person: view } }
          : { type: 'person.joined', data: { person: view } },
      );
    },
  );
  sessions.forget(person.userId);
}

function isLastManager(playbook: Playbook, members: Row<'members'>[], userId: string, roles: string[]): boolean {
  const manages = (held: string[]): boolean =>
    playbook.roles.some((role) => held.includes(role.id) && role.may.includes('manage_people'));
  const others = members.some((m) => m.user_id !== userId && manages(m.roles));
  const was = members.some((m) => m.user_id === userId && manages(m.roles));
  return was && !others && !manages(roles);
}

function refuseUnknownRoles(playbook: Playbook, roles: string[]): void {
  const unknown = roles.filter((id) => !playbook.roles.some((role) => role.id === id));
  if (unknown.length > 0)
    throw new Problem(
      'not-valid',
      `The playbook has no role ${unknown.join(', ')}. It has: ${playbook.roles.map((r) => r.id).join(', ')}.`,
      [{ path: '/roles', says: 'unknown role' }],
    );
}

/** Makes a token that acts with roles of its own (MV-14). The text is shown once; only a hash is kept. */
export async function makeToken(
  deps: Deps,
  actor: Actor,
  playbook: Playbook,
  input: { roomId: string; name: string; roles: string[]; operationId: string },
): Promise<{ token: TokenView; secret: string }> {
  refuseUnknownRoles(playbook, input.roles);
  return deps.events.change(
    {
      roomId: input.roomId,
      actor,
      operationId: input.operationId,
      request: JSON.stringify(['token', input.name, input.roles]),
      secret: true,
    },
    async ({ tx, now, log }) => {
      const secret = randomBytes(32).toString('base64url');
      const row = {
        room_id: input.roomId,
        token_id: deps.newId('tok'),
        name: input.name,
        roles: input.roles,
        secret_hash: hashSecret(secret),
        created_at: now,
        revoked_at: null,
      };
      await insertToken(tx, row);
      log({ type: 'token.made', data: { tokenId: row.token_id, name: row.name, roles: row.roles } });
      return { token: asTokenView(row), secret: tokenText(input.roomId, row.token_id, secret) };
    },
  );
}

export async function listTokens(deps: Deps, roomId: string): Promise<TokenView[]> {
  return (await tokensOf(deps.db, roomId)).map(asTokenView);
}

export async function revokeToken(
  deps: Deps,
  actor: Actor,
  input: { roomId: string; tokenId: string; operationId: string },
): Promise<void> {
  await deps.events.change(
    { roomId: input.roomId, actor, operationId: input.operationId, request: `revoke ${input.tokenId}` },
    async ({ tx, now, log }) => {
      if (!(await revoke(tx, input.roomId, input.tokenId, now))) throw new Problem('not-found');
      log({ type: 'token.revoked', data: { tokenId: input.tokenId } });
    },
  );
}

export async function endSessions(deps: Deps, sessions: Sessions, userId: string): Promise<void> {
  await deps.signIn.endSessions(userId);
  sessions.forget(userId);
}

const asTokenView = (row: {
  token_id: string;
  name: string;
  roles: string[];
  created_at: string;
  revoked_at: string | null;
}): TokenView => ({
  id: row.token_id,
  name: row.name,
  roles: row.roles,
  createdAt: row.created_at,
  revokedAt: row.revoked_at,
});
