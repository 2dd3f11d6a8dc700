// Addresses of publishing: queue the signed words, settle what nobody knows.
import type { Deps } from '../deps.ts';
import { type Mounting, mount } from '../http/mount.ts';
import { publish, settle } from './publishing.service.ts';

export function publishingRoutes(mounting: Mounting, deps: Deps): void {
  mount(mounting, 'publish', async ({ params, body, actor, operationId }) =>
    publish(deps, actor, { ...params, operationId }, body.fingerprint),
  );
  mount(mounting, 'settle', async ({ params, body, actor, operationId }) =>
    settle(deps, actor, { ...params, operationId }, body),
  );
}
