// Board sockets as light as they can be: websocket, engine.io and socket.io by hand over TCP. A thousand fit in one client, and a frame
// costs it little more than its arrival, so that the client's own work is the smaller part of what it measures.
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { constants, inflateRawSync } from 'node:zlib';

export type LiveSocket = { close: () => void };

/** A batch as it came, unpacked where it was packed, as far as it was kept. `at` is when its last byte was here, by performance.now. */
export type Arrival = { frame: Buffer; at: number };

export type LiveOptions = {
  origin: string;
  path: string;
  headers: Record<string, string>;
  /** Sent once the socket is open; its acknowledgement resolves `openLive`. */
  hello?: [event: string, body: unknown];
  /** Bytes kept of each frame, all where left out; the rest is counted and let go. */
  keep?: number;
  onBatch: (arrival: Arrival) => void;
  /** The server hung up. */
  onLost?: (why: string) => void;
};

const BATCH = Buffer.from('42["events"');
/** Where every socket's bytes arrive, one after the other. */
const ARRIVALS = Buffer.alloc(1024 * 1024);
const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

/** Opens one socket: engine.io open, socket.io connect, then the hello and its answer. Answers pings for as long as it lives. */
export function openLive(options: LiveOptions): Promise<LiveSocket> {
  const { origin, path, headers, hello, keep = Number.POSITIVE_INFINITY, onBatch, onLost } = options;
  const { port } = new URL(origin);
  let read = (_chunk: Buffer): void => undefined;
  const socket = connect({
    host: '127.0.0.1',
    port: Number(port),
    noDelay: true,
    onread: {
      buffer: ARRIVALS,
      callback(bytes, buffer) {
        read(Buffer.from(buffer.buffer, buffer.byteOffset, bytes));
        return true;
      },
    },
  });
  return new Promise((resolve, reject) => {
    let bye = '';
    let closing = false;
    const opened = {
      close() {
        closing = true;
        socket.destroy();
      },
    };
    socket.on('error', reject);
    socket.on('close', () => {
      const why = `the socket was closed ${bye}`;
      reject(new Error(why));
      if (!closing) onLost?.(why);
    });
    socket.on('connect', () =>
      socket.write(upgrade(`${path}/?EIO=4&transport=websocket`, port, { origin, ...headers })),
    );
    const take = (code: number, bytes: Buffer, isPacked: boolean): void => {
      const frame = isPacked ? unpacked(bytes) : bytes;
      if (code === PING) send(socket, PONG, frame);
      if (code === CLOSE) bye += ` with ${frame.length >= 2 ? frame.readUInt16BE() : 'no code'}`;
      if (code !== TEXT) return;
      if (frame.length > BATCH.length && frame.subarray(0, BATCH.length).equals(BATCH)) {
        onBatch({ frame, at: performance.now() });
        return;
      }
      const text = frame.toString('latin1', 0, 200);
      if (text.startsWith('42["bye"')) bye = text;
      else if (text.startsWith('0')) send(socket, TEXT, '40');
      else if (text === '2') send(socket, TEXT, '3');
      else if (text.startsWith('44') || (text.startsWith('430') && text.includes('"refused"'))) reject(new Error(text));
      else if (text.startsWith('430')) resolve(opened);
      else if (text.startsWith('40') && hello) send(socket, TEXT, `420${JSON.stringify(hello)}`);
      else if (text.startsWith('40')) resolve(opened);
    };
    read = frameReader(keep, take, (error) => {
      reject(error);
      socket.destroy();
    });
  });
}

