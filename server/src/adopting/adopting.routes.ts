// Addresses of the plan a room runs: read, check, see what another would do, take it, go back, confirm reading.
import type { Deps } from '../deps.ts';
import { asTaken } from '../http/as-taken.ts';
import { type Mounting, mount } from '../http/mount.ts';
import { adoptPlan, previewPlan, rollBackPlan } from './adopting.service.ts';
import { confirmReading, lintText, planOf, planVersion, planVersions } from './versions.service.ts';

export function adoptingRoutes(mounting: Mounting, deps: Deps): void {
  mount(mounting, 'playbook', async ({ params, request, reply }) =>
    asTaken(request, reply, await planOf(deps, params.roomId)),
  );
  mount(mounting, 'lintPlaybook', async ({ body }) => lintText(body.text, deps.now()));
  mount(mounting, 'planVersions', async ({ params }) => ({ versions: await planVersions(deps.db, params.roomId) }));
  mount(mounting, 'planVersion', async ({ params }) =>
    planVersion(deps, params.roomId, params.playbookId, Number(params.version)),
  );
  mount(mounting, 'previewPlaybook', async ({ params, body }) => previewPlan(deps, params.roomId, body.text));
  mount(mounting, 'adoptPlaybook', async ({ params, body, actor, operationId }) => ({
    room: await adoptPlan(deps, actor, { ...params, ...body, operationId }),
  }));
  mount(mounting, 'rollBackPlaybook', async ({ params, body, actor, operationId }) => ({
    room: await rollBackPlan(deps, actor, { ...params, ...body, operationId }),
  }));
  mount(mounting, 'confirmReading', async ({ params, body, actor, operationId }) => ({
    versions: await confirmReading(deps, actor, { ...params, ...body, operationId }),
  }));
}
