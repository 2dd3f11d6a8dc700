// What happens to people who type before their server is killed: their sockets, its database or its process suffer first.

import { pause } from './fault-proxy.ts';
import type { Rig } from './rig.ts';
import { chance } from './sizes.ts';

type Trouble = (rig: Rig) => Promise<void>;

/** Each ends with the fault still on or just over; the kill follows at once. `heal` takes away what is left. */
export const TROUBLES: Record<string, Trouble> = {
  'nothing else': async () => undefined,
  'sockets cut': async ({ front }) => {
    for (let i = chance.int(1, 3); i > 0; i--) {
      front.cut();
      await pause(chance.int(50, 400));
    }
  },
  'sockets reset': async ({ front }) => {
    front.reset();
    await pause(chance.int(0, 600));
  },
  'sockets slow': async ({ front }) => {
    front.set({ do: 'slow', ms: chance.int(20, 80) });
    await pause(chance.int(200, 500));
  },
  'sockets dripping': async ({ front }) => {
    front.set({ do: 'drip', bytes: chance.int(3, 40), ms: 1 });
    await pause(chance.int(100, 400));
  },
  'sockets half-open': async ({ front }) => {
    front.set({ do: 'silent' });
    await pause(chance.int(100, 400));
    if (chance.chance(0.5)) front.set({ do: 'pass' });
  },
  'database slow': async ({ store }) => {
    store.set({ do: 'slow', ms: chance.int(20, 150) });
    await pause(chance.int(200, 600));
  },
  'database half-open': async ({ store }) => {
    store.set({ do: 'silent' });
    await pause(chance.int(100, 500));
    if (chance.chance(0.5)) {
      store.set({ do: 'pass' });
      await pause(chance.int(0, 200));
    }
  },
  'database connections reset': async ({ store }) => {
    store.reset();
    await pause(chance.int(0, 500));
  },
  'database connections broken off inside a statement': async ({ store }) => {
    store.set({ do: 'reset-after', bytes: chance.int(1, 4_000), back: chance.chance(0.5) });
    await pause(chance.int(100, 500));
    store.set({ do: 'pass' });
    await pause(chance.int(0, 300));
  },
  'database away': async ({ store }) => {
    store.set({ do: 'refuse' });
    store.reset();
    await pause(chance.int(100, 500));
    store.set({ do: 'pass' });
    await pause(chance.int(0, 400));
  },
  'backends terminated': async (rig) => {
    await rig.cutBackends();
    await pause(chance.int(0, 400));
  },
  'process stopped and continued': async ({ server }) => {
    server.freeze();
    await pause(chance.int(100, 900));
    if (chance.chance(0.7)) {
      server.thaw();
      await pause(chance.int(0, 200));
    }
  },
};

/** Every kind in turn, each once in a different order before any comes again. */
export function* troubles(): Generator<string, never> {
  for (;;) yield* chance.shuffle(Object.keys(TROUBLES));
}

export function heal({ front, store }: Rig): void {
  for (const proxy of [front, store]) {
    proxy.set({ do: 'pass' });
    proxy.reset();
  }
}
