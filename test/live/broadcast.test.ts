// What goes to many boards: a slice at a time, one batch after the other, packed once for those who unpack, and the same for everybody.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { RoomEvent } from '@rejoinder/contracts/events';
import { PROTOCOL } from '@rejoinder/contracts/live';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createBatcher } from '../../server/src/live/batcher.ts';
import { broadcast } from '../../server/src/live/broadcast.ts';
import { packedOnce, packetOf } from '../../server/src/live/frames.ts';
import { type World, world } from '../support/world.ts';

const busy = (ms: number): void => {
  for (const until = performance.now() + ms; performance.now() < until; );
};

let w: World;
beforeAll(async () => {
  w = await world();
});
afterAll(() => w[Symbol.asyncDispose]());

describe('a broadcast', () => {
  it('[LV-8] lets other work in between, passes by who left meanwhile and cuts off who does not read', async () => {
    const boards = new Set(['a', 'slow', 'b', 'leaves', 'c']);
    const had: string[] = [];
    const cut: string[] = [];
    const sending = broadcast(packetOf('events', {}), boards, (board) =>
      boards.has(board)
        ? {
            queued: () => (board === 'slow' ? 2 * 1024 * 1024 : 0),
            write() {
              had.push(board);
              busy(6);
            },
            cut: () => cut.push(board),
          }
        : undefined,
    );
    expect(had).toEqual(['a']);
    boards.delete('leaves');
    boards.add('joins');
    await sending;
    expect({ had, cut }).toEqual({ had: ['a', 'b', 'c'], cut: ['slow'] });
    expect(broadcast(packetOf('events', {}), [], () => undefined)).toBeNull();
  });

  it('[LV-8] is followed by the next batch when every board has it', async () => {
    const sent: number[][] = [];
    let arrive = (): void => undefined;
    const batcher = createBatcher(
      async () => 0,
      async () => [],
      (_room, events) => {
        sent.push(events.map((event) => event.seq));
        return new Promise<void>((resolve) => {
          arrive = resolve;
        });
      },
      () => 0,
    );
    await batcher.start('r');
    const hear = (seq: number): void => batcher.hear('r', [{ seq } as RoomEvent]);
    hear(1);
    hear(2);
    hear(3);
    expect(sent).toEqual([[1]]);
    arrive();
    await expect.poll(() => sent).toEqual([[1], [2, 3]]);
    batcher.stop();
    arrive();
  });

  it('[LV-9] packs a frame of any length so that it unpacks to the same', async () => {
    for (const length of [1, 200, 5_000, 100_000]) {
      const { text, frame, packed } = await packedOnce(packetOf('events', { says: 'ünïcode 🦊 '.repeat(length) }));
      const bodyOf = (bytes: Buffer): Buffer => bytes.subarray((bytes[1] ?? 0) < 126 ? 2 : bytes[1] === 126 ? 4 : 10);
      expect(bodyOf(frame).toString()).toBe(`4${text}`);
      if (packed === frame) continue;
      expect([frame[0], packed[0]]).toEqual([0x81, 0xc1]);
      const whole = Buffer.concat([bodyOf(packed), Buffer.from([0, 0, 0xff, 0xff])]);
      expect(inflateRawSync(whole, { finishFlush: 2 }).toString()).toBe(`4${text}`);
    }
  });

  it('[LV-9] brings many boards the same batch, packed to those who take it so', async () => {
    const ria = await w.person('Ria', ['responder']);
    const { seq } = await w.board();
    const heard = new Map<WebSocket, string[]>();
    const board = async (perMessageDeflate: boolean | object): Promise<WebSocket> => {
      const socket = new WebSocket(`${w.origin.replace('http', 'ws')}/live/?EIO=4&transport=websocket`, {
        headers: { cookie: ria.cookie, origin: 'http://rejoinder.test' },
        perMessageDeflate,
      });
      heard.set(socket, []);
      await new Promise<void>((resolve, reject) => {
        socket.on('error', reject);
        socket.on('message', (data) => {
          const text = String(data);
          if (text.startsWith('0')) socket.send('40');
          else if (text.startsWith('40'))
            socket.send(`420["watch",${JSON.stringify({ roomId: w.room.id, since: seq, protocol: PROTOCOL })}]`);
          else if (text.startsWith('430')) resolve();
          else if (text.startsWith('42["events"')) heard.get(socket)?.push(text);
        });
      });
      return socket;
    };
    const sockets = await Promise.all([
      ...[true, true, true, true, true, true].map(board),
      ...[false, { serverMaxWindowBits: 9 }].map(board),
    ]);
    const before = sockets.map((socket) => bytesOf(socket));
    const system = { kind: 'system' as const, id: 'system:test', name: 'Test', roles: [] };
    const says = 'What one board is told all are told. '.repeat(500);
    await w.app.deps.events.change({ roomId: w.room.id, actor: system }, async ({ log }) =>
      log({ type: 'mention.quarantined', data: { mentionId: 'men_x', says } }),
    );
    await expect.poll(() => [...heard.values()].every((texts) => texts.length === 1), { timeout: 5000 }).toBe(true);
    expect(new Set([...heard.values()].flat()).size).toBe(1);
    const bytes = sockets.map((socket, i) => bytesOf(socket) - (before[i] ?? 0));
    for (const [i, count] of bytes.entries())
      if (i < 6) expect(count).toBeLessThan(says.length / 4);
      else expect(count).toBeGreaterThan(says.length);
    for (const socket of sockets) socket.terminate();
  });

  it('[LV-10] takes no packed message that unpacks to more than a message may be', async () => {
    const sam = await w.person('Sam', ['responder']);
    const socket = new WebSocket(`${w.origin.replace('http', 'ws')}/live/?EIO=4&transport=websocket`, {
      headers: { cookie: sam.cookie, origin: 'http://rejoinder.test' },
      perMessageDeflate: true,
    });
    const closed = new Promise<void>((resolve) => {
      socket.on('close', () => resolve());
    });
    await new Promise((resolve) => {
      socket.once('message', resolve);
    });
    const bomb = deflateRawSync(Buffer.alloc(16 * 1024 * 1024, '4'), { finishFlush: 2 }).subarray(0, -4);
    expect(bomb.length).toBeLessThan(32 * 1024);
    const head = Buffer.alloc(8);
    head[0] = 0xc1;
    head[1] = 0x80 | 126;
    head.writeUInt16BE(bomb.length, 2);
    (socket as unknown as { _socket: { write: (bytes: Buffer) => void } })._socket.write(Buffer.concat([head, bomb]));
    await closed;
  });
});

const bytesOf = (socket: WebSocket): number =>
  (socket as unknown as { _socket: { bytesRead: number } })._socket.bytesRead;
