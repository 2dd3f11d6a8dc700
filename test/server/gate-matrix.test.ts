// Every route of the catalogue, as every kind of caller who may not come in: generated from ROUTES, so that a new route is tested the day it is declared.
import type { Ability } from '@rejoinder/contracts/playbooks';
import { abilitiesOf, type Route } from '@rejoinder/contracts/route';
import { ROUTES } from '@rejoinder/contracts/routes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRoom, roomContext } from '../../server/src/rooms/rooms.service.ts';
import { type Person, type World, world } from '../support/world.ts';

let w: World;
let stranger: Person;
let elsewhere: string;
let holders: Map<string, Person>;
let tokenElsewhere: string;

const routes: [string, Route][] = Object.entries(ROUTES);
const inRooms = routes.filter(([, route]) => route.path.includes(':roomId'));

beforeAll(async () => {
  w = await world();
  stranger = await w.person('Stranger', [], { member: false });
  const other = await openRoom(
    w.app.deps,
    { kind: 'system', id: 'system:test', name: 'Test', roles: [] },
    {
      name: 'Elsewhere',
      zone: 'Europe/London',
      kind: 'live',
      members: [{ userId: stranger.userId, name: 'Stranger', roles: ['administrator', 'commander'], hue: 1 }],
    },
  );
  elsewhere = other.id;
  const made = await stranger.call('makeToken', {
    params: { roomId: elsewhere },
    body: { name: 'T', roles: ['commander'] },
  });
  tokenElsewhere = made.secret;
  // For each ability a member whose roles lack it.
  const { playbook } = await roomContext(w.app.deps.db, w.room.id);
  holders = new Map();
  for (const [, { access }] of inRooms) {
    const asked = abilitiesOf(access).join(' or ');
    if (asked === '' || holders.has(asked)) continue;
    const role = playbook.roles.find((r) => !abilitiesOf(access).some((ability) => r.may.includes(ability as Ability)));
    if (role) holders.set(asked, await w.person(`Lacks ${asked}`, [role.id]));
  }
});
afterAll(() => w[Symbol.asyncDispose]());

type Headers = Record<string, string | undefined>;
async function ask(route: Route, roomId: string, headers: Headers, body = '{"any":"thing"}') {
  const ids: Record<string, string> = {
    roomId,
    cardId: 'card_none',
    sourceId: 'src_none',
    importId: 'imp_none',
    tokenId: 'tok_none',
    userId: 'u_none',
    personaId: 'none',
  };
  const path = route.path.replace(/:(\w+)/g, (_, key: string) => ids[key] ?? 'none');
  const query = route.query ? '?since=0' : '';
  const changes = route.method !== 'GET';
  const type = route.path.endsWith('/imports') ? 'application/x-ndjson' : 'application/json';
  const response = await fetch(w.origin + path + query, {
    method: route.method,
    headers: {
      ...(changes ? { origin: 'http://rejoinder.test', 'operation-id': crypto.randomUUID() } : {}),
      ...(changes && route.method !== 'DELETE' ? { 'content-type': type } : {}),
      ...(headers as Record<string, string>),
    },
    ...(changes && route.method !== 'DELETE' ? { body } : {}),
  });
  const reply = (await response.json()) as { problem?: { code: string; says: string } };
  return { status: response.status, code: reply.problem?.code, says: reply.problem?.says };
}

describe('every route', () => {
  it('[PE-1] answers 401 to nobody in particular, before it looks at anything else', async () => {
    for (const [name, route] of routes) {
      if (route.access === 'anyone') continue;
      for (const headers of [
        { cookie: 'x=1' },
        { cookie: 'rejoinder.session_token=forged.forged' },
        { authorization: 'Bearer rj.a.b.c' },
      ])
        expect({ name, ...(await ask(route, w.room.id, headers)) }).toMatchObject({
          name,
          status: 401,
          code: 'signed-out',
        });
    }
  });

  it('[PE-2] of a room answers 404 to a non-member, to a token of another room, and for a room that is not there: all alike', async () => {
    for (const [name, route] of inRooms) {
      const answers = [
        await ask(route, w.room.id, { cookie: stranger.cookie }),
        await ask(route, w.room.id, { authorization: `Bearer ${tokenElsewhere}` }),
        await ask(route, 'room_none', { cookie: stranger.cookie }),
        await ask(route, 'room%00', { cookie: stranger.cookie }),
      ];
      for (const answer of answers.slice(0, 3))
        expect({ name, ...answer }).toEqual({ name, ...answers[0], status: 404, code: 'not-found' });
      expect([400, 404]).toContain(answers[3]?.status);
    }
  });

  it('[PE-1] that asks for an ability answers 403 to a member without it, and says who has it', async () => {
    let asked = 0;
    for (const [name, route] of inRooms) {
      const holder = holders.get(abilitiesOf(route.access).join(' or '));
      if (!holder) continue;
      asked++;
      const answer = await ask(route, w.room.id, { cookie: holder.cookie });
      expect({ name, ...answer }).toMatchObject({ name, status: 403, code: 'not-allowed' });
      expect(answer.says).toMatch(/It takes: \w/);
    }
    expect(asked).toBeGreaterThan(12);
    for (const [name, route] of routes) {
      if (route.access !== 'admin') continue;
      expect({ name, ...(await ask(route, w.room.id, { cookie: stranger.cookie })) }).toMatchObject({
        name,
        status: 403,
      });
    }
  });

  it('[PE-5] that changes something is shut to a page of another origin, and to one that hides its origin', async () => {
    const before = (await w.board()).seq;
    const member = await w.person('Member', ['commander', 'administrator', 'social_lead']);
    for (const [name, route] of routes) {
      if (route.method === 'GET') continue;
      for (const origin of [
        'https://evil.example',
        'null',
        'http://rejoinder.test.evil.example',
        'https://rejoinder.test',
        '',
      ])
        expect({ name, origin, ...(await ask(route, w.room.id, { cookie: member.cookie, origin })) }).toMatchObject({
          name,
          origin,
          status: 403,
          code: 'foreign-origin',
        });
    }
    expect((await w.board()).seq).toBe(before + 1);
  });

  it('[PE-1] takes no body from a caller it does not know, and only JSON from one it does', async () => {
    const big = JSON.stringify({ text: 'x'.repeat(300_000) });
    expect(await ask(ROUTES.lintPlaybook, '', { cookie: 'x=1' }, big)).toMatchObject({ status: 401 });
    const answer = await ask(ROUTES.lintPlaybook, '', { cookie: stranger.cookie }, big);
    expect(answer).toMatchObject({ status: 413, code: 'too-large', says: expect.stringMatching(/256 KiB/) });
    const plain = await ask(ROUTES.lintPlaybook, '', { cookie: stranger.cookie, 'content-type': 'text/plain' });
    expect(plain).toMatchObject({ status: 415, code: 'not-json' });
    const unknown = await ask(ROUTES.lintPlaybook, '', { cookie: stranger.cookie }, '{"text":"x","admin":true}');
    expect(unknown).toMatchObject({ status: 400, code: 'bad-request' });
  });
});
