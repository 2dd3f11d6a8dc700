// Addresses of publishing: queue the signed words, settle what nobody knows.
import type { Deps } from '../deps.ts';
import { type Mounting, mount } from '../http/mount.ts';
import { cancelReply } from './cancelling.service.ts';
import { correctReply } from './correcting.service.ts';
import { mendAccount } from './mending.service.ts';
import { publish, settle } from './publishing.service.ts';
import { endHold } from './restoring.service.ts';
import type { Subjects } from './subject.ts';

export function publishingRoutes(mounting: Mounting, deps: Deps, subjects: Subjects): void {
  mount(mounting, 'publish', async ({ params, body, actor, operationId }) =>
    publish(deps, actor, { ...params, operationId }, body),
  );
  mount(mounting, 'settle', async ({ params, body, actor, operationId }) =>
    settle(deps, actor, { ...params, operationId }, body),
  );
  mount(mounting, 'cancelReply', async ({ params, body, actor, operationId }) =>
    cancelReply(deps, actor, { ...params, operationId }, body),
  );
  mount(mounting, 'endHold', async ({ caller }) => {
    await endHold(deps, { name: caller.kind === 'person' ? caller.person.name : '' });
    return { ok: true };
  });
  mount(mounting, 'correctReply', async ({ params, body, actor, operationId }) =>
    correctReply(deps, actor, { ...params, operationId }, body),
  );
  mount(mounting, 'mendAccount', async ({ params, body, actor, operationId }) =>
    mendAccount(deps, subjects, actor, { ...params, ...body, operationId }),
  );
}
