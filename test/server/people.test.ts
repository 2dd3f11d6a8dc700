// Signing in and out, the set-up link, members, tokens, limits, and sockets that end with the right to them.

import { type ClientToServer, PROTOCOL, type ServerToClient } from '@rejoinder/contracts/live';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { setUpCode } from '../../server/src/people/people.service.ts';
import { verifyAction } from '../support/verify-action.ts';
import { type Person, type World, world } from '../support/world.ts';

const ORIGIN = 'http://rejoinder.test';
const PASSWORD = 'correct horse battery';
let w: World;
let admin: Person;
beforeAll(async () => {
  w = await world();
  admin = await w.person('Ada', ['administrator'], { admin: true });
});
afterAll(() => w[Symbol.asyncDispose]());

async function auth(path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${w.origin}/api/auth/${path}`, {
    method: 'POST',
    headers: { origin: ORIGIN, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const cookie = response.headers
    .getSetCookie()
    .map((c) => c.split(';', 1)[0])
    .join('; ');
  return {
    status: response.status,
    headers: response.headers,
    cookie,
    body: (await response.json().catch(() => null)) as { problem?: { code: string; says: string } } | null,
  };
}
const me = async (cookie: string) => (await fetch(`${w.origin}/api/me`, { headers: { cookie } })).status;

describe('signing in', () => {
  it('[PE-7] gives an HttpOnly SameSite cookie, signing out ends it at once, and a wrong guess says nothing about the account', async () => {
    const ria = await w.person('Ria', ['responder']);
    const signedIn = await auth('sign-in/email', { email: ria.email, password: PASSWORD });
    expect(signedIn.status).toBe(200);
    expect(signedIn.headers.getSetCookie().join()).toMatch(/HttpOnly.*SameSite=Lax/i);
    expect(await me(signedIn.cookie)).toBe(200);
    const wrong = await auth('sign-in/email', { email: ria.email, password: 'not the password' });
    const nobody = await auth('sign-in/email', { email: 'nobody@test.example', password: 'not the password' });
    expect(wrong).toMatchObject({ status: 401, body: { problem: { code: 'wrong-password' } } });
    expect(nobody.body).toEqual({ ...wrong.body, problem: { ...wrong.body?.problem, requestId: expect.anything() } });
    expect((await auth('sign-out', {}, { cookie: signedIn.cookie })).status).toBe(200);
    expect(await me(signedIn.cookie)).toBe(401);
    expect(await me(ria.cookie)).toBe(200);
  });

  it('[PE-5] is shut to other origins, and everything else of the library is not there', async () => {
    const body = { email: admin.email, password: PASSWORD };
    expect(await auth('sign-in/email', body, { origin: 'https://evil.example' })).toMatchObject({
      status: 403,
      cookie: '',
    });
    expect((await auth('sign-up/email', { ...body, name: 'Eve' })).status).toBe(404);
    expect((await auth('update-user', { admin: true }, { cookie: admin.cookie })).status).toBe(404);
    expect((await auth('%2e%2e/auth/sign-up/email', body)).status).toBe(404);
  });

  it('[PE-8] is limited by account and by network; an IPv6 network counts as one', async () => {
    const mia = await w.person('Mia', ['responder']);
    const statuses: number[] = [];
    for (let i = 0; i < 12; i++) statuses.push((await auth('sign-in/email', { email: mia.email })).status);
    expect(statuses).toEqual([...Array(10).fill(400), 429, 429]);
    const late = await auth('sign-in/email', { email: mia.email, password: PASSWORD });
    expect(late).toMatchObject({
      status: 429,
      body: { problem: { code: 'too-many', says: expect.stringMatching(/in \d+ seconds/) } },
    });
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0);
    // A colleague in the same office is not locked out with her.
    expect((await auth('sign-in/email', { email: admin.email, password: PASSWORD })).status).toBe(200);
    const from = (ip: string) =>
      w.app.fastify.inject({
        method: 'POST',
        url: '/api/set-up',
        remoteAddress: ip,
        headers: { origin: ORIGIN },
        payload: { code: 'x', name: 'Eve', email: 'eve@test.example', password: 'long enough password' },
      });
    const tries: number[] = [];
    for (let i = 1; i <= 12; i++) tries.push((await from(`2001:db8:1:2::${i}`)).statusCode);
    expect(tries).toEqual([...Array(10).fill(403), 429, 429]);
    expect((await from('2001:db8:1:3::1')).statusCode).toBe(403);
  });
});

describe('the set-up link', () => {
  it('[PE-4] makes one administrator, however many press it at once, and then is dead', async () => {
    await using fresh = await world();
    const code = setUpCode(fresh.app.deps.config.secretKey);
    const installation = async () =>
      (await (await fetch(`${fresh.origin}/api/installation`)).json()) as { needsSetUp: boolean; personas: unknown[] };
    expect(await installation()).toMatchObject({ needsSetUp: true, rehearsal: false, personas: [] });
    const press = (email: string, given = code) =>
      fetch(`${fresh.origin}/api/set-up`, {
        method: 'POST',
        headers: { origin: ORIGIN, 'content-type': 'application/json' },
        body: JSON.stringify({ code: given, name: 'First', email, password: 'long enough password' }),
      });
    expect((await press('a@test.example', `${code}x`)).status).toBe(403);
    const pressed = await Promise.all([1, 2, 3, 4].map((i) => press(`first${i}@test.example`)));
    expect(pressed.map((r) => r.status).toSorted()).toEqual([200, 403, 403, 403]);
    const winner = pressed.find((r) => r.status === 200);
    const cookie = winner?.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
    const answer = await fetch(`${fresh.origin}/api/me`, { headers: { cookie } });
    expect(await answer.json()).toMatchObject({ me: { admin: true } });
    expect(await installation()).toMatchObject({ needsSetUp: false });
    expect((await press('late@test.example')).status).toBe(403);
    const persona = await fetch(`${fresh.origin}/api/personas/nadia/sign-in`, {
      method: 'POST',
      headers: { origin: ORIGIN },
    });
    expect(persona.status).toBe(404);
  });
});

describe('members', () => {
  it('[PE-6] someone who can manage people always remains, also when two are removed in the same instant', async () => {
    await using room = await world();
    const one = await room.person('One', ['administrator']);
    const two = await room.person('Two', ['administrator']);
    const params = { roomId: room.room.id };
    const drop = (by: Person, whom: Person) => by.try('members', { params, body: { email: whom.email, roles: [] } });
    const { result } = await verifyAction(room, () => Promise.all([drop(one, two), drop(two, one)]));
    const statuses = result.map((r) => r.status);
    expect(statuses.filter((s) => s === 200)).toHaveLength(1);
    const rest = statuses[0] === 200 ? one : two;
    const last = await verifyAction(room, () => drop(rest, rest));
    expect(last.result).toMatchObject({ status: 422, problem: { says: expect.stringMatching(/Someone must remain/) } });
    expect(last.events).toEqual([]);
    const unknown = await rest.try('members', { params, body: { email: rest.email, roles: ['king'] } });
    expect(unknown).toMatchObject({ status: 422, problem: { says: expect.stringMatching(/no role king/) } });
  });

  it('[PE-9] making and revoking a token is in the log; a revoked token is out at once', async () => {
    const params = { roomId: w.room.id };
    const made = await verifyAction(w, () =>
      admin.call('makeToken', { params, body: { name: 'Bot', roles: ['responder'] } }),
    );
    const headers = { authorization: `Bearer ${made.result.secret}` };
    const board = () => fetch(`${w.origin}/api/rooms/${w.room.id}/board`, { headers });
    expect((await board()).status).toBe(200);
    const { tokens } = await admin.call('tokens', { params });
    expect(tokens).toMatchObject([{ name: 'Bot', revokedAt: null }]);
    const revoked = await verifyAction(w, () =>
      admin.call('revokeToken', { params: { ...params, tokenId: made.result.token.id } }),
    );
    expect((await board()).status).toBe(401);
    expect([...made.events, ...revoked.events].map((e) => e.type)).toEqual(['token.made', 'token.revoked']);
    expect(JSON.stringify(made.events)).not.toContain(made.result.secret.split('.').at(-1));
    expect(await admin.try('revokeToken', { params: { ...params, tokenId: made.result.token.id } })).toMatchObject({
      status: 404,
    });
  });
});

type Opened = { live: Socket<ServerToClient, ClientToServer>; bye: Promise<string>; draftClosed: Promise<number> };

/** The two sockets a page of a draft has open, as this caller. */
async function openBoth(headers: Record<string, string>, path: string): Promise<Opened> {
  const live: Socket<ServerToClient, ClientToServer> = io(w.origin, {
    path: '/live',
    transports: ['websocket'],
    extraHeaders: headers,
    reconnection: false,
    forceNew: true,
  });
  const bye = new Promise<string>((resolve) => live.on('bye', ({ code }) => resolve(code)));
  await new Promise<void>((resolve, reject) => {
    live.on('connect', resolve);
    live.on('connect_error', reject);
  });
  const answer = await live.emitWithAck('watch', { roomId: w.room.id, since: 0, protocol: PROTOCOL });
  expect(answer).toMatchObject({ kind: expect.stringMatching(/events|reload|none/) });
  const draft = new WebSocket(w.origin.replace('http', 'ws') + path, { headers });
  const draftClosed = new Promise<number>((resolve) => draft.on('close', resolve));
  await new Promise<void>((resolve, reject) => {
    draft.on('open', resolve);
    draft.on('error', reject);
  });
  return { live, bye, draftClosed };
}

describe('sockets', () => {
  it('[F30] [F31] end within two seconds of a changed role, a sign-out, ended sessions, a removal and a revoked token', async () => {
    const writer = await w.person('Writer', ['responder', 'social_lead']);
    const card = await w.cardFrom('My parcel is lost and nobody answers');
    const params = { roomId: w.room.id };
    await writer.call('moveCard', {
      params: { ...params, cardId: card.id },
      body: { to: 'owned', take: true, fields: { class: 'complaint', department: 'logistics' } },
    });
    const { card: drafting } = await writer.call('startDraft', { params: { ...params, cardId: card.id }, body: {} });
    const draft = drafting.draft;
    if (!draft) throw new Error('a draft was started');
    const path = `/yjs/${w.room.id}/${draft.id}.${draft.generation}`;
    const ends: [string, string, (person: Person) => Promise<unknown>][] = [
      ['resync', 'role', (p) => admin.call('members', { params, body: { email: p.email, roles: ['legal'] } })],
      ['signed-out', 'sign-out', (p) => auth('sign-out', {}, { cookie: p.cookie })],
      ['signed-out', 'sessions', (p) => admin.call('endSessions', { params: { userId: p.userId } })],
      ['not-found', 'removal', (p) => admin.call('members', { params, body: { email: p.email, roles: [] } })],
    ];
    await Promise.all(
      ends.map(async ([code, name, end]) => {
        const person = await w.person(`Ends by ${name}`, ['responder']);
        const opened = await openBoth({ cookie: person.cookie, origin: ORIGIN }, path);
        const from = performance.now();
        await end(person);
        expect(await opened.bye).toBe(code);
        expect(await opened.draftClosed).toBeGreaterThanOrEqual(4400);
        expect(performance.now() - from).toBeLessThan(2500);
        opened.live.close();
      }),
    );
    const { token, secret } = await admin.call('makeToken', { params, body: { name: 'Bot', roles: ['responder'] } });
    const opened = await openBoth({ authorization: `Bearer ${secret}` }, path);
    const from = performance.now();
    await admin.call('revokeToken', { params: { ...params, tokenId: token.id } });
    expect(await opened.bye).toBe('signed-out');
    expect(await opened.draftClosed).toBe(4401);
    expect(performance.now() - from).toBeLessThan(2500);
    opened.live.close();
  });

  it('[T6] open for nobody without a session, from another origin, or below another path', async () => {
    const refusedLive = (headers: Record<string, string>) =>
      new Promise<string>((resolve) => {
        const socket = io(w.origin, {
          path: '/live',
          transports: ['websocket'],
          extraHeaders: headers,
          reconnection: false,
          forceNew: true,
        });
        socket.on('connect', () => resolve('connected'));
        socket.on('connect_error', () => {
          socket.close();
          resolve('refused');
        });
      });
    const refusedRaw = (path: string, headers: Record<string, string>) =>
      new Promise<number>((resolve) => {
        const socket = new WebSocket(w.origin.replace('http', 'ws') + path, { headers });
        socket.on('unexpected-response', (_, response) => {
          socket.terminate();
          resolve(response.statusCode ?? 0);
        });
        socket.on('open', () => resolve(101));
        socket.on('error', () => resolve(-1));
      });
    const { cookie } = admin;
    expect(await refusedLive({ cookie, origin: 'https://evil.example' })).toBe('refused');
    expect(await refusedLive({ cookie })).toBe('refused');
    expect(await refusedLive({ origin: ORIGIN })).toBe('refused');
    expect(await refusedLive({ cookie, origin: ORIGIN })).toBe('connected');
    const draft = `/yjs/${w.room.id}/draft_none.1`;
    expect(await refusedRaw(draft, { cookie, origin: 'https://evil.example' })).toBe(403);
    expect(await refusedRaw(draft, { origin: ORIGIN })).toBe(401);
    expect(await refusedRaw(draft, { cookie, origin: ORIGIN })).toBe(404);
    expect(await refusedRaw('/live', { cookie, origin: ORIGIN })).toBe(404);
    expect(await refusedRaw('/anything', { cookie, origin: ORIGIN })).toBe(404);
  });
});
