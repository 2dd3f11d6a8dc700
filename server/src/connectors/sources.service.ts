// Sources of a room: adds one, pauses and resumes it, shows its state.
import type { Actor } from '@rejoinder/contracts/people';
import type { SourceKind, SourceView } from '@rejoinder/contracts/rooms';
import type { Deps } from '../deps.ts';
import { checkUrl } from '../http/egress.ts';
import { Problem } from '../http/problems.ts';
import { newWebhookSecret, roomContext } from '../rooms/rooms.service.ts';
import { asSourceView, findSource, insertSource, sourcesOf, updateSource } from './sources.repository.ts';

export type NewSource = {
  roomId: string;
  kind: SourceKind;
  name: string;
  url?: string | undefined;
  everySeconds?: number | undefined;
  operationId: string;
};

export async function listSources(deps: Deps, roomId: string): Promise<SourceView[]> {
  return (await sourcesOf(deps.db, roomId)).map((row) => asSourceView(row, deps.config.publicOrigin));
}

/** Adds a webhook or a feed; the secret of a webhook is answered once and kept sealed. */
export async function addSource(
  deps: Deps,
  actor: Actor,
  input: NewSource,
): Promise<{ source: SourceView; secret: string | null }> {
  const { roomId, kind, name } = input;
  if (kind !== 'webhook' && kind !== 'feed')
    throw new Problem('not-valid', 'Add a webhook or a feed. An import is started by sending its file.', [
      { path: '/kind', says: 'webhook or feed' },
    ]);
  const url = kind === 'feed' ? readFeedUrl(input.url) : null;
  return deps.events.change(
    {
      roomId,
      actor,
      operationId: input.operationId,
      request: JSON.stringify(['addSource', kind, name, url, input.everySeconds ?? null]),
      secret: true,
    },
    async ({ tx, now, log }) => {
      await roomContext(tx, roomId);
      const sourceId = deps.newId('src');
      const secret = kind === 'webhook' ? newWebhookSecret() : null;
      const row = {
        room_id: roomId,
        source_id: sourceId,
        kind,
        name,
        state: 'running' as const,
        url,
        secret_sealed: secret && deps.sealer.seal(secret, sourceId),
        every_seconds: input.everySeconds ?? 300,
        cursor: null,
        next_poll_at: kind === 'feed' ? now : null,
        last_item_at: null,
        last_checked_at: null,
        received: 0,
        says: null,
      };
      await insertSource(tx, row);
      log({ type: 'source.added', data: { source: { id: sourceId, kind, name, state: 'running' } } });
      return { source: asSourceView({ ...row, cursor: null }, deps.config.publicOrigin), secret };
    },
  );
}

export async function setSourceState(
  deps: Deps,
  actor: Actor,
  input: { roomId: string; sourceId: string; state: 'running' | 'paused'; operationId: string },
): Promise<SourceView> {
  const { roomId, sourceId, state } = input;
  return deps.events.change(
    { roomId, actor, operationId: input.operationId, request: JSON.stringify(['sourceState', sourceId, state]) },
    async ({ tx, now, log }) => {
      const source = await findSource(tx, roomId, sourceId);
      if (!source) throw new Problem('not-found');
      if (source.kind === 'import')
        throw new Problem('not-valid', 'An import is not paused or resumed; send its file again instead.');
      await updateSource(tx, roomId, sourceId, {
        state,
        says: null,
        ...(state === 'running' && source.kind === 'feed' ? { next_poll_at: now } : {}),
      });
      const { kind, name } = source;
      if (source.state !== state)
        log({ type: 'source.changed', data: { source: { id: sourceId, kind, name, state } } });
      return asSourceView({ ...source, state, says: null }, deps.config.publicOrigin);
    },
  );
}

function readFeedUrl(url: string | undefined): string {
  if (!url)
    throw new Problem('not-valid', 'Give the address of the feed.', [{ path: '/url', says: 'required for a feed' }]);
  try {
    return checkUrl(url).href;
  } catch (error) {
    throw new Problem('not-valid', (error as Error).message, [
      { path: '/url', says: 'not an address that can be reached' },
    ]);
  }
}
