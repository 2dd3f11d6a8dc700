// Lines that break at the worst moment: whoever asks for something and hangs up hurts nobody else.
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ServerProcess, serverProcess } from '../chaos/server-process.ts';
import { type FreshDatabase, freshDatabase } from '../support/cluster.ts';

const ORIGIN = 'http://localhost:3000';
const COOKIE = 'rejoinder.session_token=nobody.nothing';
const UPGRADE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': `${'A'.repeat(22)}==`,
};
/** More is promised than comes. */
const BODY = { 'content-type': 'application/json', 'content-length': '60000' };
const SOCKETS = ['/nowhere', '/live/?EIO=4&transport=websocket', '/yjs/room_none/drf_none.1', '/%zz'];
const BODIES = [
  '/api/hooks/room_none/src_none',
  '/api/auth/sign-in/email',
  '/api/rooms/room_none/imports?name=posts',
  '/api/rooms/room_none/cards/card_none/pictures',
  '/nowhere',
];

let database: FreshDatabase;
let server: ServerProcess;

beforeAll(async () => {
  database = await freshDatabase();
  server = await serverProcess({ DATABASE_URL: database.url, PUBLIC_ORIGIN: ORIGIN });
  await server.start();
});
afterAll(async () => {
  await server.end();
  await database.drop();
});

/** Begins a request and breaks the line so many ms later, without a goodbye. */
async function askAndBreak(line: string, more: Record<string, string>, after: number): Promise<void> {
  const { hostname, port } = new URL(server.origin);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.on('error', () => undefined);
  const headers = Object.entries({ host: new URL(ORIGIN).host, origin: ORIGIN, cookie: COOKIE, ...more });
  const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.write(`${line} HTTP/1.1\r\n${head}\r\n{"text":`);
  if (after > 0) await pause(after);
  socket.resetAndDestroy();
}

async function stands(): Promise<void> {
  await pause(300);
  expect((await fetch(`${server.origin}/api/health`)).status).toBe(200);
}

it('[LV-11] a line that breaks while it is upgraded, on any path and at any moment, leaves the server standing', async () => {
  for (const path of SOCKETS) for (let nth = 0; nth < 60; nth++) await askAndBreak(`GET ${path}`, UPGRADE, nth % 6);
  await stands();
});

it('[LV-11] so does one that breaks while it sends', async () => {
  for (const path of BODIES) for (let nth = 0; nth < 40; nth++) await askAndBreak(`POST ${path}`, BODY, nth % 6);
  await stands();
});
