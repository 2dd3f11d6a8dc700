// A WebSocket's server end without a wire: what the test puts in is a message, what the server sends is kept or answered at once.
import { EventEmitter } from 'node:events';
import type { DraftState } from '@rejoinder/contracts/drafts';
import type { WebSocket } from 'ws';
import type { Visitor } from '../../server/src/coedit/connection.ts';
import type { DraftRooms } from '../../server/src/coedit/draft-rooms.ts';

export type WiredSocket = {
  /** Puts one frame in. False when the socket takes nothing: it is closed, or the server does not read it for a while. */
  put: (frame: Uint8Array | string) => boolean;
  /** The code the server closed with; null while it is open. */
  readonly closed: number | null;
  hangUp: () => void;
};

/** Enters as this visitor and opens. @param hear gets every frame the server sends */
export async function wiredSocket(
  rooms: DraftRooms,
  visitor: Visitor,
  state: DraftState,
  hear: (frame: Uint8Array) => void = () => undefined,
): Promise<WiredSocket> {
  const entrant = await rooms.enter(visitor, state);
  let closed: number | null = null;
  const ws = Object.assign(new EventEmitter(), {
    readyState: 1,
    bufferedAmount: 0,
    isPaused: false,
    send(frame: Uint8Array, done?: () => void) {
      hear(frame);
      done?.();
    },
    close(code: number) {
      if (ws.readyState !== 1) return;
      ws.readyState = 3;
      closed = code;
      ws.emit('close');
    },
    terminate: () => ws.close(1006),
    ping: () => void ws.emit('pong'),
    pause() {
      ws.isPaused = true;
    },
    resume() {
      ws.isPaused = false;
    },
  });
  rooms.open(entrant, ws as unknown as WebSocket);
  return {
    put(frame) {
      if (closed !== null || ws.isPaused) return false;
      ws.emit('message', typeof frame === 'string' ? Buffer.from(frame) : frame, typeof frame !== 'string');
      return true;
    },
    get closed() {
      return closed;
    },
    hangUp: () => ws.close(1006),
  };
}
