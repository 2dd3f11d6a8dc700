// What coedit is compared with: a relay that keeps texts in memory and passes every update on. Nothing is checked; with
// RELAY_COMMITS (a database with a table `updates`) each update is committed first, which is the least that loses nothing.
import { createServer } from 'node:http';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import pg from 'pg';
import { type WebSocket, WebSocketServer } from 'ws';
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';

type Draft = { doc: Y.Doc; sockets: Set<WebSocket> };
const url = process.env.RELAY_COMMITS;
const log = url ? new pg.Pool({ connectionString: url, max: 12 }) : null;
const APPEND = { name: 'append', text: 'insert into updates (draft, bytes) values ($1, $2)' };
const drafts = new Map<string, Draft>();

function draftOf(name: string): Draft {
  const known = drafts.get(name);
  if (known) return known;
  const made: Draft = { doc: new Y.Doc(), sockets: new Set() };
  made.doc.on('update', (update: Uint8Array, origin: unknown) => {
    const frame = encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, 0);
      writeUpdate(encoder, update);
    });
    for (const socket of made.sockets) if (socket !== origin) socket.send(frame);
  });
  drafts.set(name, made);
  return made;
}

const http = createServer();
const server = new WebSocketServer({ server: http, perMessageDeflate: false });
server.on('connection', (socket, request) => {
  const draft = draftOf(request.url ?? '');
  draft.sockets.add(socket);
  socket.on('close', () => draft.sockets.delete(socket));
  socket.on('message', async (data) => {
    await log?.query({ ...APPEND, values: [0, data] });
    const decoder = decoding.createDecoder(new Uint8Array(data as Buffer));
    if (decoding.readVarUint(decoder) !== 0) return;
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, 0);
    readSyncMessage(decoder, encoder, draft.doc, socket);
    if (encoding.length(encoder) > 1) socket.send(encoding.toUint8Array(encoder));
  });
  socket.send(
    encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, 0);
      writeSyncStep1(encoder, draft.doc);
    }),
  );
});
http.listen(Number(process.env.RELAY_PORT ?? 0), '127.0.0.1', () => {
  const address = http.address();
  console.log(`ready ${typeof address === 'object' && address ? address.port : 0}`);
});
