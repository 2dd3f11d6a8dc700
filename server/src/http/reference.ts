// OpenAPI of every route at /api/openapi.json, and a readable reference at /api/docs.
import swagger from '@fastify/swagger';
import scalar from '@scalar/fastify-api-reference';
import type { FastifyInstance } from 'fastify';

export async function describeApi(app: FastifyInstance, origin: string, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Rejoinder',
        version,
        description:
          'Changes go over HTTP with an operation-id; the live socket and the draft socket are described in docs/api.md.',
      },
      servers: [{ url: origin }],
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'rejoinder.session_token' },
          token: { type: 'http', scheme: 'bearer' },
        },
      },
    },
  });
  app.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger());
  await app.register(scalar, {
    routePrefix: '/api/docs',
    configuration: { content: () => app.swagger() },
    hooks: {
      onRequest: (_request, reply, done) => {
        // The reference page brings inline styles and a script of its own, so it alone gets a wider policy.
        void reply.header(
          'content-security-policy',
          "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'",
        );
        done();
      },
    },
  });
}
