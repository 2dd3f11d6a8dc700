// Addresses of stories and their fact sheets.
import type { Deps } from '../deps.ts';
import { type Mounting, mount } from '../http/mount.ts';
import { mergeStory, nameStory, splitStory } from './regrouping.service.ts';
import { approveFacts, writeFacts } from './sheets.service.ts';
import { approvedOf, listStories, storyPage } from './story-page.service.ts';

export function storyRoutes(mounting: Mounting, deps: Deps): void {
  mount(mounting, 'stories', async ({ params }) => listStories(deps, params.roomId));
  mount(mounting, 'story', async ({ params }) => storyPage(deps, params.roomId, params.storyId));
  mount(mounting, 'facts', async ({ params }) => approvedOf(deps, params.roomId, params.storyId));
  mount(mounting, 'nameStory', async ({ params, body, actor, operationId }) =>
    nameStory(deps, actor, { ...params, operationId }, body.title),
  );
  mount(mounting, 'mergeStory', async ({ params, body, actor, operationId }) =>
    mergeStory(deps, actor, { ...params, operationId }, body),
  );
  mount(mounting, 'splitStory', async ({ params, body, actor, operationId }) =>
    splitStory(deps, actor, { ...params, operationId }, body),
  );
  mount(mounting, 'writeFacts', async ({ params, body, actor, operationId }) =>
    writeFacts(deps, actor, { ...params, operationId }, body),
  );
  mount(mounting, 'approveFacts', async ({ params, body, actor, operationId }) =>
    approveFacts(deps, actor, { ...params, operationId }, body),
  );
}
