// kill -9 while people type in several drafts, and worse before it: nothing acknowledged is lost, nothing is doubled, every board catches up.
import { EventEmitter } from 'node:events';
import { DRAFT_ROOT } from '@rejoinder/contracts/drafts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { verifyLog } from '../../server/src/db/event-log.ts';
import { until } from '../coedit/typist.ts';
import { type Journey, journey } from '../support/journey.ts';
import type { Person } from '../support/world.ts';
import { type BoardWatcher, watchBoard } from './board-watcher.ts';
import { heal, TROUBLES, troubles } from './draft-troubles.ts';
import { pause } from './fault-proxy.ts';
import { type ManyPens, manyPens } from './many-pens.ts';
import { type Rig, rigOf } from './rig.ts';
import { chance, isLong, seed, size, told } from './sizes.ts';

const ROUNDS = size('rounds', { short: 3, long: 200 });
const PEOPLE = size('people', { short: 8, long: 30 });
const DRAFTS = size('drafts', { short: 2, long: 5 });
/** A draft holds 10,000 characters. */
const ROUNDS_A_DRAFT = 8;
const EVERY_MS = 80;
const PATIENCE_MS = 40_000;

type Draft = { cardId: string; name: string };

describe('a server that is killed while people type', () => {
  let j: Journey;
  let rig: Rig;
  const writers: Person[] = [];
  /** The drafts of each stretch of rounds. */
  const stretches: Draft[][] = [];
  let boards: BoardWatcher[] = [];

  const snapshot = async () => {
    const answer = await rig.call(j.ria)('board', { params: { roomId: j.w.room.id } });
    if (!('reply' in answer)) throw new Error(`the board answered ${answer.status}`);
    return answer.reply;
  };

  beforeAll(async () => {
    // Each y-websocket client listens for the end of the process.
    EventEmitter.defaultMaxListeners = 100;
    j = await journey({ realClock: true });
    // One after the other: each password takes its time to be hashed.
    for (let i = 0; i < PEOPLE; i++) writers.push(await j.w.person(`Writer ${i}`, ['responder']));
    for (let round = 0; round < ROUNDS; round += ROUNDS_A_DRAFT) {
      const stretch: Draft[] = [];
      for (let i = 0; i < DRAFTS; i++) {
        const card = await j.to('drafting');
        const { draft } = (await j.ria.call('startDraft', { params: j.params(card), body: {} })).card;
        stretch.push({ cardId: card.id, name: `${j.w.room.id}/${draft?.id}.1` });
      }
      stretches.push(stretch);
    }
    rig = await rigOf(j);
  }, 300_000);
  afterAll(async () => {
    for (const board of boards) board.stop();
    await rig.end();
    await j[Symbol.asyncDispose]();
  });

  it(
    `[F1] [F2] [F5] [F6] [F34] [I1] loses no acknowledged edit in ${ROUNDS} kills, ${PEOPLE} people on ${DRAFTS} drafts`,
    async () => {
      const took: number[] = [await rig.server.start()];
      boards = await Promise.all(
        [j.ria, j.colin].map((person) => watchBoard(rig.origin, rig.headersOf(person), j.w.room.id, snapshot)),
      );
      const done = new Map<string, number>();
      const kinds = troubles();
      let pens: ManyPens[] = [];
      let acknowledged = 0;
      let typed = 0;
      for (let round = 0; round < ROUNDS; round++) {
        const drafts = stretches[Math.floor(round / ROUNDS_A_DRAFT)] ?? [];
        if (round % ROUNDS_A_DRAFT === 0) {
          for (const each of pens) each.leave();
          pens = drafts.map(({ name }, d) => penned(name, d, round));
        }
        await settled(drafts, pens, round);
        const before = wordsSaved(pens);
        const wordsBefore = words(pens);
        const stops = pens.map((each) => each.type(EVERY_MS));
        const body = { promised: `Round ${round}`, delivered: false };
        const params = { roomId: j.w.room.id, cardId: drafts[0]?.cardId ?? '' };
        const note = rig
          .call(j.ria)('setRemedy', { params, body })
          .catch(() => null);
        const each = pens.map((p) => p.acknowledged().size);
        await until(
          () => pens.every((p, i) => p.acknowledged().size > (each[i] ?? 0)),
          'something is saved',
          PATIENCE_MS,
        );
        const kind = kinds.next().value;
        await TROUBLES[kind]?.(rig);
        await pause(chance.int(0, 200));
        await rig.server.kill();
        for (const stop of stops) stop();
        done.set(kind, (done.get(kind) ?? 0) + 1);
        acknowledged += wordsSaved(pens) - before;
        typed += words(pens) - wordsBefore;
        // The log alone, with nobody there who could send anything again.
        for (const [d, draft] of drafts.entries()) {
          const kept = new Set((await storedText(draft.cardId)).split(' '));
          const lost = [...(pens[d]?.acknowledged() ?? [])].filter((word) => !kept.has(word));
          expect(lost, `seed ${seed}, round ${round}, ${kind}`).toEqual([]);
        }
        heal(rig);
        await note;
        took.push(await rig.server.start());
      }
      await settled(stretches.at(-1) ?? [], pens, ROUNDS);
      for (const each of pens) each.leave();
      took.sort((a, b) => a - b);
      const ready = `ready again in ${Math.round(took[took.length >> 1] ?? 0)} ms (median), ${Math.round(took.at(-1) ?? 0)} ms at worst`;
      console.info(
        `chaos drafts, seed ${seed}: ${ROUNDS} kills, ${PEOPLE} people on ${DRAFTS} drafts; ${typed} words typed, ` +
          `${acknowledged} called saved, 0 lost; ${ready}\n  before the kill: ${told(done)}\n` +
          `  connections hit: sockets ${told(rig.front.injected)}; database ${told(rig.store.injected)}`,
      );
    },
    ROUNDS * 20_000 + 60_000,
  );

  const penned = (name: string, d: number, round: number): ManyPens =>
    manyPens(
      `${rig.origin.replace('http', 'ws')}/yjs`,
      name,
      writers.filter((_, i) => i % DRAFTS === d).map(rig.headersOf),
      `${round}d${d}p`,
    );
  const wordsSaved = (pens: ManyPens[]): number => pens.reduce((sum, each) => sum + each.acknowledged().size, 0);
  const words = (pens: ManyPens[]): number => pens.reduce((sum, each) => sum + each.words(), 0);

  /** Everyone is back, has one text, and it is the fold of the log; boards caught up with the log alone. */
  async function settled(drafts: Draft[], pens: ManyPens[], round: number): Promise<void> {
    const where = `seed ${seed}, round ${round}`;
    await until(() => pens.every((each) => each.converged()), `${where}: everyone has one text, saved`, PATIENCE_MS);
    for (const [d, draft] of drafts.entries()) if (pens[d]) await checkDraft(draft.cardId, pens[d]);
    await until(() => boards.every((board) => board.connected()), `${where}: the boards are back`, PATIENCE_MS);
    await until(
      async () => {
        const fresh = await snapshot();
        if (!boards.every((board) => board.state().seq === fresh.seq)) return false;
        for (const board of boards) expect(board.state(), where).toEqual(fresh);
        return true;
      },
      `${where}: the boards caught up`,
      PATIENCE_MS,
    );
    for (const board of boards) expect(board.reloads()).toBe(1);
    if (!isLong || round % ROUNDS_A_DRAFT === 0)
      expect(await verifyLog(rig.db, j.w.room.id)).toMatchObject({ ok: true });
  }

  /** The text in the database is the fold of its log, is what every page shows, and holds each word once. */
  async function checkDraft(cardId: string, pens: ManyPens): Promise<void> {
    const text = await storedText(cardId);
    expect(pens.people[0]?.text.toString()).toBe(text);
    const row = await rig.db
      .selectFrom('drafts')
      .select('text')
      .where('card_id', '=', cardId)
      .executeTakeFirstOrThrow();
    expect(row.text).toBe(text);
    const there = text.split(' ').filter(Boolean);
    expect(new Set(there).size).toBe(there.length);
    expect(there.length).toBe(pens.words());
  }

  async function storedText(cardId: string): Promise<string> {
    const { rows } = await sql<{ bytes: Buffer }>`
      select u.bytes from draft_updates u join drafts d using (room_id, draft_id, generation)
      where d.card_id = ${cardId} order by u.n`.execute(rig.db);
    const doc = new Y.Doc();
    for (const { bytes } of rows) Y.applyUpdate(doc, bytes);
    return doc.getText(DRAFT_ROOT).toString();
  }
});
