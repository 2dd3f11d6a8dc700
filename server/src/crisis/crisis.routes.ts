// Addresses of the crisis: its level, its state, updates, freeze, statements and log.
import type { Deps } from '../deps.ts';
import { type Mounting, mount } from '../http/mount.ts';
import { declareCrisis, stepCrisis } from './crisis.service.ts';
import { crisisPage, setBaseline, setRetrospective } from './crisis-page.service.ts';
import { confirmFreeze, freezeItem, releaseItem } from './freeze.service.ts';
import { setLevel } from './level.service.ts';
import { previewLevel } from './level-preview.service.ts';
import { crisisLog, noteCrisis } from './log.service.ts';
import { breakGlassStatement, reviewStatementGlass } from './statement-glass.service.ts';
import { cancelStatement, publishStatement, settleStatement } from './statement-posting.service.ts';
import { postStatement } from './statement-stands.service.ts';
import { listStatements, prepareStatement, signStatement } from './statements.service.ts';
import { postUpdate } from './updates.service.ts';

export function crisisRoutes(mounting: Mounting, deps: Deps): void {
  mount(mounting, 'setLevel', async ({ params, body, actor, operationId }) => ({
    room: await setLevel(deps, actor, { ...params, ...body, operationId }),
  }));
  mount(mounting, 'previewLevel', async ({ params, query }) => ({
    preview: await previewLevel(deps, params.roomId, query.level),
  }));
  mount(mounting, 'crisis', async ({ params }) => crisisPage(deps, params.roomId));
  mount(mounting, 'declareCrisis', async ({ params, body, actor, operationId }) => ({
    room: await declareCrisis(deps, actor, { ...params, operationId }, body),
  }));
  mount(mounting, 'stepCrisis', async ({ params, body, actor, operationId }) => ({
    room: await stepCrisis(deps, actor, { ...params, operationId }, body),
  }));
  mount(mounting, 'postUpdate', async ({ params, body, actor, operationId }) =>
    postUpdate(deps, actor, { ...params, operationId }, body),
  );
  mount(mounting, 'confirmFreeze', async ({ params, actor, operationId }) => ({
    room: await confirmFreeze(deps, actor, { ...params, operationId }),
  }));
  mount(mounting, 'freezeItem', async ({ params, body, actor, operationId }) =>
    freezeItem(deps, actor, { ...params, operationId }, body),
  );
  mount(mounting, 'releaseItem', async ({ params, body, actor, operationId }) =>
    releaseItem(deps, actor, { ...params, operationId }, { itemId: params.itemId, ...body }),
  );
  mount(mounting, 'setRetrospective', async ({ params, body, actor, operationId }) => ({
    room: await setRetrospective(deps, actor, { ...params, operationId }, body.at),
  }));
  mount(mounting, 'setBaseline', async ({ params, body, actor, operationId }) => ({
    room: await setBaseline(deps, actor, { ...params, operationId }, body),
  }));
  mount(mounting, 'statements', async ({ params }) => listStatements(deps, params.roomId));
  mount(mounting, 'prepareStatement', async ({ params, body, actor, operationId }) =>
    prepareStatement(deps, actor, { ...params, operationId }, body),
  );
  mount(mounting, 'signStatement', async ({ params, body, actor, operationId }) =>
    signStatement(deps, actor, { ...params, operationId }, body),
  );
  mount(mounting, 'breakGlassStatement', async ({ params, body, actor, operationId }) =>
    breakGlassStatement(deps, actor, { ...params, operationId }, body),
  );
  mount(mounting, 'postStatement', async ({ params, body, actor, operationId }) =>
    postStatement(deps, actor, { ...params, operationId }, body),
  );
  mount(mounting, 'publishStatement', async ({ params, body, actor, operationId }) =>
    publishStatement(deps, actor, { ...params, operationId }, body),
  );
  mount(mounting, 'cancelStatement', async ({ params, body, actor, operationId }) =>
    cancelStatement(deps, actor, { ...params, operationId }, body),
  );
  mount(mounting, 'settleStatement', async ({ params, body, actor, operationId }) =>
    settleStatement(deps, actor, { ...params, operationId }, body),
  );
  mount(mounting, 'reviewStatementGlass', async ({ params, body, actor, operationId }) =>
    reviewStatementGlass(deps, actor, { ...params, operationId }, body),
  );
  mount(mounting, 'crisisLog', async ({ params, query }) => crisisLog(deps, params.roomId, query));
  mount(mounting, 'noteCrisis', async ({ params, body, actor, operationId }) =>
    noteCrisis(deps, actor, { ...params, operationId }, body),
  );
}