function upgrade(target: string, port: string, headers: Record<string, string>): string {
  const all = {
    host: `127.0.0.1:${port}`,
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': randomBytes(16).toString('base64'),
    // As every browser does.
    'sec-websocket-extensions': 'permessage-deflate',
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET ${target} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

/** One masked frame; the mask is all zeros, which leaves the bytes as they are. */
function send(socket: Socket, code: number, body: string | Buffer): void {
  const bytes = Buffer.from(body);
  const size = bytes.length < 126 ? [0x80 | bytes.length] : [0x80 | 126, bytes.length >> 8, bytes.length & 255];
  socket.write(Buffer.concat([Buffer.from([0x80 | code, ...size, 0, 0, 0, 0]), bytes]));
}

/** Reads whole, unmasked, uncompressed frames off the wire, after the answer to the upgrade. What it keeps of a chunk it copies. */
function frameReader(
  keep: number,
  take: (code: number, frame: Buffer, isPacked: boolean) => void,
  fail: (error: Error) => void,
): (chunk: Buffer) => void {
  /** Bytes of an answer or a frame's head that did not come in one piece. */
  let rest = Buffer.alloc(0);
  let isOpen = false;
  let code = 0;
  let isPacked = false;
  /** Bytes of the frame being read that are still to come; -1 between frames. */
  let left = -1;
  let kept: Buffer[] = [];
  let keptBytes = 0;
  return (data) => {
    let chunk = rest.length > 0 ? Buffer.concat([rest, data]) : data;
    rest = Buffer.alloc(0);
    if (!isOpen) {
      const end = chunk.indexOf('\r\n\r\n');
      if (end < 0) {
        rest = Buffer.from(chunk);
        return;
      }
      const status = chunk.toString('latin1', 0, 12);
      if (status !== 'HTTP/1.1 101') {
        fail(new Error(`the upgrade was answered with ${chunk.toString('latin1', 0, 200)}`));
        return;
      }
      isOpen = true;
      chunk = chunk.subarray(end + 4);
    }
    while (chunk.length > 0 || left === 0) {
      if (left < 0) {
        const head = headOf(chunk);
        if (!head) {
          rest = Buffer.from(chunk);
          return;
        }
        code = head.code;
        isPacked = head.isPacked;
        left = head.size;
        chunk = chunk.subarray(head.bytes);
      }
      const here = Math.min(left, chunk.length);
      const wanted = Math.min(here, keep - keptBytes);
      if (wanted > 0) {
        kept.push(Buffer.from(chunk.subarray(0, wanted)));
        keptBytes += wanted;
      }
      left -= here;
      chunk = chunk.subarray(here);
      if (left > 0) return;
      const [only, more] = kept;
      const frame = only && !more ? only : Buffer.concat(kept);
      kept = [];
      keptBytes = 0;
      left = -1;
      take(code, frame, isPacked);
    }
  };
}

type Head = { code: number; isPacked: boolean; size: number; bytes: number };

function headOf(chunk: Buffer): Head | null {
  const [first, second] = chunk;
  if (first === undefined || second === undefined) return null;
  const [code, isPacked] = [first & 15, (first & 64) !== 0];
  if (second < 126) return { code, isPacked, size: second, bytes: 2 };
  const bytes = second === 126 ? 4 : 10;
  if (chunk.length < bytes) return null;
  return { code, isPacked, size: bytes === 4 ? chunk.readUInt16BE(2) : Number(chunk.readBigUInt64BE(2)), bytes };
}

const UNPACKED: { packed: Buffer; frame: Buffer }[] = [];
/** Frames on their way to the boards of one server at a time, and then some. */
const MOST_UNPACKED = 16;

/** The text of a packed frame, or of its first bytes. A board is a browser of its own; what a thousand are sent alike is unpacked here once. */
function unpacked(packed: Buffer): Buffer {
  const known = UNPACKED.find((each) => each.packed.equals(packed));
  if (known) return known.frame;
  const frame = inflateRawSync(packed, { finishFlush: constants.Z_SYNC_FLUSH });
  UNPACKED.unshift({ packed, frame });
  UNPACKED.length = Math.min(UNPACKED.length, MOST_UNPACKED);
  return frame;
}

/** `from` and `to` of a batch, from its first bytes alone. */
export function rangeOf(frame: Buffer): { from: number; to: number } {
  const found = /"from":(\d+),"to":(\d+)/.exec(frame.toString('latin1', 0, 300));
  return { from: Number(found?.[1]), to: Number(found?.[2]) };
}

/** The whole batch. */
export const batchOf = <T>(frame: Buffer): T => (JSON.parse(frame.toString('utf8', 2)) as [string, T])[1];
