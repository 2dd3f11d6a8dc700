// Board sockets as light as they can be: the engine.io and socket.io frames by hand over ws, so that a thousand fit in one client.
import { WebSocket } from 'ws';

export type LiveSocket = { ws: WebSocket; close: () => void };

/** A batch as it came: read only as far as the client needs. `at` is when its last byte was here, by performance.now. */
export type Arrival = { frame: Buffer; at: number };

export type LiveOptions = {
  origin: string;
  path: string;
  headers: Record<string, string>;
  /** Sent once the socket is open; its acknowledgement resolves `openLive`. */
  hello?: [event: string, body: unknown];
  onBatch: (arrival: Arrival) => void;
  /** The server hung up. */
  onLost?: (why: string) => void;
};

const BATCH = Buffer.from('42["events"');

/** Opens one socket: engine.io open, socket.io connect, then the hello and its answer. Answers pings for as long as it lives. */
export function openLive({ origin, path, headers, hello, onBatch, onLost }: LiveOptions): Promise<LiveSocket> {
  const { port } = new URL(origin);
  const ws = new WebSocket(`ws://127.0.0.1:${port}${path}/?EIO=4&transport=websocket`, {
    headers,
    origin,
    perMessageDeflate: false,
    skipUTF8Validation: true,
  });
  return new Promise((resolve, reject) => {
    let bye = '';
    let closing = false;
    const opened = {
      ws,
      close() {
        closing = true;
        ws.terminate();
      },
    };
    ws.on('error', reject);
    ws.on('close', (code) => {
      const why = `the socket was closed with ${code} ${bye}`;
      reject(new Error(why));
      if (!closing) onLost?.(why);
    });
    ws.on('message', (data) => {
      const frame = data as Buffer;
      if (frame.length > BATCH.length && frame.subarray(0, BATCH.length).equals(BATCH))
        return onBatch({ frame, at: performance.now() });
      const text = frame.toString('latin1', 0, 200);
      if (text.startsWith('42["bye"')) bye = text;
      if (text.startsWith('0')) return ws.send('40');
      if (text === '2') return ws.send('3');
      if (text.startsWith('44')) return reject(new Error(text));
      if (text.startsWith('40')) {
        if (!hello) return resolve(opened);
        return ws.send(`420${JSON.stringify(hello)}`);
      }
      if (text.startsWith('430')) {
        if (text.includes('"refused"')) return reject(new Error(text));
        return resolve(opened);
      }
    });
  });
}

/** `from` and `to` of a batch, from its first bytes alone. */
export function rangeOf(frame: Buffer): { from: number; to: number } {
  const found = /"from":(\d+),"to":(\d+)/.exec(frame.toString('latin1', 0, 300));
  return { from: Number(found?.[1]), to: Number(found?.[2]) };
}

/** The whole batch. */
export const batchOf = <T>(frame: Buffer): T => (JSON.parse(frame.toString('utf8', 2)) as [string, T])[1];
