// The draft loop behind a real HTTP server, with a gate that believes `?as=`; one draft, any number of people.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DraftState } from '@rejoinder/contracts/drafts';
import type { ProblemCode } from '@rejoinder/contracts/problems';
import { WebSocket } from 'ws';
import type * as Y from 'yjs';
import { DraftRooms, type DraftRoomsOptions } from '../../server/src/coedit/draft-rooms.ts';
import type { DraftKey, DraftStore } from '../../server/src/coedit/draft-store.ts';
import { type Admission, createDraftUpgrade, readDraftPath } from '../../server/src/coedit/upgrade.ts';
import { type Typist, typist } from './typist.ts';

export const EDITABLE: DraftState = { state: 'editable', says: '' };
export const READ_ONLY: DraftState = { state: 'read-only', says: 'You may read this draft.' };
export const FROZEN: DraftState = { state: 'frozen', says: 'The reply is on its way.' };

export type LoopWorld = {
  key: DraftKey;
  rooms: DraftRooms;
  store: DraftStore;
  base: string;
  name: string;
  port: number;
  /** What the gate answers for a person; editable when unsaid. */
  gate: Map<string, DraftState | ProblemCode>;
  join: (as: string, doc?: Y.Doc, reconnect?: boolean) => Typist;
  raw: (as: string) => Promise<RawSocket>;
  close: () => Promise<void>;
};
export type RawSocket = { ws: WebSocket; closed: Promise<number>; frames: Uint8Array[] };

export async function loopWorld(
  store: DraftStore,
  key: DraftKey,
  options: Partial<DraftRoomsOptions> = {},
): Promise<LoopWorld> {
  const gate = new Map<string, DraftState | ProblemCode>();
  const rooms = new DraftRooms({ store, log: () => undefined, ...options });
  const admit = async (request: { url?: string | undefined }): Promise<Admission | ProblemCode> => {
    const asked = readDraftPath(request.url ?? '');
    if (!asked) return 'not-found';
    const as = new URL(request.url ?? '', 'http://x').searchParams.get('as');
    if (!as) return 'signed-out';
    const said = gate.get(as) ?? EDITABLE;
    if (typeof said === 'string') return said;
    const actor = { kind: 'person' as const, id: `usr_${as}`, name: as, roles: [] };
    return { actor, hue: 3, key: asked, state: said, sessionId: `ses_${as}` };
  };
  const server = createServer();
  server.on('upgrade', createDraftUpgrade(rooms, admit));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  const base = `ws://127.0.0.1:${port}/yjs`;
  const name = `${key.roomId}/${key.draftId}.${key.generation}`;
  const people: Typist[] = [];
  return {
    key,
    rooms,
    store,
    base,
    name,
    port,
    gate,
    join(as, doc, reconnect) {
      const person = typist(base, name, as, doc, reconnect);
      people.push(person);
      return person;
    },
    raw: (as) => rawSocket(`${base}/${name}?as=${as}`),
    async close() {
      for (const person of people) person.leave();
      await rooms.shutdown();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** A bare socket, open, that keeps what it hears. */
export async function rawSocket(url: string): Promise<RawSocket> {
  const ws = new WebSocket(url);
  const frames: Uint8Array[] = [];
  ws.on('message', (data) => frames.push(data as Buffer));
  ws.on('error', () => undefined);
  const closed = new Promise<number>((tell) => ws.on('close', tell));
  await new Promise<void>((opened, failed) => {
    ws.once('open', opened);
    ws.once('unexpected-response', (_request, response) => failed(new Error(String(response.statusCode))));
    ws.once('error', failed);
  });
  return { ws, closed, frames };
}

/** The status of the HTTP answer to an upgrade that was refused. */
export async function refusedWith(url: string): Promise<string> {
  return rawSocket(url).then(
    () => 'open',
    (cause: Error) => cause.message,
  );
}
