// Whoever sends thousands of changes at once is taken in turns: the loop sees to everybody else in between.
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { DraftDocument } from '../../server/src/coedit/draft-document.ts';
import { DraftRooms } from '../../server/src/coedit/draft-rooms.ts';
import { updateFrame } from '../../server/src/coedit/wire.ts';
import { EDITABLE } from './loop-world.ts';
import { memoryStore } from './memory-store.ts';
import { until } from './typist.ts';
import { wiredEditor } from './wired-editor.ts';
import { wiredSocket } from './wired-socket.ts';

const key = { roomId: 'room_1', draftId: 'drf_1', generation: 1 };
const visitor = (name: string) => ({
  actor: { kind: 'person' as const, id: `usr_${name}`, name, roles: [] },
  hue: 1,
  key,
  sessionId: `ses_${name}`,
});

it('[CO-18] 1,500 changes in one breath leave room for others, are all saved, in order and once', async () => {
  const store = memoryStore();
  const rooms = new DraftRooms({ store, log: () => undefined });
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

/** 900 places, which is more than 8 KiB. */
function large(clientID: number): Y.Doc {
  const doc = new Y.Doc();
  doc.clientID = clientID;
  for (let i = 0; i < 900; i++) doc.getText('text').insert(0, String(i % 10));
  return doc;
}

it('[CO-18] a large change between small ones of the same breath is taken in its order, once, and a hurtful one closes its socket alone', async () => {
  const store = memoryStore();
  const rooms = new DraftRooms({ store, log: () => undefined });
  const ana = await wiredEditor(rooms, visitor('ana'), EDITABLE);
  const [busy, other] = [large(7), new Y.Doc()];
  other.clientID = 8;
  const writer = await wiredSocket(rooms, visitor('busy'), EDITABLE);
  const mal = await wiredSocket(rooms, visitor('mal'), EDITABLE);
  other.getText('text').insert(0, 'first. ');
  writer.put(updateFrame(Y.encodeStateAsUpdate(other)));
  writer.put(updateFrame(Y.encodeStateAsUpdate(busy)));
  const rich = large(9);
  rich.getText('text').insertEmbed(0, { image: 'x' });
  mal.put(updateFrame(Y.encodeStateAsUpdate(rich)));
  Y.applyUpdate(other, Y.encodeStateAsUpdate(busy));
  const known = Y.encodeStateVector(other);
  other.getText('text').insert(other.getText('text').length, ' last.');
  writer.put(updateFrame(Y.encodeStateAsUpdate(other, known)));
  await until(() => ana.text.toString().endsWith(' last.'), 'all of it arrived');
  expect(ana.text.toString()).toBe(other.getText('text').toString());
  expect(store.text(key).said).toBe(ana.text.toString());
  expect(rooms.visitors().map(({ actor }) => actor.name)).toEqual(['ana', 'busy']);
  await rooms.shutdown();
});

it('[CO-18] what was looked at ahead is looked at again when the text changed in between', () => {
  const document = new DraftDocument({ updates: [], n: 0 });
  const update = Y.encodeStateAsUpdate(large(7));
  document.lookAt(update, 'ana');
  const before = new Y.Doc();
  before.clientID = 7;
  before.getText('text').insert(0, 'mine');
  document.collect(() => document.take(Y.encodeStateAsUpdate(before), 'ben'));
  expect(() => document.take(update, 'ana')).toThrow('another person');
  expect(document.text).toBe('mine');
});
