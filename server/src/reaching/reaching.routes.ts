// Addresses of how people are reached: one's own choice, the room's channels, and what became of messages.
import type { Deps } from '../deps.ts';
import { createLimit, TESTS_BY_NETWORK } from '../http/limits.ts';
import { type Mounting, mount } from '../http/mount.ts';
import { Problem } from '../http/problems.ts';
import type { Caller } from '../people/session.ts';
import { addDevice, chooseReach, readOwnReach, removeDevice, type Self, testOwnReach } from './own-reach.service.ts';
import type { Posts } from './posts.ts';
import { dropChannel, readMessagesAbout, readRoomReach, setChannel, testChannel } from './room-reach.service.ts';

export function reachRoutes(mounting: Mounting, deps: Deps, posts: Posts): void {
  const limit = createLimit(mounting.app, TESTS_BY_NETWORK);
  const reachOf = async (self: Self) => ({ reach: await readOwnReach(deps, posts, self) });
  mount(mounting, 'ownReach', ({ caller }) => reachOf(selfOf(caller)));
  mount(mounting, 'chooseReach', async ({ caller, body }) => {
    await chooseReach(deps, selfOf(caller), body);
    return reachOf(selfOf(caller));
  });
  mount(mounting, 'addDevice', async ({ caller, body }) => {
    await addDevice(deps, selfOf(caller), body);
    return reachOf(selfOf(caller));
  });
  mount(mounting, 'removeDevice', async ({ caller, params }) => {
    await removeDevice(deps, selfOf(caller), params.deviceId);
    return reachOf(selfOf(caller));
  });
  mount(
    mounting,
    'testOwnReach',
    async ({ caller, body }) => {
      const test = await testOwnReach(deps, posts, selfOf(caller), body.way);
      return { test, ...(await reachOf(selfOf(caller))) };
    },
    limit,
  );
  mount(mounting, 'roomReach', ({ params }) => readRoomReach(deps, params.roomId));
  mount(mounting, 'messagesAbout', ({ params }) => readMessagesAbout(deps, params.roomId, params.aboutId));
  mount(mounting, 'setChannel', ({ params, body, actor, operationId }) =>
    setChannel(deps, actor, { ...params, ...body, operationId }),
  );
  mount(mounting, 'dropChannel', async ({ params, actor, operationId }) => {
    await dropChannel(deps, actor, { ...params, operationId });
    return { ok: true };
  });
  mount(
    mounting,
    'testChannel',
    ({ params, body, actor }) => testChannel(deps, posts, actor, { ...params, ...body }),
    limit,
  );
}

function selfOf(caller: Caller): Self {
  if (caller.kind !== 'person') throw new Problem('not-allowed', 'A token is not a person and cannot be reached.');
  const { userId, name, email } = caller.person;
  return { userId, name, email };
}
