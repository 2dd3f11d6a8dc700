// One person floods a draft over ten sockets; whoever types in another draft is committed in between, counted by commits.
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { DraftRooms } from '../../server/src/coedit/draft-rooms.ts';
import type { DraftKey } from '../../server/src/coedit/draft-store.ts';
import { updateFrame } from '../../server/src/coedit/wire.ts';
import { EDITABLE } from './loop-world.ts';
import { memoryStore } from './memory-store.ts';
import { until } from './typist.ts';
import { wiredEditor } from './wired-editor.ts';
import { type WiredSocket, wiredSocket } from './wired-socket.ts';

it('[CO-22] a flood over ten sockets of one draft lets every key of another draft in between its commits', async () => {
  const kept = memoryStore();
  const commits: string[] = [];
  const store = {
    ...kept,
    append: (...args: Parameters<typeof kept.append>) => {
      commits.push(args[0].draftId);
      return kept.append(...args);
    },
  };
  const rooms = new DraftRooms({ store, log: () => undefined });
  const key = (draftId: string): DraftKey => ({ roomId: 'room_1', draftId, generation: 1 });
  const visitor = (name: string, draftId: string) => ({
    actor: { kind: 'person' as const, id: `usr_${name}`, name, roles: [] },
    hue: 1,
    key: key(draftId),
    sessionId: `ses_${name}`,
  });
  const ana = await wiredEditor(rooms, visitor('ana', 'drf_calm'), EDITABLE);
  ana.text.insert(0, 'x');
  await until(() => ana.allSaved(), 'the first key is in');

  const frames: [WiredSocket, Uint8Array][] = [];
  for (let nth = 0; nth < 10; nth++) {
    const socket = await wiredSocket(rooms, visitor('mal', 'drf_flood'), EDITABLE);
    const doc = new Y.Doc();
    doc.on('update', (update) => frames.push([socket, updateFrame(update)]));
    // Everything at one place, by ten authors: each further one has to be placed among all the others.
    for (let i = 0; i < 300; i++) doc.getText('text').insert(0, String(nth));
  }
  const waits: number[] = [];
  for (let round = 0; frames.length > 0 && round < 40; round++) {
    for (const [socket, frame] of frames.splice(0, 150)) socket.put(frame);
    const from = commits.length;
    ana.text.insert(ana.text.length, 'k');
    await until(() => ana.allSaved(), 'her key is in');
    const upTo = commits.indexOf('drf_calm', from);
    waits.push(commits.slice(from, upTo).filter((draftId) => draftId === 'drf_flood').length);
  }
  expect(ana.closes).toEqual([]);
  expect(waits.length).toBeGreaterThan(10);
  expect(Math.max(...waits)).toBeLessThanOrEqual(3);
  expect(kept.text(key('drf_calm')).said).toBe(`x${'k'.repeat(waits.length)}`);
  await rooms.shutdown();
});
