// Whoever sends thousands of changes at once is taken in turns: the loop sees to everybody else in between.
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { DraftRooms } from '../../server/src/coedit/draft-rooms.ts';
import { updateFrame } from '../../server/src/coedit/wire.ts';
import { EDITABLE } from './loop-world.ts';
import { memoryStore } from './memory-store.ts';
import { until } from './typist.ts';
import { wiredEditor } from './wired-editor.ts';
import { wiredSocket } from './wired-socket.ts';

it('[CO-18] 1,500 changes in one breath leave room for others, are all saved, in order and once', async () => {
  const store = memoryStore();
  const rooms = new DraftRooms({ store, log: () => undefined });
  const key = { roomId: 'room_1', draftId: 'drf_1', generation: 1 };
  const visitor = (name: string) => ({
    actor: { kind: 'person' as const, id: `usr_${name}`, name, roles: [] },
    hue: 1,
    key,
    sessionId: `ses_${name}`,
  });
  const ana = await wiredEditor(rooms, visitor('ana'), EDITABLE);
  // Four authors in one gap make each further run there dear.
  for (let author = 0; author < 4; author++) {
    const apart = new Y.Doc();
    const socket = await wiredSocket(rooms, visitor(`author${author}`), EDITABLE);
    apart.on('update', (update) => void socket.put(updateFrame(update)));
    for (let i = 0; i < 150; i++) apart.getText('text').insert(0, 'x');
    await until(() => ana.text.length === 150 * (author + 1), 'its part arrived');
  }
  await until(() => ana.text.length === 600, 'the gap is full');
  const doc = new Y.Doc();
  const frames: Uint8Array[] = [];
  doc.on('update', (update) => frames.push(updateFrame(update)));
  for (let i = 0; i < 1_500; i++) doc.getText('text').insert(0, String(i % 10));
  const busy = await wiredSocket(rooms, visitor('busy'), EDITABLE);
  const rows = rooms.metrics().rows;
  for (const frame of frames) busy.put(frame);
  let turns = 0;
  await until(() => {
    turns += 1;
    return ana.text.length === 2_100;
  }, 'all of it arrived');
  expect(turns).toBeGreaterThan(1);
  expect(rooms.metrics().rows - rows).toBeGreaterThan(1);
  const { said, folded } = store.text(key);
  expect([said, folded]).toEqual([ana.text.toString(), ana.text.toString()]);
  expect(said.replaceAll('x', '')).toBe(doc.getText('text').toString());
  await rooms.shutdown();
});
