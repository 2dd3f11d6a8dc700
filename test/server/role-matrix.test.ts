// Every route of the catalogue as every caller: each role of the plan by person and by token, a revoked token, and with objects of another room.
// Generated from ROUTES and the plan; a new route without what is needed here fails.
import type { Ability } from '@rejoinder/contracts/playbooks';
import { abilitiesOf, type Route } from '@rejoinder/contracts/route';
import { ROUTES } from '@rejoinder/contracts/routes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { climbLadders } from '../../server/src/escalation/climbing.service.ts';
import { startLadder } from '../../server/src/escalation/ladders.service.ts';
import { defaultPlaybookText } from '../../server/src/playbooks/playbooks.service.ts';
import { tell } from '../../server/src/reaching/reaching.service.ts';
import { openRoom, roomContext } from '../../server/src/rooms/rooms.service.ts';
import { sampleOf } from '../support/sample-of.ts';
import { deliverSigned, type Person, type World, world } from '../support/world.ts';

const routes: [string, Route][] = Object.entries(ROUTES);
const inRooms = routes.filter(([, route]) => route.path.includes(':roomId'));
const paramsOf = (route: Route): string[] => [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '');

const SYSTEM = { kind: 'system' as const, id: 'system:test', name: 'Test', roles: [] };

type Headers = Record<string, string>;
type Answer = { status: number; code: string | undefined };

let w: World;
let roles: { id: string; may: readonly Ability[]; cookie: string; bearer: string }[];
let all: Person;
let revoked: string;
const foreign: Record<string, string> = {};
let elsewhere: string;

beforeAll(async () => {
  w = await world();
  const { playbook } = await roomContext(w.app.deps.db, w.room.id);
  roles = [];
  for (const { id, may } of playbook.roles) {
    const { cookie } = await w.person(`Is ${id}`, [id]);
    roles.push({ id, may, cookie, bearer: `Bearer ${(await w.token(`Token ${id}`, [id])).secret}` });
  }
  const everything = playbook.roles.map(({ id }) => id);
  all = await w.person('All', everything);
  const made = await all.call('makeToken', {
    params: { roomId: w.room.id },
    body: { name: 'Gone', roles: everything },
  });
  await all.call('revokeToken', { params: { roomId: w.room.id, tokenId: made.token.id } });
  revoked = `Bearer ${made.secret}`;
  await furnishElsewhere(everything);
}, 60_000);
afterAll(() => w[Symbol.asyncDispose]());

