// What "saved" promises: converge, commit before anybody hears of it, survive failure, never start twice.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { DraftKey, DraftStore } from '../../server/src/coedit/draft-store.ts';
import { updateFrame } from '../../server/src/coedit/wire.ts';
import { type FreshDatabase, freshDatabase } from '../support/cluster.ts';
import { type LoopWorld, loopWorld } from './loop-world.ts';
import { type TableStore, tableStore } from './table-store.ts';
import { until } from './typist.ts';

describe('saving a draft', () => {
  let database: FreshDatabase;
  let table: TableStore;
  let w: LoopWorld | null = null;
  let count = 0;

  beforeAll(async () => {
    database = await freshDatabase();
    table = tableStore(database.url);
  });
  afterEach(async () => {
    await w?.close();
    w = null;
  });
  afterAll(async () => {
    await table.end();
    await database.drop();
  });

  const open = async (over: Partial<DraftStore> = {}): Promise<LoopWorld> => {
    count += 1;
    const key: DraftKey = { roomId: 'room_1', draftId: `drf_${count}`, generation: 1 };
    await table.start(key);
    w = await loopWorld({ ...table, ...over }, key, { idleMs: 50 });
    return w;
  };

  it('[CO-1] four people typing at once end with one text, and it is the text in the database', async () => {
    const world = await open();
    const people = ['ana', 'ben', 'cho', 'dia'].map((name) => world.join(name));
    await until(() => people.every((p) => p.provider.synced), 'all synced');
    for (let i = 0; i < 50; i++) for (const p of people) p.text.insert(i % (p.text.length + 1), String(i % 10));
    await until(() => people.every((p) => p.text.length === 200 && p.allSaved()), 'all have all, saved');
    expect(new Set(people.map((p) => p.text.toString())).size).toBe(1);
    expect(await table.text(world.key)).toBe(people[0]?.text.toString());
    const fresh = world.join('eve');
    await until(() => fresh.text.length === 200, 'a newcomer reads it');
    expect(fresh.text.toString()).toBe(people[0]?.text.toString());
  });

  it('[CO-2] nobody hears of a change, and its author is not told "saved", before it is committed', async () => {
    let letGo: () => void = () => undefined;
    const gate = new Promise<void>((go) => {
      letGo = go;
    });
    const world = await open({ append: (...args) => gate.then(() => table.append(...args)) });
    const ana = world.join('ana');
    const ben = world.join('ben');
    await until(() => ana.provider.synced && ben.provider.synced && ben.allSaved(), 'synced');
    ana.text.insert(0, 'not yet');
    const late = world.join('cho');
    await new Promise((next) => setTimeout(next, 250));
    expect(ana.allSaved()).toBe(false);
    expect(ben.text.toString()).toBe('');
    expect(late.provider.synced).toBe(false);
    letGo();
    await until(() => ana.allSaved() && ben.text.toString() === 'not yet', 'told after the commit');
    await until(() => late.text.toString() === 'not yet', 'the latecomer is answered from what is committed');
  });

  it('[CO-2] changes that wait for a running write are merged into one row and one frame', async () => {
    const world = await open({
      append: async (...args) => {
        await new Promise((next) => setTimeout(next, 60));
        return table.append(...args);
      },
    });
    const ana = world.join('ana');
    await until(() => ana.allSaved(), 'synced');
    for (let i = 0; i < 100; i++) ana.text.insert(i, 'x');
    await until(() => ana.allSaved() && ana.text.length === 100, 'saved');
    expect(await table.rows(world.key)).toBeLessThanOrEqual(3);
    expect(world.rooms.metrics().updates).toBeGreaterThanOrEqual(100);
  });

  it('[CO-3] a write that fails closes the draft for all; the log is read anew and nobody loses what they typed', async () => {
    let failing = false;
    const world = await open({
      append: async (...args) => {
        if (failing) throw new Error('the disk is full');
        return table.append(...args);
      },
    });
    const ana = world.join('ana');
    const ben = world.join('ben');
    await until(() => ana.provider.synced && ben.provider.synced, 'synced');
    ana.text.insert(0, 'kept');
    await until(() => ben.text.toString() === 'kept' && ana.allSaved(), 'saved');
    failing = true;
    ana.text.insert(4, ' too');
    await until(() => ana.closes.includes(1011) && ben.closes.includes(1011), 'both closed');
    expect(ben.text.toString()).toBe('kept');
    failing = false;
    await until(() => ana.allSaved() && ben.text.toString() === 'kept too', 'both whole again', 15_000);
    expect(await table.text(world.key)).toBe('kept too');
  });

  it('[CO-11] when the last person leaves the log is folded into one row, and the text is unchanged', async () => {
    const world = await open();
    const ana = world.join('ana');
    await until(() => ana.provider.synced, 'synced');
    for (const letter of 'folded') {
      ana.text.insert(ana.text.length, letter);
      await until(() => ana.allSaved(), 'saved');
    }
    expect(await table.rows(world.key)).toBe(6);
    ana.leave();
    await until(async () => (await table.rows(world.key)) === 1 && world.rooms.metrics().rooms === 0, 'folded');
    const ben = world.join('ben');
    await until(() => ben.text.toString() === 'folded', 'read from the fold');
    ben.text.insert(6, '!');
    await until(() => ben.allSaved(), 'goes on');
    expect(await table.text(world.key)).toBe('folded!');
  });

  it('[CO-1] a resent change makes no second row, and its sender is told that it is saved', async () => {
    const world = await open();
    const socket = await world.raw('ana');
    const doc = new Y.Doc();
    doc.getText('text').insert(0, 'once');
    const frame = updateFrame(Y.encodeStateAsUpdate(doc));
    const saved = (): number => socket.frames.filter((f) => f[0] === 4).at(-1)?.[1] ?? 0;
    socket.ws.send(frame);
    await until(() => saved() === 1, 'saved');
    socket.ws.send(frame);
    await until(() => saved() === 2, 'saved again');
    expect(await table.rows(world.key)).toBe(1);
    socket.ws.close();
  });

  it('[CO-9] a change that lacks its predecessor is asked for, and the whole arrives', async () => {
    const world = await open();
    const socket = await world.raw('ana');
    const doc = new Y.Doc();
    const parts: Uint8Array[] = [];
    doc.on('update', (update) => parts.push(update));
    doc.getText('text').insert(0, 'first');
    doc.getText('text').insert(5, ' second');
    const before = socket.frames.length;
    socket.ws.send(updateFrame(parts[1] ?? new Uint8Array()));
    await until(() => socket.frames.slice(before).some((f) => f[0] === 0 && f[1] === 0), 'asked');
    expect(await table.rows(world.key)).toBe(0);
    const whole = updateFrame(Y.encodeStateAsUpdate(doc));
    whole[1] = 1;
    socket.ws.send(whole);
    await until(() => socket.frames.filter((f) => f[0] === 4).at(-1)?.[1] === 2, 'both count as saved');
    expect(await table.text(world.key)).toBe('first second');
    socket.ws.close();
  });
});
