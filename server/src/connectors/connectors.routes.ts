// Addresses of sources: list, add, pause, import, and the door signed webhooks come in by.

import { Readable } from 'node:stream';
import { ROUTES } from '@rejoinder/contracts/routes';
import { Id, Strict } from '@rejoinder/contracts/shapes';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../deps.ts';
import { createAdmission, type Mounting, mount } from '../http/mount.ts';
import { Problem } from '../http/problems.ts';
import { type Imports, importProgress } from './import.service.ts';
import { addSource, listSources, setSourceState } from './sources.service.ts';
import type { WebhookIn } from './webhook.service.ts';

const WEBHOOK_BYTES = 1024 * 1024;
const IMPORT_BYTES = 512 * 1024 * 1024;

export function connectorRoutes(mounting: Mounting, deps: Deps, webhookIn: WebhookIn, importing: Imports): void {
  mount(mounting, 'sources', async ({ params }) => ({ sources: await listSources(deps, params.roomId) }));
  mount(mounting, 'addSource', async ({ params, body, actor, operationId }) =>
    addSource(deps, actor, { ...params, ...body, operationId }),
  );
  mount(mounting, 'setSourceState', async ({ params, body, actor, operationId }) => {
    const source = await setSourceState(deps, actor, { ...params, ...body, operationId });
    webhookIn.forget(params.roomId, params.sourceId);
    return { source };
  });
  mount(mounting, 'importProgress', async ({ params }) => importProgress(deps, params.roomId, params.importId));
  hooks(mounting.app, webhookIn);
  imports(mounting, importing);
}

/** The raw bytes are what was signed, so this scope parses nothing. No cookie counts here; the signature is the caller. */
function hooks(app: FastifyInstance, webhookIn: WebhookIn): void {
  void app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'buffer', bodyLimit: WEBHOOK_BYTES },
      (_request, body, done) => done(null, body),
    );
    scope.post('/api/hooks/:roomId/:sourceId', {
      bodyLimit: WEBHOOK_BYTES,
      schema: {
        operationId: 'webhookIn',
        tags: ['hooks'],
        summary:
          'Deliver mentions, signed as Standard Webhooks say (headers webhook-id, webhook-timestamp, webhook-signature over the raw body).',
        params: Strict({ roomId: Id, sourceId: Id }),
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
    done();
  });
}

/** The upload is set down as a file first, so that the answer does not wait for the database; it never lies whole in memory. */
function imports(mounting: Mounting, importing: Imports): void {
  const route = ROUTES.importMentions;
  const admission = createAdmission(mounting, route);
  void mounting.app.register((scope, _options, done) => {
    scope.addContentTypeParser('application/x-ndjson', { bodyLimit: IMPORT_BYTES }, (_request, payload, parsed) =>
      parsed(null, payload),
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
      onRequest: admission.onRequest,
      handler: async (request) => {
        const { roomId } = request.params as { roomId: string };
        const { name } = request.query as { name?: string };
        const { actor } = admission.rightsOf(request);
        if (!actor) throw new Problem('signed-out');
        if (!(request.body instanceof Readable))
          throw new Problem(
            'not-json',
            'Send the file as its body, with the header content-type: application/x-ndjson.',
          );
        const body = atMost(request.body, IMPORT_BYTES);
        return importing.start(actor, { roomId, name: name ?? 'Imported file', body });
      },
    });
    done();
  });
}

/** A chunked upload names no length beforehand, so the bytes are counted as they come. */
async function* atMost(body: AsyncIterable<Buffer>, most: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > most)
      throw new Problem('too-large', `An import takes at most ${most / 1024 / 1024} MiB. Send it in parts.`);
    yield chunk;
  }
}
