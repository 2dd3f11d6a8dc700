// A line that dies without a word, and one person on two pages.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { faultProxy } from '../chaos/fault-proxy.ts';
import { type FreshDatabase, freshDatabase } from '../support/cluster.ts';
import { type LoopWorld, loopWorld } from './loop-world.ts';
import { type TableStore, tableStore } from './table-store.ts';
import { typist, until } from './typist.ts';

describe('a draft’s lines', () => {
  let database: FreshDatabase;
  let table: TableStore;
  let w: LoopWorld;
  beforeAll(async () => {
    database = await freshDatabase();
    table = tableStore(database.url);
  });
  afterEach(() => w.close());
  afterAll(async () => {
    await table.end();
    await database.drop();
  });
  const open = async (draftId: string): Promise<void> => {
    const key = { roomId: 'room_1', draftId, generation: 1 };
    await table.start(key);
    w = await loopWorld(table, key, { pingMs: 60 });
  };

  it('[F35] one that is half-open is let go within two rounds of pings, its caret with it, and the page comes back by itself', async () => {
    await open('drf_silent');
    const line = await faultProxy({ port: w.port });
    const ben = w.join('ben');
    const ana = typist(`ws://127.0.0.1:${line.port}/yjs`, w.name, 'ana');
    await until(() => ana.allSaved() && ben.allSaved(), 'both there');
    ana.provider.awareness.setLocalState({ cursor: null });
    await until(() => ben.carets().length === 1, 'seen');
    line.set({ do: 'silent' });
    ana.text.insert(0, 'typed into nothing ');
    expect(ana.allSaved()).toBe(false);
    await until(() => w.rooms.metrics().connections === 1, 'let go', 2_000);
    await until(() => ben.carets().length === 0, 'its caret too');
    expect(ben.closes).toEqual([]);
    line.set({ do: 'pass' });
    await until(
      () => ana.allSaved() && ben.text.toString() === 'typed into nothing ',
      'back, and what was typed with it',
    );
    ana.leave();
    await line.close();
  });

  it('[F37] one person on two pages has two carets and one text', async () => {
    await open('drf_twice');
    const [one, two, ben] = [w.join('ana'), w.join('ana'), w.join('ben')];
    await until(() => [one, two, ben].every((each) => each.allSaved()), 'all there');
    for (const page of [one, two]) page.provider.awareness.setLocalState({ cursor: null });
    await until(() => ben.carets().length === 2, 'two carets');
    for (let i = 0; i < 20; i++) for (const [k, page] of [one, two].entries()) page.text.insert(0, `${k}`);
    await until(() => [one, two, ben].every((each) => each.allSaved() && each.text.length === 40), 'all of it');
    expect(new Set([one, two, ben].map((each) => each.text.toString())).size).toBe(1);
    expect(await table.text(w.key)).toBe(ben.text.toString());
  });
});
