// Addresses of a card: look at it, assess, take, assign, move.

import type { Deps } from '../deps.ts';
import { type Mounting, mount } from '../http/mount.ts';
import { agreeBreakGlass, askBreakGlass, reviewBreakGlass } from './break-glass.service.ts';
import { assessCard, cardPage, seePosts } from './cards.service.ts';
import { tickItem } from './checking.service.ts';
import { recordFollowUp } from './going-private.ts';
import { moveCard, moveCards } from './moving.service.ts';
import { assignCard, assignCards, takeCard } from './owning.service.ts';
import { notePrivately, privateTalk, redactPrivately } from './private-talk.service.ts';
import { setRemedy } from './remedies.service.ts';

export function cardRoutes(mounting: Mounting, deps: Deps): void {
  mount(mounting, 'card', async ({ params }) => cardPage(deps, params));
  mount(mounting, 'assessCard', async ({ params, body, actor, operationId }) =>
    assessCard(deps, actor, { ...params, operationId }, body),
  );
  mount(mounting, 'takeCard', async ({ params, body, actor, operationId }) =>
    takeCard(deps, actor, { ...params, operationId }, body.over === true),
  );
  mount(mounting, 'assignCard', async ({ params, body, actor, operationId }) =>
    assignCard(deps, actor, { ...params, operationId }, body.userId),
  );
  mount(mounting, 'moveCard', async ({ params, body, actor, operationId }) => {
    // A token is always the API, whatever it says; of a person only the three doors of the page are believed.
    const said = body.via === 'drag' || body.via === 'keyboard' || body.via === 'panel' ? body.via : 'api';
    const via = actor.kind === 'token' ? 'api' : said;
    return moveCard(deps, actor, { ...params, ...body, via, operationId });
  });
  mount(mounting, 'moveCards', async ({ params, body, actor, operationId }) => ({
    outcomes: await moveCards(deps, actor, { ...params, ...body, operationId }),
  }));
  mount(mounting, 'assignCards', async ({ params, body, actor, operationId }) => ({
    outcomes: await assignCards(deps, actor, { ...params, ...body, operationId }),
  }));
  mount(mounting, 'seePosts', async ({ params, body, actor, operationId }) =>
    seePosts(deps, actor, { ...params, operationId }, body.count),
  );
  mount(mounting, 'setRemedy', async ({ params, body, actor, operationId }) =>
    setRemedy(deps, actor, { ...params, operationId }, body),
  );
  mount(mounting, 'tickItem', async ({ params, body, actor, operationId }) =>
    tickItem(deps, actor, { ...params, operationId }, body),
  );
  mount(mounting, 'askBreakGlass', async ({ params, body, actor, operationId }) =>
    askBreakGlass(deps, actor, { ...params, operationId }, body),
  );
  mount(mounting, 'agreeBreakGlass', async ({ params, body, actor, operationId }) =>
    agreeBreakGlass(deps, actor, { ...params, operationId }, body),
  );
  mount(mounting, 'reviewBreakGlass', async ({ params, body, actor, operationId }) =>
    reviewBreakGlass(deps, actor, { ...params, operationId }, body),
  );
  mount(mounting, 'followUp', async ({ params, body, actor, operationId }) =>
    recordFollowUp(deps, actor, { ...params, operationId }, body),
  );
  mount(mounting, 'privateTalk', async ({ params, actor, reply }) => {
    void reply.header('cache-control', 'no-store');
    return privateTalk(deps, actor, params);
  });
  mount(mounting, 'notePrivately', async ({ params, body, actor, operationId }) =>
    notePrivately(deps, actor, { ...params, operationId }, body),
  );
  mount(mounting, 'redactPrivately', async ({ params, body, actor, operationId }) =>
    redactPrivately(deps, actor, { ...params, operationId }, body.entryId),
  );
}
