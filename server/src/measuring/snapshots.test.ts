import { gunzipSync } from 'node:zlib';
import type { BoardState } from '@rejoinder/contracts/rooms';
import { describe, expect, it } from 'vitest';
import { createSnapshots } from './snapshots.ts';

function ground() {
  const room = { seq: 1, reads: 0, gate: Promise.resolve() };
  const snapshots = createSnapshots(
    async () => room.seq,
    async () => {
      room.reads += 1;
      const { seq } = room;
      await room.gate;
      return { seq } as BoardState;
    },
  );
  return { room, snapshots };
}

describe('snapshots', () => {
  it('[EV-11] an unchanged seq is read once; the next one is read anew', async () => {
    const { room, snapshots } = ground();
    const first = await snapshots.read('room_1');
    expect(JSON.parse(first.json)).toEqual({ seq: 1 });
    expect(gunzipSync(first.packed).toString()).toBe(first.json);
    expect(await snapshots.read('room_1')).toBe(first);
    room.seq = 2;
    expect((await snapshots.read('room_1')).seq).toBe(2);
    expect(room.reads).toBe(2);
  });

  it('[EV-11] pages that ask together share one reading, but none that is older than what they could have read', async () => {
    const { room, snapshots } = ground();
    let open = () => {};
    room.gate = new Promise((resolve) => (open = resolve));
    const [a, b] = [snapshots.read('room_1'), snapshots.read('room_1')];
    await new Promise((resolve) => setTimeout(resolve));
    room.seq = 2;
    const c = snapshots.read('room_1');
    await new Promise((resolve) => setTimeout(resolve));
    open();
    expect([(await a).seq, (await b).seq, (await c).seq]).toEqual([1, 1, 2]);
  });

  it('[EV-11] a reading that failed is not kept', async () => {
    let fails = true;
    const snapshots = createSnapshots(
      async () => 1,
      async () => (fails ? Promise.reject(new Error('away')) : ({ seq: 1 } as BoardState)),
    );
    await expect(snapshots.read('room_1')).rejects.toThrow('away');
    fails = false;
    expect((await snapshots.read('room_1')).seq).toBe(1);
  });
});
