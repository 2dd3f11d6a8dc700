// Passes /api/auth through to better-auth: raw bytes in, a web Response out, the caller's true address and no other.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SignIn } from '../people/sign-in.ts';
import type { Gate } from './gate.ts';

/** What is passed on; everything else below /api/auth stays shut. */
const OPEN = new Set([
  'POST /api/auth/sign-in/email',
  'POST /api/auth/sign-out',
  'GET /api/auth/get-session',
  'POST /api/auth/change-password',
  'POST /api/auth/revoke-other-sessions',
]);

export function passSignIn(
  app: FastifyInstance,
  signIn: SignIn,
  gate: Gate,
  origin: string,
  onSignOut: () => void,
): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'buffer', bodyLimit: 16 * 1024 },
      (_request, body, done) => done(null, body),
    );
    scope.route({
      method: ['GET', 'POST'],
      url: '/api/auth/*',
      schema: { hide: true },
      handler: async (request: FastifyRequest, reply: FastifyReply) => {
        const path = request.url.split('?', 1)[0] ?? '';
        if (!OPEN.has(`${request.method} ${path}`)) return reply.callNotFound();
        if (request.method === 'POST') gate.sameOrigin(request.headers);
        const headers = new Headers();
        for (const [name, value] of Object.entries(request.headers))
          if (typeof value === 'string' && name !== 'content-length') headers.set(name, value);
        // Anyone can write this header; only what Fastify found out counts (stack.md 6).
        headers.set('x-forwarded-for', request.ip);
        const body = request.method === 'POST' && Buffer.isBuffer(request.body) ? new Uint8Array(request.body) : null;
        const response = await signIn.handle(
          new Request(new URL(request.url, origin), { method: request.method, headers, body }),
        );
        if (path === '/api/auth/sign-out') onSignOut();
        for (const [name, value] of response.headers) if (name !== 'set-cookie') void reply.header(name, value);
        const cookies = response.headers.getSetCookie();
        if (cookies.length > 0) void reply.header('set-cookie', cookies);
        return reply.code(response.status).send(Buffer.from(await response.arrayBuffer()));
      },
    });
  });
}
