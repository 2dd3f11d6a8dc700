// The frames of the draft socket: y-websocket's own, and ours for "saved" and "state". Reading never throws past its caller unnamed.
import {
  type DraftState,
  FRAME_AWARENESS,
  FRAME_QUERY_AWARENESS,
  FRAME_SAVED,
  FRAME_SET_ASIDE,
  FRAME_STATE,
  FRAME_SYNC,
} from '@rejoinder/contracts/drafts';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

const STEP_1 = 0;
const STEP_2 = 1;
const UPDATE = 2;

/** A frame from a client, named. `update` carries content (sync step 2 or update); `whole` says it is all the client has. */
export type ClientFrame =
  | { kind: 'ask'; vector: Uint8Array }
  | { kind: 'update'; update: Uint8Array; whole: boolean }
  | { kind: 'awareness'; entries: AwarenessEntry[] }
  | { kind: 'query-awareness' };

/** One client's presence as sent: `state` is JSON text, `null` in it means the client left. */
export type AwarenessEntry = { clientId: number; clock: number; state: string };

/** Reads one frame. Throws on anything outside the allow-list of opcodes or after the end. */
export function readFrame(bytes: Uint8Array): ClientFrame {
  const decoder = decoding.createDecoder(bytes);
  const frame = readBody(decoder);
  if (decoding.hasContent(decoder)) throw new Error('bytes after the end of the frame');
  return frame;
}

export const askFrame = (vector: Uint8Array): Uint8Array => syncFrame(STEP_1, vector);
export const answerFrame = (update: Uint8Array): Uint8Array => syncFrame(STEP_2, update);
export const updateFrame = (update: Uint8Array): Uint8Array => syncFrame(UPDATE, update);

export const savedFrame = (count: number): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, FRAME_SAVED);
    encoding.writeVarUint(encoder, count);
  });

export const stateFrame = (state: DraftState): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, FRAME_STATE);
    encoding.writeVarString(encoder, JSON.stringify(state));
  });

export const setAsideFrame = (): Uint8Array =>
  encoding.encode((encoder) => encoding.writeVarUint(encoder, FRAME_SET_ASIDE));

export const awarenessFrame = (entries: Iterable<AwarenessEntry>): Uint8Array => {
  const list = [...entries];
  const body = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, list.length);
    for (const entry of list) {
      encoding.writeVarUint(encoder, entry.clientId);
      encoding.writeVarUint(encoder, entry.clock);
      encoding.writeVarString(encoder, entry.state);
    }
  });
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, FRAME_AWARENESS);
    encoding.writeVarUint8Array(encoder, body);
  });
};

function readBody(decoder: decoding.Decoder): ClientFrame {
  const type = decoding.readVarUint(decoder);
  if (type === FRAME_QUERY_AWARENESS) return { kind: 'query-awareness' };
  if (type === FRAME_AWARENESS)
    return { kind: 'awareness', entries: readAwareness(decoding.readVarUint8Array(decoder)) };
  if (type !== FRAME_SYNC) throw new Error(`frame type ${type} is not a client's to send`);
  const step = decoding.readVarUint(decoder);
  const payload = decoding.readVarUint8Array(decoder);
  if (step === STEP_1) return { kind: 'ask', vector: payload };
  if (step === STEP_2) return { kind: 'update', update: payload, whole: true };
  if (step === UPDATE) return { kind: 'update', update: payload, whole: false };
  throw new Error(`sync step ${step} does not exist`);
}

function readAwareness(bytes: Uint8Array): AwarenessEntry[] {
  const decoder = decoding.createDecoder(bytes);
  const count = decoding.readVarUint(decoder);
  const entries: AwarenessEntry[] = [];
  // The count is the sender's claim: the loop ends with the bytes, which the frame cap bounds.
  for (let i = 0; i < count; i++) {
    const clientId = decoding.readVarUint(decoder);
    const clock = decoding.readVarUint(decoder);
    entries.push({ clientId, clock, state: decoding.readVarString(decoder) });
  }
  return entries;
}

function syncFrame(step: number, payload: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, FRAME_SYNC);
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, payload);
  });
}
