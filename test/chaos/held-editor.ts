// An editor whose line is in the test's hand: what it types and what it hears waits until it is let through, and it is cut at will.
import { DRAFT_ROOT, type DraftState, FRAME_SAVED, FRAME_STATE, FRAME_SYNC } from '@rejoinder/contracts/drafts';
import * as decoding from 'lib0/decoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { answerFrame, askFrame, updateFrame } from '../../server/src/coedit/wire.ts';

export type HeldEditor = {
  doc: Y.Doc;
  text: Y.Text;
  readonly state: DraftState | null;
  readonly open: boolean;
  /** Opens a line when there is none. */
  connect: () => Promise<void>;
  cut: () => void;
  /** While asleep nothing passes in either direction by itself. */
  asleep: boolean;
  /** Lets through up to so many frames of those held in each direction. */
  letThrough: (frames: number) => void;
  /** In step, and all it has is committed. */
  allSaved: () => boolean;
};

/** @param url the draft's socket, @param headers who asks */
export function heldEditor(url: string, headers: Record<string, string>): HeldEditor {
  const doc = new Y.Doc();
  let ws: WebSocket | null = null;
  let out: Uint8Array[] = [];
  let heard: Uint8Array[] = [];
  let sent = 0;
  let saved = 0;
  let synced = false;
  let state: DraftState | null = null;
  const take = (frame: Uint8Array): void => {
    const decoder = decoding.createDecoder(frame);
    const kind = decoding.readVarUint(decoder);
    if (kind === FRAME_SAVED) saved = decoding.readVarUint(decoder);
    if (kind === FRAME_STATE) state = JSON.parse(decoding.readVarString(decoder)) as DraftState;
    if (kind !== FRAME_SYNC) return;
    const step = decoding.readVarUint(decoder);
    const payload = decoding.readVarUint8Array(decoder);
    if (step === 0) send(answerFrame(Y.encodeStateAsUpdate(doc, payload)));
    else Y.applyUpdate(doc, payload, 'server');
    if (step === 1) synced = true;
  };
  const send = (frame: Uint8Array): void => {
    out.push(frame);
    if (!editor.asleep) editor.letThrough(Number.POSITIVE_INFINITY);
  };
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'server' && ws !== null) send(updateFrame(update));
  });
  const editor: HeldEditor = {
    doc,
    text: doc.getText(DRAFT_ROOT),
    asleep: false,
    get state() {
      return state;
    },
    get open() {
      return ws?.readyState === WebSocket.OPEN;
    },
    async connect() {
      if (ws && ws.readyState !== WebSocket.CLOSED && ws.readyState !== WebSocket.CLOSING) return;
      const line = new WebSocket(url, { headers, perMessageDeflate: false });
      ws = line;
      out = [];
      heard = [];
      sent = 0;
      saved = 0;
      synced = false;
      line.on('message', (data) => {
        if (ws !== line) return;
        heard.push(new Uint8Array(data as Buffer));
        if (!editor.asleep) editor.letThrough(Number.POSITIVE_INFINITY);
      });
      line.on('error', () => undefined);
      const settled = new Promise<void>((done) => line.once('open', done).once('close', () => done()));
      await settled;
      if (line.readyState === WebSocket.OPEN) line.send(askFrame(Y.encodeStateVector(doc)));
    },
    cut() {
      ws?.terminate();
      ws = null;
    },
    letThrough(frames) {
      for (const frame of heard.splice(0, frames)) take(frame);
      for (const frame of out.splice(0, frames)) {
        if (ws?.readyState !== WebSocket.OPEN) continue;
        // The answer to "what do you have" and updates carry content and are counted by the server.
        if (frame[1] !== 0) sent += 1;
        ws.send(frame);
      }
    },
    allSaved: () => editor.open && synced && out.length === 0 && heard.length === 0 && sent > 0 && sent === saved,
  };
  return editor;
}
