// A row of another process that is told of while an earlier one is still being read is not forgotten.
import { expect, it } from 'vitest';
import type { Visitor } from '../../server/src/coedit/connection.ts';
import { fanOutHere } from '../../server/src/coedit/draft-fan-out.ts';
import { DraftRooms } from '../../server/src/coedit/draft-rooms.ts';
import type { DraftStore } from '../../server/src/coedit/draft-store.ts';
import { EDITABLE } from './loop-world.ts';
import { memoryStore } from './memory-store.ts';
import { until } from './typist.ts';
import { wiredEditor } from './wired-editor.ts';

it('[CO-23] what is told of while rows are being read is read next', async () => {
  const key = { roomId: 'room_1', draftId: 'drf_1', generation: 1 };
  const visitor = (name: string): Visitor => {
    const actor = { kind: 'person' as const, id: `usr_${name}`, name, roles: [] };
    return { actor, hue: 1, key, sessionId: `ses_${name}` };
  };
  const store = memoryStore();
  const gate = Promise.withResolvers<void>();
  let reads = 0;
  const slow: DraftStore = {
    ...store,
    async load(which, after) {
      const rows = await store.load(which, after);
      if (after !== undefined) reads += 1;
      if (after !== undefined && reads === 1) await gate.promise;
      return rows;
    },
  };
  const telling = fanOutHere();
  const [here, there] = [store, slow].map((each) => new DraftRooms({ store: each, fanOut: telling() }));
  if (!here || !there) throw new Error('no rooms');
  const ana = await wiredEditor(here, visitor('ana'), EDITABLE);
  const ben = await wiredEditor(there, visitor('ben'), EDITABLE);
  ana.text.insert(0, 'one ');
  await until(() => ana.allSaved() && reads === 1, 'the other process reads the first row');
  ana.text.insert(4, 'two');
  await until(() => ana.allSaved(), 'the second row is there');
  gate.resolve();
  await until(() => ben.text.toString() === 'one two', 'both rows came across', 2_000);
  expect(reads).toBeGreaterThan(1);
  for (const each of [ana, ben]) each.leave();
  await Promise.all([here.shutdown(), there.shutdown()]);
});
