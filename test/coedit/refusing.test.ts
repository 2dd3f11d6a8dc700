// Who may not, what may not, and how little it takes to say no: only the one socket suffers.

import * as encoding from 'lib0/encoding';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { awarenessFrame, updateFrame } from '../../server/src/coedit/wire.ts';
import { type FreshDatabase, freshDatabase } from '../support/cluster.ts';
import { EDITABLE, FROZEN, type LoopWorld, loopWorld, READ_ONLY, refusedWith } from './loop-world.ts';
import { type TableStore, tableStore } from './table-store.ts';
import { until } from './typist.ts';

describe('refusing', () => {
  let database: FreshDatabase;
  let table: TableStore;
  let w: LoopWorld;
  let count = 0;

  beforeAll(async () => {
    database = await freshDatabase();
    table = tableStore(database.url);
  });
  afterEach(() => w.close());
  afterAll(async () => {
    await table.end();
    await database.drop();
  });
  const open = async (): Promise<LoopWorld> => {
    count += 1;
    const key = { roomId: 'room_1', draftId: `drf_${count}`, generation: 2 };
    await table.start(key);
    w = await loopWorld(table, key);
    return w;
  };

  it('[CO-5] is answered in HTTP before the upgrade: signed out, not allowed, unknown, stale, not ready', async () => {
    await open();
    w.gate.set('out', 'signed-out').set('mal', 'not-allowed').set('wait', 'not-ready');
    const at = (path: string): Promise<string> => refusedWith(`ws://127.0.0.1:${w.port}${path}`);
    expect(await at(`/yjs/${w.name}?as=out`)).toBe('401');
    expect(await at(`/yjs/${w.name}?as=mal`)).toBe('403');
    expect(await at(`/yjs/room_1/drf_none.1?as=ana`)).toBe('404');
    expect(await at(`/yjs/room_1/..%2fetc?as=ana`)).toBe('404');
    expect(await at(`/yjs/${w.name}?as=wait`)).toBe('503');
  });

  it('[CO-6] a socket for an earlier generation is refused with 409', async () => {
    await open();
    expect(await refusedWith(`${w.base}/room_1/${w.key.draftId}.1?as=ana`)).toBe('409');
    expect(await refusedWith(`${w.base}/room_1/${w.key.draftId}.2?as=ana`)).toBe('open');
  });

  it('[CO-7] a reader’s change is refused and told, by provider and by bare socket; the reader still sees others type', async () => {
    await open();
    w.gate.set('rita', READ_ONLY);
    const rita = w.join('rita');
    const ana = w.join('ana');
    await until(() => rita.provider.synced && ana.provider.synced, 'synced');
    expect(rita.state).toEqual(READ_ONLY);
    rita.text.insert(0, 'sneaked in');
    const bare = await w.raw('rita');
    const doc = new Y.Doc();
    doc.getText('text').insert(0, 'raw');
    const heard = bare.frames.length;
    bare.ws.send(updateFrame(Y.encodeStateAsUpdate(doc)));
    await until(() => bare.frames.slice(heard).some((f) => f[0] === 5), 'told');
    ana.text.insert(0, 'plain');
    await until(() => rita.text.toString().includes('plain') && ana.allSaved(), 'reads on');
    expect(ana.text.toString()).toBe('plain');
    expect(await table.text(w.key)).toBe('plain');
    bare.ws.close();
  });

  it('[CO-7] a frozen draft takes nothing; when it thaws, what was typed meanwhile arrives', async () => {
    await open();
    const ana = w.join('ana');
    const ben = w.join('ben');
    await until(() => ana.allSaved() && ben.allSaved(), 'synced');
    ana.text.insert(0, 'before');
    await until(() => ben.text.toString() === 'before' && ana.allSaved(), 'saved');
    w.rooms.setState({ draftId: w.key.draftId }, FROZEN);
    await until(() => ana.state?.state === 'frozen' && ben.state?.state === 'frozen', 'told');
    ana.text.insert(6, ' and after');
    await until(() => w.rooms.metrics().refused > 0, 'refused');
    expect(await table.text(w.key)).toBe('before');
    expect(ana.allSaved()).toBe(false);
    w.rooms.setState({ draftId: w.key.draftId }, EDITABLE);
    await until(() => ana.allSaved() && ben.text.toString() === 'before and after', 'caught up');
  });

  it('[CO-12] a revoked session is closed with its code, and what it sends in that instant is not taken', async () => {
    await open();
    const ana = w.join('ana', undefined, false);
    await until(() => ana.allSaved(), 'synced');
    w.rooms.closeFor({ userId: 'usr_ana' }, 'signed-out');
    ana.text.insert(0, 'too late');
    await until(() => ana.closes.includes(4401), 'closed');
    expect(await table.text(w.key)).toBe('');
  });

  it('[CO-8] a change under another person’s client id is refused, also after a restart of the loop', async () => {
    await open();
    const ana = w.join('ana');
    await until(() => ana.provider.synced, 'synced');
    ana.text.insert(0, 'mine');
    await until(() => ana.allSaved(), 'saved');
    const forged = new Y.Doc();
    Y.applyUpdate(forged, Y.encodeStateAsUpdate(ana.doc));
    forged.clientID = ana.doc.clientID;
    const vector = Y.encodeStateVector(forged);
    forged.getText('text').insert(4, ' forged');
    const update = updateFrame(Y.encodeStateAsUpdate(forged, vector));
    const mal = await w.raw('mal');
    mal.ws.send(update);
    expect(await mal.closed).toBe(4403);
    await w.close();
    w = await loopWorld(table, w.key);
    const again = await w.raw('mal');
    again.ws.send(update);
    expect(await again.closed).toBe(4403);
    const own = await w.raw('ana');
    own.ws.send(update);
    await until(async () => (await table.text(w.key)) === 'mine forged', 'the owner may');
    own.ws.close();
  });

  it('[CO-4] another root, rich text, embedded things, too many authors, too long: only that socket closes', async () => {
    await open();
    const ana = w.join('ana');
    await until(() => ana.allSaved(), 'synced');
    const built = (make: (doc: Y.Doc) => void): Uint8Array => {
      const doc = new Y.Doc();
      make(doc);
      return updateFrame(Y.encodeStateAsUpdate(doc));
    };
    const crowd = Array.from({ length: 17 }, (_, i) => {
      const doc = new Y.Doc();
      doc.getText('text').insert(0, String(i));
      return Y.encodeStateAsUpdate(doc);
    });
    const cases: [number, Uint8Array][] = [
      [4422, built((doc) => doc.getMap('other').set('a', 1))],
      [4422, built((doc) => doc.getText('other').insert(0, 'x'))],
      [4422, built((doc) => doc.getMap('text').set('a', 'x'))],
      [4422, built((doc) => doc.getText('text').insert(0, 'bold', { bold: true }))],
      [4422, built((doc) => doc.getText('text').insertEmbed(0, { image: 'x' }))],
      [4422, built((doc) => doc.getArray('text').insert(0, [new Y.Map()]))],
      [4422, built((doc) => doc.getText('text').insert(0, `a${String.fromCharCode(0)}b`))],
      [4422, updateFrame(new Uint8Array([1, 2, 3]))],
      [4413, updateFrame(Y.mergeUpdates(crowd))],
      [4413, built((doc) => doc.getText('text').insert(0, 'x'.repeat(10_001)))],
      [4413, built((doc) => doc.getText('text').insert(0, 'x'.repeat(70_000)))],
      [1009, built((doc) => doc.getText('text').insert(0, 'x'.repeat(5_000_000)))],
      [4400, new Uint8Array([4, 1])],
      [4400, new Uint8Array([2, 0])],
      [4400, new Uint8Array([0, 9, 0])],
      [4400, new Uint8Array([])],
    ];
    for (const [code, frame] of cases) {
      const mal = await w.raw('mal');
      mal.ws.send(frame);
      expect(await mal.closed).toBe(code);
    }
    ana.text.insert(0, 'unhurt');
    await until(() => ana.allSaved(), 'saved');
    expect(ana.closes).toEqual([]);
    expect(await table.text(w.key)).toBe('unhurt');
  });

  it('[CO-10] presence carries the session’s name, only for one’s own client id, and goes with the socket', async () => {
    await open();
    const ana = w.join('ana');
    const ben = w.join('ben');
    await until(() => ana.provider.synced && ben.provider.synced, 'synced');
    ben.provider.awareness.setLocalState({ user: { name: '<b>The Boss</b>' }, cursor: null });
    await until(() => ana.carets().length === 1, 'seen');
    expect(ana.carets()).toEqual([{ name: 'ben', hue: 3, userId: 'usr_ben' }]);
    const mal = await w.raw('mal');
    mal.ws.send(awarenessFrame([{ clientId: ben.doc.clientID, clock: 99, state: 'null' }]));
    mal.ws.send(awarenessFrame([{ clientId: 7, clock: 1, state: JSON.stringify({ note: 'x'.repeat(2_000) }) }]));
    w.gate.set('rita', READ_ONLY);
    const rita = w.join('rita');
    rita.provider.awareness.setLocalState({ cursor: null });
    await until(() => rita.carets().length === 1 || rita.carets().length === 2, 'a reader sees carets');
    await new Promise((next) => setTimeout(next, 250));
    expect(ana.carets().map((caret) => caret.name)).toEqual(['ben']);
    ben.leave();
    await until(() => ana.carets().length === 0, 'gone with the socket');
    mal.ws.close();
  });

  it('[CO-13] 2,000 random frames close only their own sockets', async () => {
    await open();
    const ana = w.join('ana');
    const ben = w.join('ben');
    await until(() => ana.allSaved() && ben.allSaved(), 'synced');
    ana.text.insert(0, 'a calm text');
    const random = seeded(20_261_122);
    const real = [
      updateFrame(Y.encodeStateAsUpdate(ana.doc)),
      encoding.encode((e) => {
        encoding.writeVarUint(e, 0);
        encoding.writeVarUint(e, 0);
        encoding.writeVarUint8Array(e, Y.encodeStateVector(ana.doc));
      }),
      awarenessFrame([{ clientId: 5, clock: 1, state: '{"cursor":null}' }]),
    ];
    let closed = 0;
    let mal = await w.raw('mal');
    for (let i = 0; i < 2_000; i++) {
      if (mal.ws.readyState !== mal.ws.OPEN) {
        closed += 1;
        mal = await w.raw('mal');
      }
      mal.ws.send(mutated(random, real));
      if (i % 10 === 0) await new Promise((next) => setImmediate(next));
    }
    ana.text.insert(0, 'still ');
    await until(() => ana.allSaved() && ben.text.toString() === ana.text.toString(), 'still there');
    expect(closed).toBeGreaterThan(5);
    expect([...ana.closes, ...ben.closes]).toEqual([]);
    expect(w.rooms.metrics().failures).toBe(0);
    mal.ws.close();
  });
});

/** A small linear congruential generator: the same frames in every run. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function mutated(random: () => number, real: Uint8Array[]): Uint8Array {
  const pick = (below: number): number => Math.floor(random() * below);
  if (random() < 0.4) {
    const noise = new Uint8Array(1 + pick(60)).map(() => pick(256));
    if (random() < 0.8) noise[0] = pick(6);
    return noise;
  }
  const frame = Uint8Array.from(real[pick(real.length)] ?? []);
  for (let i = 0; i <= pick(4); i++) frame[pick(frame.length)] = pick(256);
  return random() < 0.2 ? frame.subarray(0, pick(frame.length)) : frame;
}
