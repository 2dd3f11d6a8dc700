// Addresses of rooms: list, open, level, accounts.

import { createHash } from 'node:crypto';
import type { Deps } from '../deps.ts';
import { type Mounting, mount } from '../http/mount.ts';
import { Problem } from '../http/problems.ts';
import { addAccount, openRoom, roomsOf } from './rooms.service.ts';

/** Roles a person who opens a room begins with; they give themselves and others what else is needed. */
const FOUNDER = ['administrator', 'commander'];

export function roomRoutes(mounting: Mounting, deps: Deps): void {
  mount(mounting, 'rooms', async ({ caller }) => ({
    rooms: caller.kind === 'person' ? await roomsOf(deps, caller.person.userId) : [],
  }));
  mount(mounting, 'openRoom', async ({ caller, body, operationId }) => {
    if (caller.kind !== 'person') throw new Problem('not-allowed');
    const { userId, name } = caller.person;
    const actor = { kind: 'person' as const, id: userId, name, roles: [] };
    const roomId = `room_${createHash('sha256').update(`${userId} ${operationId}`).digest('hex').slice(0, 26)}`;
    return {
      room: await openRoom(
        deps,
        actor,
        { ...body, kind: 'live', roomId, members: [{ userId, name, roles: FOUNDER, hue: 0 }] },
        operationId,
      ),
    };
  });
  mount(mounting, 'addAccount', async ({ params, body, actor, operationId }) =>
    addAccount(deps, actor, { ...params, ...body, operationId }),
  );
}
