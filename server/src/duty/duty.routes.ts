// Addresses of the roster and of the contacts.
import type { Deps } from '../deps.ts';
import { type Mounting, mount } from '../http/mount.ts';
import { cancelShift, contactReached, handOver, planShift, readDuty } from './duty.service.ts';

export function dutyRoutes(mounting: Mounting, deps: Deps): void {
  mount(mounting, 'duty', async ({ params }) => readDuty(deps, params.roomId));
  mount(mounting, 'planShift', async ({ params, body, actor, operationId }) => ({
    shift: await planShift(deps, actor, { ...params, ...body, operationId }),
  }));
  mount(mounting, 'cancelShift', async ({ params, actor, operationId }) => {
    await cancelShift(deps, actor, { ...params, operationId });
    return { ok: true };
  });
  mount(mounting, 'handOver', async ({ params, body, actor, operationId }) => ({
    shift: await handOver(deps, actor, { ...params, ...body, operationId }),
  }));
  mount(mounting, 'contactReached', async ({ params, body, actor, operationId }) => ({
    check: await contactReached(deps, actor, { ...params, ...body, operationId }),
  }));
}