/** Another room with one of everything that can be named in an address. */
async function furnishElsewhere(everything: string[]): Promise<void> {
  const owner = await w.person('Owner elsewhere', [], { member: false });
  const other = await openRoom(w.app.deps, SYSTEM, {
    name: 'Elsewhere',
    zone: 'Europe/London',
    kind: 'live',
    // A plan that only this room has.
    playbookText: defaultPlaybookText().replace('playbook: consumer-brand', 'playbook: other-house'),
    members: [{ userId: owner.userId, name: 'Owner', roles: everything, hue: 1 }],
  });
  elsewhere = other.id;
  const params = { roomId: elsewhere };
  const { source, secret } = await owner.call('addSource', { params, body: { kind: 'webhook', name: 'Relay' } });
  const mention = w.mention('@drovewell.example my parcel was left in the rain and is ruined, I want a refund');
  const body = JSON.stringify({ events: [{ type: 'created', mention }] });
  await deliverSigned(`${w.origin}/api/hooks/${elsewhere}/${source.id}`, secret ?? '', body);
  await w.settled();
  const { cards } = await owner.call('board', { params });
  const { token } = await owner.call('makeToken', { params, body: { name: 'T', roles: ['commander'] } });
  const imported = await fetch(`${w.origin}/api/rooms/${elsewhere}/imports`, {
    method: 'POST',
    headers: {
      cookie: owner.cookie,
      origin: 'http://rejoinder.test',
      'operation-id': crypto.randomUUID(),
      'content-type': 'application/x-ndjson',
    },
    body: `${JSON.stringify({ type: 'created', mention: w.mention('An old post.') })}\n`,
  });
  const { importId } = (await imported.json()) as { importId: string };
  const story = await w.app.deps.db
    .selectFrom('mention_verdicts')
    .select('story_id')
    .where('room_id', '=', elsewhere)
    .where('story_id', 'is not', null)
    .executeTakeFirst();
  // Rows of another room whose doors need more than this test does to be opened.
  const [cardId = ''] = Object.keys(cards);
  const { db } = w.app.deps;
  const by = { by_id: owner.userId, by_name: 'Owner', at: '2026-03-02T09:00:00.000Z' };
  await db
    .insertInto('draft_comments')
    .values({
      room_id: elsewhere,
      comment_id: 'com_x',
      thread_id: 'com_x',
      card_id: cardId,
      draft_id: 'draft_x',
      generation: 1,
      anchor: null,
      quote: 'words',
      text: 'Sure?',
      told: '[]',
      ...by,
    })
    .execute();
  await db
    .insertInto('draft_set_aside')
    .values({
      room_id: elsewhere,
      draft_id: 'draft_x',
      aside_id: 'aside_x',
      generation: 1,
      user_id: owner.userId,
      bytes: Buffer.alloc(2),
      words: 'late',
      takes: 0,
      at: by.at,
    })
    .execute();
  await db
    .insertInto('pictures')
    .values({
      room_id: elsewhere,
      hash: 'a'.repeat(64),
      type: 'image/png',
      width: 1,
      height: 1,
      size: 1,
      bytes: Buffer.alloc(1),
      kept_by: owner.userId,
      kept_at: by.at,
    })
    .execute();
  await db
    .insertInto('frozen_items')
    .values({
      room_id: elsewhere,
      item_id: 'hold_x',
      name: 'Sale',
      what: 'campaigns',
      planned_for: null,
      added: JSON.stringify({ at: by.at, by: { userId: owner.userId, name: 'Owner' } }),
      released: null,
    })
    .execute();
  const { statement } = await owner.call('prepareStatement', {
    params,
    body: { planId: 'correction', slots: {}, text: 'We were wrong on Monday.' },
  });
  await owner.call('setChannel', { params, body: { channel: 'chat', url: 'http://127.0.0.1:9/chat' } });
  await w.app.deps.events.change({ roomId: elsewhere, actor: SYSTEM }, ({ tx, now }) =>
    tell(
      w.app.deps,
      tx,
      {
        roomId: elsewhere,
        to: { userId: owner.userId, name: 'Owner', phone: null },
        ways: ['board'],
        about: { kind: 'ask', id: 'ask_x', cardId: null },
        urgent: true,
        title: 'Somebody asks',
        says: '',
        path: '/rooms',
      },
      now,
    ),
  );
  const { room } = await owner.call('addAccount', {
    params,
    body: { platform: 'mastodon', name: 'other.example', url: 'http://127.0.0.1:9/out' },
  });
  const on = { roomId: elsewhere, cardId: null, ladderId: 'breached', cause: 'room:test', says: 'The room waits.' };
  await w.app.deps.events.change({ roomId: elsewhere, actor: SYSTEM }, (change) => startLadder(w.app.deps, change, on));
  // Its first steps are taken before anything is compared.
  await climbLadders(w.app.deps);
  const [running] = (await owner.call('ladders', { params })).ladders;
  const { shift } = await owner.call('planShift', {
    params,
    body: { userId: owner.userId, from: by.at, until: '2026-03-02T17:00:00.000Z', note: '' },
  });
  Object.assign(foreign, {
    shiftId: shift.id,
    ladderId: running?.ladder.id,
    accountId: room.accounts.at(-1)?.id,
    asideId: 'aside_x',
    itemId: 'hold_x',
    statementId: statement.id,
    channel: 'chat',
    aboutId: 'ask_x',
    threadId: 'com_x',
    storyId: story?.story_id,
    playbookId: 'other-house',
    version: '1',
    cardId,
    sourceId: source.id,
    tokenId: token.id,
    importId,
    hash: 'a'.repeat(64),
    userId: owner.userId,
  });
}

