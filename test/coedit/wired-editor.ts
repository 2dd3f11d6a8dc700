// An honest editor on a wired socket: a Y.Doc that sends what it types, answers what it is asked, and comes back when it was cut.
import { DRAFT_ROOT, type DraftState, FRAME_SAVED, FRAME_SYNC } from '@rejoinder/contracts/drafts';
import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import type { Visitor } from '../../server/src/coedit/connection.ts';
import type { DraftRooms } from '../../server/src/coedit/draft-rooms.ts';
import { answerFrame, askFrame, updateFrame } from '../../server/src/coedit/wire.ts';
import { type WiredSocket, wiredSocket } from './wired-socket.ts';

export type WiredEditor = {
  doc: Y.Doc;
  text: Y.Text;
  /** Codes of every time it was closed. */
  closes: number[];
  /** Everything it has is committed. */
  allSaved: () => boolean;
  comeBack: () => Promise<void>;
  leave: () => void;
};

export async function wiredEditor(rooms: DraftRooms, visitor: Visitor, state: DraftState): Promise<WiredEditor> {
  const doc = new Y.Doc();
  const closes: number[] = [];
  let socket: WiredSocket | null = null;
  /** What it is asked for while its socket is still being opened. */
  let early: Uint8Array[] = [];
  let sent = 0;
  let saved = 0;
  const put = (frame: Uint8Array): void => {
    sent += 1;
    if (socket) socket.put(frame);
    else early.push(frame);
  };
  const hear = (frame: Uint8Array): void => {
    const decoder = decoding.createDecoder(frame);
    const kind = decoding.readVarUint(decoder);
    if (kind === FRAME_SAVED) saved = decoding.readVarUint(decoder);
    if (kind !== FRAME_SYNC) return;
    const step = decoding.readVarUint(decoder);
    const payload = decoding.readVarUint8Array(decoder);
    if (step === 0) put(answerFrame(Y.encodeStateAsUpdate(doc, payload)));
    else Y.applyUpdate(doc, payload, 'server');
  };
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'server') put(updateFrame(update));
  });
  const editor: WiredEditor = {
    doc,
    text: doc.getText(DRAFT_ROOT),
    closes,
    allSaved: () => socket !== null && socket.closed === null && sent > 0 && sent === saved,
    async comeBack() {
      if (socket?.closed != null) closes.push(socket.closed);
      sent = 0;
      saved = 0;
      socket = null;
      early = [];
      socket = await wiredSocket(rooms, visitor, state, hear);
      for (const frame of early.splice(0)) socket.put(frame);
      socket.put(askFrame(Y.encodeStateVector(doc)));
    },
    leave: () => socket?.hangUp(),
  };
  await editor.comeBack();
  return editor;
}
