// Addresses of the crisis: its level, and what another level would do.
import type { Deps } from '../deps.ts';
import { type Mounting, mount } from '../http/mount.ts';
import { setLevel } from './level.service.ts';
import { previewLevel } from './level-preview.service.ts';

export function crisisRoutes(mounting: Mounting, deps: Deps): void {
  mount(mounting, 'setLevel', async ({ params, body, actor, operationId }) => ({
    room: await setLevel(deps, actor, { ...params, ...body, operationId }),
  }));
  mount(mounting, 'previewLevel', async ({ params, query }) => ({
    preview: await previewLevel(deps, params.roomId, query.level),
  }));
}
