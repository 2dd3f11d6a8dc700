// Addresses of sign-in, people and tokens.
import type { Me } from '@rejoinder/contracts/people';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import type { FastifyReply } from 'fastify';
import type { Deps } from '../deps.ts';
import { createLimit, SET_UP_BY_NETWORK } from '../http/limits.ts';
import { type Mounting, mount } from '../http/mount.ts';
import { Problem } from '../http/problems.ts';
import { endSessions, listTokens, makeToken, revokeToken, setRoles, setUp } from './people.service.ts';
import type { Caller, Sessions } from './session.ts';

/** `playbookOf` gives the plan a room runs; who may hold which role is its matter. */
export function peopleRoutes(
  mounting: Mounting,
  deps: Deps,
  sessions: Sessions,
  playbookOf: (roomId: string) => Promise<Playbook>,
): void {
  mount(
    mounting,
    'setUp',
    async ({ body, reply }) => {
      const userId = await setUp(deps, body);
      await signInNow(deps, reply, body.email, body.password);
      return { me: { userId, name: body.name, email: body.email.toLowerCase(), admin: true } };
    },
    createLimit(mounting.app, SET_UP_BY_NETWORK),
  );
  mount(mounting, 'me', async ({ caller }) => ({ me: meOf(caller) }));
  mount(mounting, 'invite', async ({ body }) => ({
    userId: await deps.signIn.createPerson({ ...body, admin: false }),
  }));
  mount(mounting, 'endSessions', async ({ params }) => {
    await endSessions(deps, sessions, params.userId);
    return { ok: true };
  });
  mount(mounting, 'members', async ({ params, body, actor, operationId }) => {
    await setRoles(deps, sessions, actor, await playbookOf(params.roomId), { ...params, ...body, operationId });
    return { ok: true };
  });
  mount(mounting, 'tokens', async ({ params }) => ({ tokens: await listTokens(deps, params.roomId) }));
  mount(mounting, 'makeToken', async ({ params, body, actor, operationId }) =>
    makeToken(deps, actor, await playbookOf(params.roomId), { ...params, ...body, operationId }),
  );
  mount(mounting, 'revokeToken', async ({ params, actor, operationId }) => {
    await revokeToken(deps, actor, { ...params, operationId });
    return { ok: true };
  });
}

/** Signs in by password and hands the cookies to the browser. */
export async function signInNow(deps: Deps, reply: FastifyReply, email: string, password: string): Promise<void> {
  void reply.header('set-cookie', await deps.signIn.cookiesFor(email, password));
}

function meOf(caller: Caller): Me {
  if (caller.kind !== 'person')
    throw new Problem('not-allowed', 'A token is not a person. Use it on the addresses of its room.');
  const { userId, name, email, admin } = caller.person;
  return { userId, name, email, admin };
}
