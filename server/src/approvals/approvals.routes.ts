// Addresses of sign-offs.
import type { Deps } from '../deps.ts';
import { type Mounting, mount } from '../http/mount.ts';
import { sendBack, sign } from './approvals.service.ts';
import { recordFact } from './facts.service.ts';

export function approvalRoutes(mounting: Mounting, deps: Deps): void {
  mount(mounting, 'sign', async ({ params, body, actor, operationId }) =>
    sign(deps, actor, { ...params, operationId }, body),
  );
  mount(mounting, 'recordFact', async ({ params, body, actor, operationId }) =>
    recordFact(deps, actor, { ...params, operationId }, body),
  );
  mount(mounting, 'sendBack', async ({ params, body, actor, operationId }) =>
    sendBack(deps, actor, { ...params, operationId }, body.reason),
  );
}
