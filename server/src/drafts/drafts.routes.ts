// Addresses of a draft: start it, read its exact words, look back at its life. Typing goes over the draft socket.
import type { Deps } from '../deps.ts';
import { type Mounting, mount } from '../http/mount.ts';
import { readAsides, settleAside } from './aside.service.ts';
import { draftText, startDraft } from './drafts.service.ts';
import { draftHistory, draftWriters, restoreDraft } from './history.service.ts';
import { pictureRoutes } from './pictures.routes.ts';
import { planDraft, startPlanDraft } from './plan-draft.service.ts';

export function draftRoutes(mounting: Mounting, deps: Deps): void {
  mount(mounting, 'startDraft', async ({ params, body, actor, operationId }) =>
    startDraft(deps, actor, { ...params, operationId }, body.anew === true),
  );
  mount(mounting, 'draftText', async ({ params, actor }) => draftText(deps, params, actor));
  mount(mounting, 'draftHistory', async ({ params, query }) => draftHistory(deps, params, query.generation));
  mount(mounting, 'draftWriters', async ({ params }) => draftWriters(deps, params));
  mount(mounting, 'restoreDraft', async ({ params, body, actor, operationId }) =>
    restoreDraft(deps, actor, { ...params, operationId }, body),
  );
  mount(mounting, 'setAside', async ({ params, actor }) => readAsides(deps, actor, params));
  mount(mounting, 'settleAside', async ({ params, body, actor, operationId }) =>
    settleAside(deps, actor, { ...params, operationId }, body.how),
  );
  pictureRoutes(mounting, deps);
  mount(mounting, 'planDraft', async ({ params }) => ({ draft: await planDraft(deps.db, params.roomId) }));
  mount(mounting, 'startPlanDraft', async ({ params, body, actor, operationId }) => ({
    draft: await startPlanDraft(deps, actor, { ...params, ...body, operationId }),
  }));
}
