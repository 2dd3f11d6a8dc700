// The room's log: gapless under load, safe to repeat, tamper-evident, and a snapshot that belongs to one seq.
import { applyAll } from '@rejoinder/board/apply';
import type { BoardState } from '@rejoinder/contracts/rooms';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyLog } from '../../server/src/db/event-log.ts';
import { replaySince } from '../../server/src/live/replay.ts';
import { verifyAction } from '../support/verify-action.ts';
import { type Person, type World, world } from '../support/world.ts';

let w: World;
let ria: Person;
beforeAll(async () => {
  w = await world();
  ria = await w.person('Ria', ['responder', 'commander', 'administrator']);
});
afterAll(() => w[Symbol.asyncDispose]());

const system = { kind: 'system' as const, id: 'system:test', name: 'Test', roles: [] };
const left = (userId: string) => ({ type: 'person.left' as const, data: { userId } });

describe('the log', () => {
  it('[EV-1] has no gap and no double under 50 changes at once, and listeners hear each commit', async () => {
    const heard: number[] = [];
    const unlisten = w.app.deps.events.listen(({ events }) => heard.push(...events.map((e) => e.seq)));
    const { events } = await verifyAction(w, () =>
      Promise.all(
        Array.from({ length: 50 }, (_, i) =>
          w.app.deps.events.change({ roomId: w.room.id, actor: system }, async ({ log }) => {
            log(left(`nobody_${i}`));
            if (i % 3 === 0) log(left(`nobody_${i}_too`));
          }),
        ),
      ),
    );
    unlisten();
    expect(events).toHaveLength(67);
    expect(heard.toSorted((a, b) => a - b)).toEqual(events.map((e) => e.seq));
  });

  it('[EV-1] a change that fails leaves neither rows nor a gap, and a listener that fails harms nobody', async () => {
    const unlisten = w.app.deps.events.listen(() => {
      throw new Error('a bad listener');
    });
    const { events } = await verifyAction(w, async () => {
      const failing = w.app.deps.events.change({ roomId: w.room.id, actor: system }, async ({ log }) => {
        log(left('never'));
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      await w.app.deps.events.change({ roomId: w.room.id, actor: system }, async ({ log }) => log(left('once')));
    });
    unlisten();
    expect(events).toMatchObject([{ data: { userId: 'once' } }]);
  });

  it('[EV-1] a log that takes no line keeps nothing of the change, although the commit goes out with the line', async () => {
    const { db, events: log } = w.app.deps;
    const heads = () => db.selectFrom('room_heads').selectAll().where('room_id', '=', w.room.id);
    const setSeq = (by: number) =>
      sql`update room_heads set seq = seq + ${by} where room_id = ${w.room.id}`.execute(db);
    const rename = (lines: string[]) =>
      log.change({ roomId: w.room.id, actor: system }, async (change) => {
        await change.tx.updateTable('rooms').set({ name: 'Never' }).where('room_id', '=', w.room.id).execute();
        for (const line of lines) change.log(left(line));
      });
    const { events } = await verifyAction(w, async () => {
      // A head that lags behind makes the next line one that is there already.
      await setSeq(-1);
      await expect(rename(['never'])).rejects.toThrow(/duplicate key/);
      await expect(rename(['never', 'nor this'])).rejects.toThrow(/duplicate key/);
      await setSeq(1);
      await log.change({ roomId: w.room.id, actor: system }, async (change) => change.log(left('known')));
      const head = await heads().executeTakeFirstOrThrow();
      await db.deleteFrom('room_heads').where('room_id', '=', w.room.id).execute();
      await expect(rename(['never'])).rejects.toThrow(/division by zero/);
      await db.insertInto('room_heads').values(head).execute();
      // Every connection of the pool has been through it by now, and none is left inside a transaction.
      await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          log.change({ roomId: w.room.id, actor: system }, async (change) => change.log(left(`after_${i}`))),
        ),
      );
    });
    expect(events).toHaveLength(21);
    const room = await db.selectFrom('rooms').select('name').where('room_id', '=', w.room.id).executeTakeFirstOrThrow();
    expect(room.name).toBe(w.room.name);
    expect((await verifyLog(db, w.room.id)).ok).toBe(true);
  });

  it('[EV-5] the same operation id gives the stored answer, also at once, and with other content a 409', async () => {
    const card = await w.cardFrom('My parcel is lost, I want a refund');
    const params = { roomId: w.room.id, cardId: card.id };
    const id = crypto.randomUUID();
    const fields = { class: 'complaint' };
    const { result, events } = await verifyAction(w, () =>
      Promise.all([1, 2, 3].map(() => ria.call('assessCard', { params, body: { fields } }, id))),
    );
    expect(events).toHaveLength(1);
    expect(result[1]).toEqual(result[0]);
    expect(result[2]).toEqual(result[0]);
    const other = await verifyAction(w, () =>
      ria.try('assessCard', { params, body: { fields: { class: 'question' } } }, id),
    );
    expect(other).toMatchObject({ result: { status: 409, problem: { code: 'already-done' } }, events: [] });
    const bob = await w.person('Bob', ['responder']);
    const stolen = await verifyAction(w, () => bob.try('assessCard', { params, body: { fields } }, id));
    expect(stolen).toMatchObject({ result: { status: 409 }, events: [] });
    const none = await fetch(`${w.origin}/api/rooms/${w.room.id}/cards/${card.id}/take`, {
      method: 'POST',
      headers: { cookie: ria.cookie, origin: 'http://rejoinder.test', 'content-type': 'application/json' },
      body: '{}',
    });
    expect(none.status).toBe(400);
    expect(await none.text()).toMatch(/operation-id/);
  });

  it('[EV-6] a client asks by seq alone: none, the events since, or the word to reload', async () => {
    const { seq } = await w.board();
    const get = (since: number, limit?: number) =>
      ria.call('events', { params: { roomId: w.room.id }, query: { since, ...(limit ? { limit } : {}) } });
    expect(await get(seq)).toEqual({ kind: 'none', seq, events: [] });
    const three = await get(seq - 3);
    expect(three).toMatchObject({ kind: 'events', seq });
    expect(three.events.map((e) => e.seq)).toEqual([seq - 2, seq - 1, seq]);
    expect(await get(0, 10)).toEqual({ kind: 'reload', seq, events: [] });
    expect(await get(seq + 1)).toEqual({ kind: 'reload', seq, events: [] });
    // Too heavy to replay, however few.
    await w.app.deps.events.change({ roomId: w.room.id, actor: system }, async ({ log }) => {
      log(left('x'.repeat(80)));
    });
    const room = w.room.id;
    const heavy = w.app.deps.db.transaction().execute(async (tx) => {
      await sql`update events set data = repeat('x', 9 * 1024 * 1024) where room_id = ${room} and seq = ${seq + 1}`.execute(
        tx,
      );
      expect(await replaySince(tx, room, seq)).toEqual({ kind: 'reload', seq: seq + 1 });
      throw new Error('undo');
    });
    await expect(heavy).rejects.toThrow('undo');
  });

  it('[EV-2] a snapshot taken in the middle of writing equals the fold up to its seq', async () => {
    const card = await w.cardFrom('Where is my parcel, this is unacceptable');
    const params = { roomId: w.room.id, cardId: card.id };
    const start = await w.board();
    const snapshots: BoardState[] = [];
    await verifyAction(w, async () => {
      let writing = true;
      const looking = (async () => {
        while (writing) snapshots.push(await w.board());
      })();
      await Promise.all(
        Array.from({ length: 24 }, (_, i) =>
          i % 2
            ? ria.call('assessCard', { params, body: { fields: { remedy: `try ${i}` } } })
            : w.cardFrom(`Still waiting for number ${i}, no answer from anybody`),
        ),
      );
      writing = false;
      await looking;
    });
    expect(new Set(snapshots.map((s) => s.seq)).size).toBeGreaterThan(3);
    const events = await w.app.deps.events.read(w.room.id, start.seq, 10_000);
    for (const snapshot of snapshots) {
      const upTo = events.filter((event) => event.seq <= snapshot.seq);
      expect(applyAll(start, upTo).state).toEqual(snapshot);
    }
  });

  it('[EV-3] one altered, removed or exchanged line is found at its seq; what is appended meanwhile is no fault', async () => {
    const { db } = w.app.deps;
    const { seq } = await w.board();
    const room = w.room.id;
    const check = () => ria.call('verifyLog', { params: { roomId: room } });
    expect(await check()).toEqual({ ok: true, events: seq, brokenAt: null });
    const at = seq - 2;
    const tampered = async (change: (tx: Parameters<typeof verifyLog>[0]) => Promise<unknown>, brokenAt: number) => {
      const trying = db.transaction().execute(async (tx) => {
        await change(tx);
        expect(await verifyLog(tx, room)).toMatchObject({ ok: false, brokenAt });
        throw new Error('undo');
      });
      await expect(trying).rejects.toThrow('undo');
    };
    const where = sql`where room_id = ${room} and seq = ${at}`;
    await tampered((tx) => sql`update events set data = replace(data, '}', ' }') ${where}`.execute(tx), at);
    await tampered((tx) => sql`update events set actor = '{"kind":"system"}' ${where}`.execute(tx), at);
    await tampered((tx) => sql`update events set at = at + interval '1 ms' ${where}`.execute(tx), at);
    await tampered((tx) => sql`delete from events ${where}`.execute(tx), at);
    await tampered((tx) => sql`delete from events where room_id = ${room} and seq = ${seq}`.execute(tx), seq);
    await tampered((tx) => sql`update room_heads set hash = 'x' where room_id = ${room}`.execute(tx), seq + 1);
    const meanwhile = Promise.all(
      Array.from({ length: 20 }, () =>
        w.app.deps.events.change({ roomId: room, actor: system }, async ({ log }) => log(left('more'))),
      ),
    );
    for (let i = 0; i < 10; i++) expect(await verifyLog(db, room)).toMatchObject({ ok: true });
    await meanwhile;
  });
});
