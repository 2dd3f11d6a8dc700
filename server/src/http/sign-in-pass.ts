// Passes /api/auth through to better-auth: raw bytes in, a web Response out, the caller's true address and no other.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SignIn } from '../people/sign-in.ts';
import type { Gate } from './gate.ts';
import { createLimit, SIGN_IN_BY_ACCOUNT, SIGN_IN_BY_NETWORK } from './limits.ts';
import { Problem } from './problems.ts';

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
  const byNetwork = createLimit(app, SIGN_IN_BY_NETWORK);
  const byAccount = createLimit(app, { ...SIGN_IN_BY_ACCOUNT, and: (request) => accountIn(request.body) });
  void app.register((scope, _options, registered) => {
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
        if (path.endsWith('/sign-in/email') || path.endsWith('/change-password')) {
          await byNetwork(request, reply);
          await byAccount(request, reply);
        }
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
        if (response.status >= 400) throw await problemOf(path, response);
        for (const [name, value] of response.headers) if (name !== 'set-cookie') void reply.header(name, value);
        const cookies = response.headers.getSetCookie();
        if (cookies.length > 0) void reply.header('set-cookie', cookies);
        return reply.code(response.status).send(Buffer.from(await response.arrayBuffer()));
      },
    });
    registered();
  });
}

/** better-auth answers in a form of its own; from here on there is one form of error. */
async function problemOf(path: string, response: Response): Promise<Problem> {
  if (response.status >= 500) return new Problem('not-ready');
  if (response.status === 429) return new Problem('too-many');
  if (response.status === 403) return new Problem('foreign-origin');
  if (response.status === 401) return new Problem(path.endsWith('/sign-in/email') ? 'wrong-password' : 'signed-out');
  const { message } = (await response.json().catch(() => ({}))) as { message?: unknown };
  return new Problem('bad-request', typeof message === 'string' ? `${message}.` : undefined);
}

/** The account a sign-in is for, as far as the body names one. */
function accountIn(body: unknown): string {
  if (!Buffer.isBuffer(body)) return '';
  try {
    const { email } = JSON.parse(body.toString('utf8')) as { email?: unknown };
    return typeof email === 'string' ? email.trim().toLowerCase().slice(0, 200) : '';
  } catch {
    return '';
  }
}
