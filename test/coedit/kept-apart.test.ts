// Drafts beside each other: a slow or hostile one delays no other, and drafts that come and go leave nothing behind.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import type { DraftStore } from '../../server/src/coedit/draft-store.ts';
import { loopWorld, rawSocket } from './loop-world.ts';
import { typist, until } from './typist.ts';

/** Keeps updates in memory; a draft named here takes this long for each write. */
function memory(slow: Record<string, number> = {}): DraftStore {
  const logs = new Map<string, Uint8Array[]>();
  const log = (id: string): Uint8Array[] => logs.get(id) ?? logs.set(id, []).get(id) ?? [];
  return {
    load: async ({ draftId }) => ({ updates: [...log(draftId)], n: log(draftId).length }),
    async append({ draftId }, { update }) {
      await new Promise((next) => setTimeout(next, slow[draftId] ?? 0));
      return { n: log(draftId).push(update) };
    },
    compact: async () => undefined,
  };
}

it('[CO-20] writes that hang in one draft delay no key of another', async () => {
  const w = await loopWorld(memory({ drf_slow: 700 }), { roomId: 'room_1', draftId: 'drf_quick', generation: 1 });
  const slow = typist(w.base, 'room_1/drf_slow.1', 'mal');
  const [ana, ben] = [w.join('ana'), w.join('ben')];
  await until(() => ana.allSaved() && ben.allSaved() && slow.provider.synced, 'in step');
  const took: number[] = [];
  for (let i = 0; i < 20; i++) {
    slow.text.insert(0, 'x'.repeat(200));
    const started = performance.now();
    ana.text.insert(ana.text.length, `${i} `);
    await until(() => ana.allSaved() && ben.text.length === ana.text.length, 'heard');
    took.push(performance.now() - started);
  }
  expect(took.sort((a, b) => a - b)[10]).toBeLessThan(200);
  expect(slow.allSaved()).toBe(false);
  slow.leave();
  await w.close();
});

it('[CO-21] a thousand drafts opened and closed leave no memory behind', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const w = await loopWorld(memory(), { roomId: 'room_1', draftId: 'drf_0', generation: 1 }, { idleMs: 1 });
  const cycle = async (i: number): Promise<void> => {
    const socket = await rawSocket(`${w.base}/room_1/drf_${i}.1?as=ana${i}`);
    socket.ws.close();
    await socket.closed;
  };
  const cycles = async (from: number, count: number): Promise<number> => {
    for (let i = from; i < from + count; i += 20)
      await Promise.all(Array.from({ length: 20 }, (_, nth) => cycle(i + nth)));
    await until(() => w.rooms.metrics().rooms === 0, 'all unloaded');
    collect();
    return process.memoryUsage().heapUsed;
  };
  const warm = await cycles(0, 200);
  const after = await cycles(200, 1_000);
  // What the store of this test and the sockets of this process keep of a thousand names is below two kilobytes each.
  expect((after - warm) / 1_000).toBeLessThan(2_048);
  await w.close();
});
