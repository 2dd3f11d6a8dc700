// An event as bytes on the wire: one buffer for every board, and one packed by permessage-deflate (RFC 7692) for those that agreed to it.
import { promisify } from 'node:util';
import { constants, deflateRaw } from 'node:zlib';
import type { Packet } from './broadcast.ts';

const deflate = promisify(deflateRaw);
/** What is smaller is not worth packing. */
const WORTH_BYTES = 2_048;
/** Each message stands for itself, so that one packing serves all; and the quickest way, since it is on the way of a live batch. */
const PACKING = { level: 1, finishFlush: constants.Z_SYNC_FLUSH };
/** What the end of such a packing always is, which the protocol leaves out. */
const TAIL_BYTES = 4;

/** What the server agrees to: it takes packed messages, and by itself packs none, since only what goes to many is worth it. */
export const AGREED = {
  serverNoContextTakeover: true,
  clientNoContextTakeover: true,
  threshold: Number.MAX_SAFE_INTEGER,
  zlibInflateOptions: { chunkSize: 1_024 },
};

/** A socket.io event as engine.io and the wire want it. One buffer is one call to the system, where head and body in two would be gathered. */
export function packetOf(event: string, body: unknown): Packet {
  const text = `2${JSON.stringify([event, body])}`;
  const frame = frameOf(Buffer.from(`4${text}`), 0);
  return { text, frame, packed: frame };
}

export async function packedOnce(packet: Packet): Promise<Packet> {
  if (packet.frame.length < WORTH_BYTES) return packet;
  const packed = await deflate(`4${packet.text}`, PACKING);
  return { ...packet, packed: frameOf(packed.subarray(0, -TAIL_BYTES), RSV1) };
}

const RSV1 = 0x40;
const FINAL_TEXT = 0x81;

/** An unmasked frame (RFC 6455, 5.2). */
function frameOf(body: Buffer, mark: number): Buffer {
  const size = body.length;
  const head = Buffer.alloc(size < 126 ? 2 : size < 65_536 ? 4 : 10);
  head[0] = FINAL_TEXT | mark;
  if (head.length === 2) head[1] = size;
  else if (head.length === 4) {
    head[1] = 126;
    head.writeUInt16BE(size, 2);
  } else {
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(size), 2);
  }
  return Buffer.concat([head, body]);
}
