// The installation from outside: production without personas, health while the database is away, figures, and the API's own description.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Route } from '@rejoinder/contracts/route';
import { ROUTES } from '@rejoinder/contracts/routes';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { setUpCode } from '../../server/src/people/people.service.ts';
import { freshDatabase } from '../support/cluster.ts';
import { type World, world } from '../support/world.ts';

let w: World;
beforeAll(async () => {
  w = await world();
});
afterAll(() => w[Symbol.asyncDispose]());

const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(w.origin + path, { headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

async function asAdministrator(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('clusterUrl') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

describe('in production', () => {
  it('[HT-1] there are no personas; the set-up link is printed, works, and a stop is clean', async () => {
    const database = await freshDatabase();
    const secret = 'a production key that is long enough, 0123456789';
    const main = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url));
    const child = spawn(process.execPath, [main], {
      env: {
        PATH: process.env.PATH,
        PORT: '0',
        NODE_ENV: 'production',
        DATABASE_URL: database.url,
        SECRET_KEY: secret,
        PUBLIC_ORIGIN: 'https://rejoinder.example.org',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
    try {
      await expect.poll(() => said, { timeout: 25_000 }).toMatch(/set-up\?code=/);
      expect(said).toContain(`https://rejoinder.example.org/set-up?code=${setUpCode(secret)}`);
      expect(said).not.toMatch(/rehearsal/i);
      const origin = /Server listening at (http:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1] ?? '';
      const installation = await (await fetch(`${origin}/api/installation`)).json();
      expect(installation).toMatchObject({ rehearsal: false, needsSetUp: true, personas: [] });
    } finally {
      child.kill('SIGTERM');
      expect(await ended).toBe(0);
      await database.drop();
    }
  });
});

describe('health', () => {
  it('[F5] says 503 while the database is away, changes answer 503 with retry-after, and all is well again after', async () => {
    const ria = await w.person('Ria', ['responder', 'administrator']);
    expect(JSON.parse((await get('/api/health')).text)).toEqual({
      ready: true,
      says: 'Ready.',
      checks: { database: 'ok' },
    });
    const name = new URL(w.databaseUrl).pathname.slice(1);
    await asAdministrator(`alter database ${name} with allow_connections false`);
    await asAdministrator(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
    try {
      await expect.poll(async () => (await get('/api/health')).status, { timeout: 5000 }).toBe(503);
      const health = await get('/api/health');
      expect(JSON.parse(health.text)).toMatchObject({ ready: false, checks: { database: 'away' } });
      expect(health.headers.get('retry-after')).toMatch(/\d/);
      for (const path of ['/api/me', `/api/rooms/${w.room.id}/board`]) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        const answer = await get(path, { cookie: ria.cookie });
        // Within the second in which a good session is believed, who it is can be told without asking.
        expect(path === '/api/me' ? [200, 503] : [503]).toContain(answer.status);
        expect(answer.text).not.toMatch(/postgres|127\.0\.0\.1|t_[0-9a-f]{12}/i);
      }
      const body = { kind: 'webhook' as const, name: 'Later' };
      const refused = await ria.try('addSource', { params: { roomId: w.room.id }, body });
      expect(refused).toMatchObject({ status: 503, problem: { code: 'not-ready' } });
    } finally {
      await asAdministrator(`alter database ${name} with allow_connections true`);
    }
    await expect.poll(async () => (await get('/api/health')).status, { timeout: 5000 }).toBe(200);
    await ria.call('addSource', { params: { roomId: w.room.id }, body: { kind: 'webhook', name: 'Now' } });
    await w.cardFrom('My parcel is lost, after all that');
  });
});

describe('what the server tells of itself', () => {
  it('[HT-2] /metrics is in the form Prometheus reads and names no person', async () => {
    await w.cardFrom('My parcel is lost and I am angry');
    const { status, headers, text } = await get('/metrics');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const lines = text.split('\n').filter(Boolean);
    for (const line of lines)
      expect(line).toMatch(
        /^(# (HELP|TYPE) \w+ .*|\w+(\{[^}]*\})? [-+.\deE]+(NaN|Inf)?|\w+(\{[^}]*\})? (NaN|[+-]Inf))$/,
      );
    expect(text).toMatch(/rejoinder_events_total\{type="card\.opened"\} [1-9]/);
    expect(text).toMatch(/rejoinder_http_seconds_count\{route="\/api\/hooks\/:roomId\/:sourceId",status="200"\}/);
    expect(text).toMatch(/rejoinder_live_sockets 0/);
    expect(text).not.toMatch(/author\d|parcel|@test\.example/);
  });

  it('[HT-3] /api/openapi.json describes every route of the catalogue with its access, and /api/docs reads it', async () => {
    const spec = JSON.parse((await get('/api/openapi.json')).text) as {
      openapi: string;
      paths: Record<
        string,
        Record<string, { operationId: string; summary?: string; responses: Record<string, unknown> }>
      >;
    };
    expect(spec.openapi).toMatch(/^3\.1/);
    for (const [name, route] of Object.entries(ROUTES) as [string, Route][]) {
      const path = route.path.replace(/:(\w+)/g, '{$1}');
      const operation = spec.paths[path]?.[route.method.toLowerCase()];
      expect({ name, operationId: operation?.operationId }).toEqual({ name, operationId: name });
      expect(operation?.summary).toBeTruthy();
      expect(Object.keys(operation?.responses ?? {})).toContain('200');
    }
    expect(spec.paths['/api/hooks/{roomId}/{sourceId}']?.post?.operationId).toBe('webhookIn');
    const ids = Object.values(spec.paths).flatMap((p) => Object.values(p).map((o) => o.operationId));
    expect(new Set(ids).size).toBe(ids.length);
    const docs = await get('/api/docs/');
    expect(docs.status).toBe(200);
    expect(docs.text).toMatch(/<html/i);
    const none = await get('/api/nothing-here');
    expect([none.status, JSON.parse(none.text).problem.code]).toEqual([404, 'not-found']);
  });
});
