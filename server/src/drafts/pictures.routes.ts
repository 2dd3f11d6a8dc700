// Addresses of a reply's pictures: raw bytes come in by one door, and go out by one that lets them do nothing but be seen.
import { PICTURE_LIMITS } from '@rejoinder/contracts/pictures';
import { ROUTES } from '@rejoinder/contracts/routes';
import type { Deps } from '../deps.ts';
import { createLimit } from '../http/limits.ts';
import { createAdmission, type Mounting, mount } from '../http/mount.ts';
import { Problem } from '../http/problems.ts';
import { keepPicture, pictureBytes, refuseLarge, setPictures } from './pictures.service.ts';

const UPLOADS = { max: 60, seconds: 60 };
/** Uploads whose bytes may lie in memory at once. */
const AT_ONCE = 8;

export function pictureRoutes(mounting: Mounting, deps: Deps): void {
  mount(mounting, 'setPictures', async ({ params, body, actor, operationId }) =>
    setPictures(deps, actor, { ...params, operationId }, body),
  );
  mount(mounting, 'picture', async ({ params, request, reply }) => {
    const { type, bytes } = await pictureBytes(deps.db, params.roomId, params.hash);
    // Opened by itself it is a page of its own that may do nothing (T20); the bytes of a hash never change.
    void reply
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('x-content-type-options', 'nosniff')
      .header('cross-origin-resource-policy', 'same-origin')
      .header('content-disposition', 'inline')
      .header('cache-control', 'private, no-cache')
      .header('etag', `"${params.hash}"`)
      .type(type);
    if (request.headers['if-none-match'] === `"${params.hash}"`) void reply.code(304);
    return reply.statusCode === 304 ? new Uint8Array() : bytes;
  });
  uploads(mounting, deps);
}

function uploads(mounting: Mounting, deps: Deps): void {
  const route = ROUTES.keepPicture;
  const admission = createAdmission(mounting, route, createLimit(mounting.app, UPLOADS));
  let open = 0;
  void mounting.app.register((scope, _options, done) => {
    scope.addContentTypeParser(
      /^image\/(jpeg|png|webp)$/,
      { parseAs: 'buffer', bodyLimit: PICTURE_LIMITS.uploadBytes },
      (_request, body, parsed) => parsed(null, body),
    );
    scope.post(route.path, {
      bodyLimit: PICTURE_LIMITS.uploadBytes,
      schema: {
        operationId: 'keepPicture',
        tags: ['cards'],
        summary: route.says,
        params: route.params,
        consumes: ['image/jpeg', 'image/png', 'image/webp'],
        response: { 200: route.reply },
      },
      onRequest: async (request, reply) => {
        await admission.onRequest(request, reply);
        refuseLarge(request.headers['content-length']);
        if (open >= AT_ONCE)
          throw new Problem('not-ready', 'Many pictures are being uploaded just now. Try again in a moment.');
        open += 1;
        reply.raw.once('close', () => (open -= 1));
      },
      handler: async (request) => {
        const { actor } = admission.rightsOf(request);
        if (!actor) throw new Problem('signed-out');
        if (!Buffer.isBuffer(request.body))
          throw new Problem(
            'not-json',
            'Send the picture as its body, with the header content-type: image/jpeg, image/png or image/webp.',
          );
        return keepPicture(deps, actor, request.params as { roomId: string; cardId: string }, request.body);
      },
    });
    done();
  });
}
