import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { servePages } from './pages.ts';

let folder: string;
let app: FastifyInstance;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rejoinder-pages-'));
  await writeFile(path.join(folder, 'index.html'), '<head></head><script>begin()</script>');
  await writeFile(path.join(folder, 'mark.svg'), '<svg/>');
  app = Fastify();
  await servePages(app, folder, true);
  app.get('/api/breaks', () => {
    throw new Error('broken');
  });
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

describe('what is served', () => {
  it('[PG-2] bears the lines that keep other sites out, be it page, file, refusal or fault', async () => {
    for (const [url, status] of [
      ['/rooms', 200],
      ['/mark.svg', 200],
      ['/api/none', 404],
      ['/api/breaks', 500],
    ] as const) {
      const answer = await app.inject({ url, headers: { accept: 'text/html' } });
      expect(answer.statusCode, url).toBe(status);
      expect(answer.headers, url).toMatchObject({
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'strict-transport-security': expect.stringContaining('max-age='),
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'SAMEORIGIN',
      });
      const policy = String(answer.headers['content-security-policy']);
      for (const part of ["default-src 'self'", "object-src 'none'", "frame-ancestors 'none'", "'sha256-"])
        expect(policy, url).toContain(part);
      expect(answer.headers, url).not.toHaveProperty('x-powered-by');
    }
  });
});
