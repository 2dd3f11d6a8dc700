// Addresses of sources: list, add, pause, import, and the door signed webhooks come in by.

import type { Readable } from 'node:stream';
import { ROUTES } from '@rejoinder/contracts/routes';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../deps.ts';
import { actorOf } from '../http/gate.ts';
import { type Mounting, mount } from '../http/mount.ts';
import { importProgress, startImport } from './import.service.ts';
import { addSource, listSources, setSourceState } from './sources.service.ts';
import type { WebhookIn } from './webhook.service.ts';

const WEBHOOK_BYTES = 1024 * 1024;
const IMPORT_BYTES = 512 * 1024 * 1024;

export function connectorRoutes(mounting: Mounting, deps: Deps, webhookIn: WebhookIn): void {
  mount(mounting, 'sources', async ({ params }) => ({ sources: await listSources(deps, params.roomId) }));
  mount(mounting, 'addSource', async ({ params, body, actor, operationId }) =>
    addSource(deps, actor, { ...params, ...body, operationId }),
  );
  mount(mounting, 'setSourceState', async ({ params, body, actor, operationId }) => ({
    source: await setSourceState(deps, actor, { ...params, ...body, operationId }),
  }));
  mount(mounting, 'importProgress', async ({ params }) => importProgress(deps, params.roomId, params.importId));
  hooks(mounting.app, webhookIn);
  imports(mounting, deps);
}

/** The raw bytes are what was signed, so this scope parses nothing. No cookie counts here; the signature is the caller. */
function hooks(app: FastifyInstance, webhookIn: WebhookIn): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'buffer', bodyLimit: WEBHOOK_BYTES },
      (_request, body, done) => done(null, body),
    );
    scope.post('/api/hooks/:roomId/:sourceId', {
      schema: {
        operationId: 'webhookIn',
        tags: ['hooks'],
        summary:
          'Deliver mentions, signed as Standard Webhooks say (headers webhook-id, webhook-timestamp, webhook-signature over the raw body).',
        params: {
          type: 'object',
          properties: { roomId: { type: 'string' }, sourceId: { type: 'string' } },
          required: ['roomId', 'sourceId'],
        },
        response: {
          200: {
            type: 'object',
            properties: {
              stored: { type: 'integer' },
              known: { type: 'integer' },
              edited: { type: 'integer' },
              deleted: { type: 'integer' },
              repeated: { type: 'boolean' },
            },
          },
        },
      },
      handler: async (request) => {
        const { roomId, sourceId } = request.params as { roomId: string; sourceId: string };
        return webhookIn.receive({
          roomId,
          sourceId,
          headers: request.headers,
          body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
        });
      },
    });
  });
}

/** The file is read as a stream; it never lies whole in memory. */
function imports({ app, gate, requireAbility }: Mounting, deps: Deps): void {
  const route = ROUTES.importMentions;
  void app.register(async (scope) => {
    scope.addContentTypeParser('application/x-ndjson', { bodyLimit: IMPORT_BYTES }, (_request, payload, done) =>
      done(null, payload),
    );
    scope.post(route.path, {
      bodyLimit: IMPORT_BYTES,
      schema: {
        operationId: 'importMentions',
        tags: ['imports'],
        summary: route.says,
        params: route.params,
        querystring: route.query,
        consumes: ['application/x-ndjson'],
        response: { 200: route.reply },
      },
      handler: async (request) => {
        gate.sameOrigin(request.headers);
        const { roomId } = request.params as { roomId: string };
        const { name } = request.query as { name?: string };
        const actor = actorOf(await gate.member(request.headers, roomId));
        await requireAbility(actor, roomId, 'manage_sources');
        return startImport(deps, actor, { roomId, name: name ?? 'Imported file', body: request.body as Readable });
      },
    });
  });
}