async function ask(route: Route, ids: Record<string, string>, headers: Headers, body: unknown = { any: 'thing' }) {
  const path = route.path.replace(/:(\w+)/g, (_, key: string) => ids[key] ?? 'none');
  const query = route.query ? `?${new URLSearchParams(sampleOf(route.query) as Record<string, string>)}` : '';
  const changes = route.method !== 'GET';
  const sends = changes && route.method !== 'DELETE';
  const isPicture = route.method === 'POST' && route.path.endsWith('/pictures');
  const type = route.path.endsWith('/imports') ? 'application/x-ndjson' : isPicture ? 'image/png' : 'application/json';
  const response = await fetch(w.origin + path + query, {
    method: route.method,
    headers: {
      ...(changes ? { origin: 'http://rejoinder.test', 'operation-id': crypto.randomUUID() } : {}),
      ...(sends ? { 'content-type': type } : {}),
      ...headers,
    },
    ...(sends ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  const reply = text.startsWith('{') ? (JSON.parse(text) as { problem?: { code: string } }) : {};
  return { status: response.status, code: reply.problem?.code } satisfies Answer;
}

const isShut = ({ status }: Answer): boolean => status === 401 || status === 403;

describe('every route', () => {
  it('[PE-10] is open to exactly the roles whose abilities the plan gives, by session and by token alike', async () => {
    const wrong: string[] = [];
    const cells = { open: 0, shut: 0 };
    for (const [name, route] of inRooms) {
      // What is asked for is not there: who may come in hears that, or that the body is wrong.
      const ids = { roomId: w.room.id };
      for (const { id, may, cookie, bearer } of roles)
        for (const headers of [{ cookie }, { authorization: bearer }] as Headers[]) {
          const asked = abilitiesOf(route.access);
          const open = asked.length === 0 || asked.some((ability) => may.includes(ability as Ability));
          const answer = await ask(route, ids, headers);
          if (isShut(answer) === open || answer.status >= 500)
            wrong.push(`${name} as ${id} (${Object.keys(headers)}): ${answer.status} ${answer.code}`);
          cells[open ? 'open' : 'shut'] += 1;
        }
      const answer = await ask(route, ids, { authorization: revoked });
      if (answer.status !== (route.access === 'anyone' ? answer.status : 401))
        wrong.push(`${name} with a revoked token: ${answer.status}`);
      cells.shut += 1;
    }
    for (const [name, { access }] of inRooms)
      for (const ability of abilitiesOf(access))
        if (!roles.some(({ may }) => may.includes(ability as Ability))) wrong.push(`${name}: nobody may ${ability}`);
    console.info(
      `role matrix: ${inRooms.length} routes × ${roles.length} roles × person and token, ${cells.open} cells open, ${cells.shut} shut`,
    );
    expect(wrong).toEqual([]);
  }, 60_000);

  it('[PE-2] that names an object finds none of another room, whoever asks, and changes nothing there', async () => {
    const before = await w.app.deps.events.read(elsewhere, 0, 10_000);
    const found: string[] = [];
    let cells = 0;
    for (const [name, route] of inRooms) {
      const named = paramsOf(route).filter((param) => param !== 'roomId');
      if (named.length === 0 || route.access === 'anyone') continue;
      for (const param of named)
        if (!foreign[param]) found.push(`${name}: this test knows no ${param} of another room`);
      const answer = await ask(
        route,
        { ...foreign, roomId: w.room.id },
        { cookie: all.cookie },
        route.body && sampleOf(route.body),
      );
      if (answer.status !== 404) found.push(`${name}: ${answer.status} ${answer.code}`);
      cells += 1;
    }
    console.info(`ownership: ${cells} routes that name an object, each with one of another room`);
    expect(found).toEqual([]);
    expect(await w.app.deps.events.read(elsewhere, 0, 10_000)).toEqual(before);
  });
});
