// Addresses of comments on a reply's words, and of what a person is told.
import type { Deps } from '../deps.ts';
import { type Mounting, mount } from '../http/mount.ts';
import { addComment, answerComment, readComments, resolveComment } from './comments.service.ts';
import { noteRead, readOwnNotices } from './notices.service.ts';

export function commentRoutes(mounting: Mounting, deps: Deps): void {
  mount(mounting, 'comments', async ({ params }) => readComments(deps, params));
  mount(mounting, 'addComment', async ({ params, body, actor, operationId }) =>
    addComment(deps, actor, { ...params, operationId }, body),
  );
  mount(mounting, 'answerComment', async ({ params, body, actor, operationId }) =>
    answerComment(deps, actor, { ...params, operationId }, body),
  );
  mount(mounting, 'resolveComment', async ({ params, body, actor, operationId }) =>
    resolveComment(deps, actor, { ...params, operationId }, body),
  );
  mount(mounting, 'notices', async ({ params, actor }) => readOwnNotices(deps, params.roomId, actor));
  mount(mounting, 'readNotices', async ({ params, body, actor, operationId }) =>
    noteRead(deps, actor, { ...params, ...body, operationId }),
  );
}
