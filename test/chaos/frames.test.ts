// A hundred thousand frames no honest page would send, through the server's own wire code: only their own sockets suffer.
import { randomFrom } from '@rejoinder/scenario/random';
import { describe, expect, it } from 'vitest';
import type { Visitor } from '../../server/src/coedit/connection.ts';
import { DraftRooms } from '../../server/src/coedit/draft-rooms.ts';
import { EDITABLE, FROZEN, READ_ONLY } from '../coedit/loop-world.ts';
import { memoryStore } from '../coedit/memory-store.ts';
import { until } from '../coedit/typist.ts';
import { wiredEditor } from '../coedit/wired-editor.ts';
import { type WiredSocket, wiredSocket } from '../coedit/wired-socket.ts';
import { author, nextFrame } from './frame-grammar.ts';
import { seed, size, told } from './sizes.ts';

const FRAMES = size('frames', { short: 100_000, long: 2_000_000 });
/** A draft is left after so many frames, so that none is full. */
const FRAMES_A_DRAFT = 2_000;
const HOSTILE = [EDITABLE, EDITABLE, EDITABLE, READ_ONLY, FROZEN];

describe('hostile frames', () => {
  it(
    `[CO-13] [F28] ${FRAMES} of them, seed ${seed}, close only their own sockets and leave text, log and other people as they were`,
    async () => {
      const random = randomFrom(`frames ${seed}`);
      const store = memoryStore();
      let clock = 0;
      const faults: unknown[] = [];
      const rooms = new DraftRooms({ store, now: () => clock, log: (_, cause) => void faults.push(cause), idleMs: 1 });
      const kinds = new Map<string, number>();
      let slowest = { ms: 0, name: '' };
      for (let from = 0; from < FRAMES; from += FRAMES_A_DRAFT) {
        const key = { roomId: 'room_1', draftId: `drf_${from}`, generation: 1 };
        const visitor = (name: string): Visitor => {
          const actor = { kind: 'person' as const, id: `usr_${name}`, name, roles: [] };
          return { actor, hue: 1, key, sessionId: `ses_${name}` };
        };
        const honest = await Promise.all(['ana', 'ben'].map((name) => wiredEditor(rooms, visitor(name), EDITABLE)));
        const [ana, ben] = honest;
        if (!ana || !ben) throw new Error('nobody came');
        ana.text.insert(0, 'a calm text');
        const attackers = HOSTILE.map((state, i) => ({
          state,
          name: `mal${i}`,
          by: author(random),
          socket: null as WiredSocket | null,
        }));
        const authors = [...attackers.map(({ by }) => by), { doc: ana.doc, type: () => new Uint8Array([0, 0]) }];
        const most = Math.min(FRAMES_A_DRAFT, FRAMES - from);
        for (let i = 0; i < most; i++) {
          const mal = random.pick(attackers);
          if (!mal.socket || mal.socket.closed !== null) {
            if (random.chance(0.05)) mal.by = author(random);
            mal.socket = await wiredSocket(rooms, visitor(mal.name), mal.state);
          }
          const { name, frame } = nextFrame(random, mal.by, authors);
          kinds.set(name, (kinds.get(name) ?? 0) + 1);
          clock += 20;
          const started = performance.now();
          // One the server does not read for a while is hung up; a hostile client would come back too.
          if (!mal.socket.put(frame)) mal.socket.hangUp();
          if (i % 5 === 0) await null;
          const ms = performance.now() - started;
          if (ms > slowest.ms) slowest = { ms, name };
          if (i % 100 === 0) {
            if (ana.text.length > 4_000) ana.text.delete(0, ana.text.length);
            ana.text.insert(ana.text.length, '.');
            ben.text.insert(0, random.pick(['-', '+']));
            await new Promise(setImmediate);
          }
        }
        await until(() => honest.every((each) => each.allSaved()), `the honest are saved, frame ${from + most}`);
        // What a turn left of a hostile batch may still be written now, and is in the log a moment before it is told: all are looked at
        // in one moment, until they agree and nothing more comes.
        const look = () => ({ ...store.text(key), ana: ana.text.toString(), ben: ben.text.toString() });
        let before = look();
        await until(() => {
          const now = look();
          const isStill = now.folded === before.folded;
          before = now;
          return isStill && [now.said, now.ana, now.ben].every((text) => text === now.folded);
        }, 'log, row and both pages agree');
        expect(honest.flatMap((each) => each.closes)).toEqual([]);
        expect(store.owners(key).get(ana.doc.clientID)).toBe('usr_ana');
        for (const mal of attackers) mal.socket?.hangUp();
        for (const each of honest) each.leave();
      }
      const { failures, closed, connections } = rooms.metrics();
      expect({ failures, connections, faults }).toEqual({ failures: 0, connections: 0, faults: [] });
      await until(() => rooms.metrics().rooms === 0, 'every draft was let go');
      await rooms.shutdown();
      const closings = new Map(Object.entries(closed));
      console.info(
        `frames, seed ${seed}: ${FRAMES} of ${kinds.size} kinds; closed for ${told(closings)}; slowest ${slowest.ms.toFixed(1)} ms (${slowest.name})`,
      );
    },
    60_000 + FRAMES,
  );
});
