// Somebody typing in a draft, as light as can be: a Y.Doc and a socket. Tells when its edits are saved, and what it saw of others.
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';

const SYNC = 0;
const SAVED = 4;
const STEP_2 = 1;
const UPDATE = 2;

export type LightTypist = {
  doc: Y.Doc;
  /** Types one character at a caret of its own, which moves with what others write before it. */
  type: (character: string) => void;
  /** When each of the own edits went out, by the clock after it. */
  sentAt: Map<number, number>;
  /** ms from an edit to its "saved". */
  saved: number[];
  /** Highest clock seen of each other client; called once for each step forward. */
  onSeen: (client: number, clock: number, at: number) => void;
  open: () => boolean;
  close: () => void;
};

/** Opens the draft at this address and waits until both sides have each other's text. */
export function lightTypist(url: string, headers: Record<string, string>): Promise<LightTypist> {
  const doc = new Y.Doc();
  const text = doc.getText('text');
  const ws = new WebSocket(url, { headers, perMessageDeflate: false });
  const framesSent: number[] = [];
  let acknowledged = 0;
  const seen = new Map<number, number>();
  let caret = 0;
  text.observe(({ delta }, { origin }) => {
    if (origin !== ws) return;
    let at = 0;
    for (const { retain, insert, delete: removed } of delta) {
      if (retain !== undefined) at += retain;
      const added = typeof insert === 'string' ? insert.length : 0;
      if (at < caret) caret += added - Math.min(removed ?? 0, caret - at);
      at += added;
    }
  });
  const typist: LightTypist = {
    doc,
    sentAt: new Map(),
    saved: [],
    onSeen: () => undefined,
    type: (character) => {
      text.insert(caret, character);
      caret += 1;
    },
    open: () => ws.readyState === WebSocket.OPEN,
    close: () => ws.terminate(),
  };
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === ws || ws.readyState !== WebSocket.OPEN) return;
    typist.sentAt.set(Y.getState(doc.store, doc.clientID), performance.now());
    framesSent.push(performance.now());
    ws.send(
      encoding.encode((encoder) => {
        encoding.writeVarUint(encoder, SYNC);
        writeUpdate(encoder, update);
      }),
    );
  });
  return new Promise((resolve, reject) => {
    let synced = false;
    ws.on('error', reject);
    ws.on('open', () =>
      ws.send(
        encoding.encode((encoder) => {
          encoding.writeVarUint(encoder, SYNC);
          writeSyncStep1(encoder, doc);
        }),
      ),
    );
    ws.on('message', (data) => {
      const at = performance.now();
      const decoder = decoding.createDecoder(new Uint8Array(data as Buffer));
      const kind = decoding.readVarUint(decoder);
      if (kind === SAVED) {
        const count = decoding.readVarUint(decoder);
        for (; acknowledged < count; acknowledged++) {
          const sent = framesSent[acknowledged];
          if (sent !== undefined && sent > 0) typist.saved.push(at - sent);
        }
        return;
      }
      if (kind !== SYNC) return;
      const encoder = encoding.createEncoder();
      encoding.writeVarUint(encoder, SYNC);
      const step = readSyncMessage(decoder, encoder, doc, ws);
      if (encoding.length(encoder) > 1) {
        // An answer to "what do you have" carries content too and is counted by the server; it is no edit.
        framesSent.push(0);
        ws.send(encoding.toUint8Array(encoder));
      }
      if (step === STEP_2 && !synced) {
        synced = true;
        resolve(typist);
      }
      if (step === UPDATE || step === STEP_2) {
        for (const client of doc.store.clients.keys()) {
          const clock = Y.getState(doc.store, client);
          if (client === doc.clientID || clock <= (seen.get(client) ?? 0)) continue;
          seen.set(client, clock);
          typist.onSeen(client, clock, at);
        }
      }
    });
  });
}
