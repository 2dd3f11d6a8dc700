// The rehearsal: opened on an empty database, its storm arrives like real posts, goes on after a restart, and reaches nobody outside.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type App, createApp } from '../../server/src/app.ts';
import { createRehearsalPlayer } from '../../server/src/connectors/rehearsal.ts';
import { readBoard } from '../../server/src/measuring/board.service.ts';
import { callRoute } from '../support/calls.ts';
import { freshDatabase } from '../support/cluster.ts';
import { world } from '../support/world.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let app: App;
let instant = Date.parse('2026-03-02T09:00:00.000Z');
const origin = 'http://rejoinder.test';

async function start(): Promise<void> {
  app = await createApp({
    config: {
      port: 0,
      host: '127.0.0.1',
      dataDir: '/nonexistent',
      publicOrigin: origin,
      databaseUrl: undefined,
      redisUrl: undefined,
      secretKey: 'a key for tests that is long enough, 0123456789',
      production: false,
      logLevel: 'fatal',
      trustedProxies: [],
      smtpUrl: undefined,
      mailFrom: undefined,
      allowPrivateAddresses: true,
      pictureBytes: 500 * 1024 * 1024,
      rehearsal: true,
    },
    databaseUrl: database.url,
    pages: '/nonexistent',
    now: () => new Date(instant).toISOString(),
  });
  await app.fastify.listen({ port: 0, host: '127.0.0.1' });
}
const base = (): string => {
  const address = app.fastify.server.address();
  return typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '';
};
const rooms = () => app.deps.db.selectFrom('rooms').selectAll().execute();
const source = () =>
  app.deps.db.selectFrom('sources').selectAll().where('kind', '=', 'rehearsal').executeTakeFirstOrThrow();
const natives = async () =>
  (await app.deps.db.selectFrom('mention_keys').select('native_id').execute()).map((r) => r.native_id);

/** Lets the storm come up to an instant, in steps as the timer would. */
async function play(minutes: number): Promise<void> {
  const player = createRehearsalPlayer(app.deps);
  for (let i = 0; i < minutes; i++) {
    instant += 60_000;
    await player.play();
  }
  await app.flow.settled();
}

beforeAll(async () => {
  database = await freshDatabase();
  await start();
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

async function signIn() {
  const installation = (await (await fetch(`${base()}/api/installation`)).json()) as {
    rehearsal: boolean;
    personas: { id: string }[];
  };
  expect(installation.rehearsal).toBe(true);
  const cookies: string[] = [];
  for (const { id } of installation.personas) {
    const response = await fetch(`${base()}/api/personas/${id}/sign-in`, { method: 'POST', headers: { origin } });
    expect(response.status).toBe(200);
    cookies.push(response.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '');
  }
  return cookies;
}

it('[RM-1] an empty database opens it, and each persona signs in with one click and sees the room', async () => {
  const [room] = await rooms();
  expect(room).toMatchObject({ kind: 'rehearsal' });
  const cookies = await signIn();
  expect(cookies.length).toBeGreaterThanOrEqual(3);
  for (const cookie of cookies) {
    const answer = await callRoute(base(), origin, { cookie }, 'rooms', {});
    expect(answer).toMatchObject({ reply: { rooms: [{ id: room?.room_id, kind: 'rehearsal' }] } });
  }
  const foreign = await fetch(`${base()}/api/personas/none/sign-in`, { method: 'POST', headers: { origin } });
  expect(foreign.status).toBe(404);
});

it('[RM-5] the storm comes in by ingest and the flow; a restart goes on where it was, without repeats', async () => {
  await play(12);
  const room = (await rooms())[0]?.room_id ?? '';
  const board = await readBoard(app.deps, room);
  expect(board.mentions.length).toBeGreaterThan(5);
  expect(Object.keys(board.cards).length).toBeGreaterThan(0);
  const before = await natives();
  const place = Number((await source()).cursor?.delivered);
  expect(place).toBeGreaterThanOrEqual(before.length);
  await app.close();
  await start();
  expect(await rooms()).toHaveLength(1);
  expect(await app.deps.db.selectFrom('sources').select('source_id').execute()).toHaveLength(1);
  await play(6);
  const after = await natives();
  expect(after).toEqual(expect.arrayContaining(before));
  expect(after.length).toBeGreaterThan(before.length);
  expect(Number((await source()).cursor?.delivered)).toBeGreaterThan(place);
  expect(new Set(after).size).toBe(after.length);
  // Left alone for hours it goes on from now, instead of delivering everything at once.
  instant += 5 * 3_600_000;
  await play(1);
  expect((await natives()).length - after.length).toBeLessThan(60);
});

it('[RM-5] a batch that cannot be stored is delivered later, none of it lost', async () => {
  const before = Number((await source()).cursor?.delivered);
  const failing = { ...app.deps, events: { ...app.deps.events, change: () => Promise.reject(new Error('away')) } };
  const player = createRehearsalPlayer(failing);
  for (let i = 0; i < 8; i++) {
    instant += 60_000;
    await player.play().catch(() => undefined);
  }
  expect(Number((await source()).cursor?.delivered)).toBe(before);
  await createRehearsalPlayer(app.deps).play();
  const after = Number((await source()).cursor?.delivered);
  expect(after).toBeGreaterThan(before);
  // Every item up to the place was handed over: those that were posts are known by their ids.
  const count = await app.deps.db
    .selectFrom('sources')
    .select('received')
    .where('kind', '=', 'rehearsal')
    .executeTakeFirstOrThrow();
  expect(count.received).toBe((await natives()).length);
});

it('[RM-2] no account that reaches the outside can be added to it', async () => {
  const room = (await rooms())[0]?.room_id ?? '';
  const answers = [];
  for (const cookie of await signIn())
    answers.push(
      await callRoute(base(), origin, { cookie }, 'addAccount', {
        params: { roomId: room },
        body: { platform: 'bluesky', name: 'us.example', url: 'https://relay.example/out' },
      }),
    );
  expect(answers.some((answer) => answer.status === 409)).toBe(true);
  for (const answer of answers) expect([403, 409]).toContain(answer.status);
  expect(answers.find((answer) => answer.status === 409)).toMatchObject({ refused: { rule: 'RM-2' } });
  const accounts = await app.deps.db.selectFrom('accounts').select('channel').execute();
  expect(accounts.every((account) => account.channel === 'rehearsal')).toBe(true);
});

it('[RM-6] an account of a live room has an address that can be reached, and opening a room is safe to repeat', async () => {
  await using w = await world();
  const admin = await w.person('Ada', ['administrator'], { admin: true });
  const params = { roomId: w.room.id };
  for (const url of ['javascript:alert(1)', 'not an address', 'https://user:pass@relay.example/']) {
    const answer = await admin.try('addAccount', { params, body: { platform: 'bluesky', name: 'us', url } });
    expect(answer).toMatchObject({ status: 422, problem: { places: [{ path: '/url' }] } });
  }
  const id = crypto.randomUUID();
  const body = { name: 'New desk', zone: 'Europe/Madrid' };
  const [one, two] = await Promise.all([admin.call('openRoom', { body }, id), admin.call('openRoom', { body }, id)]);
  expect(two).toEqual(one);
  expect(await admin.try('openRoom', { body: { ...body, zone: 'Europe/Paris' } }, id)).toMatchObject({ status: 409 });
  expect(await admin.try('openRoom', { body: { ...body, zone: 'Mars/Base' } })).toMatchObject({ status: 422 });
});
