// kill -9 while ten people type, boards watch and replies go out: twenty times over, nothing acknowledged is lost, nothing is doubled.
import { EventEmitter } from 'node:events';
import { DRAFT_ROOT } from '@rejoinder/contracts/drafts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { type Db, openDatabase } from '../../server/src/db/database.ts';
import { verifyLog } from '../../server/src/db/event-log.ts';
import { until } from '../coedit/typist.ts';
import { callRoute } from '../support/calls.ts';
import { publishingJourney } from '../support/journey.ts';
import type { Act } from '../support/receiver.ts';
import type { Person } from '../support/world.ts';
import { type BoardWatcher, watchBoard } from './board-watcher.ts';
import { type ManyPens, manyPens } from './many-pens.ts';
import { type ServerProcess, serverProcess } from './server-process.ts';

const ROUNDS = 20;
const PENS = 10;
const ROUNDS_A_DRAFT = 4;
/** In what order the receiver treats the replies: answers, never answers, breaks off. */
const ACTS: Act[] = [{ do: 'accept' }, { do: 'wait' }, { do: 'accept' }, { do: 'reset' }];

describe('a server that is killed', () => {
  let j: Awaited<ReturnType<typeof publishingJourney>>;
  let server: ServerProcess;
  let db: Db;
  let writers: Person[] = [];
  const drafts: { cardId: string; name: string }[] = [];
  const replies: { cardId: string; fingerprint: string; operationId: string; answered: boolean }[] = [];
  let boards: BoardWatcher[] = [];

  const headersOf = (person: Person) => ({ cookie: person.cookie, origin: j.w.app.deps.config.publicOrigin });
  const call: (person: Person) => Person['try'] = (person) => (name, input, operationId) =>
    callRoute(server.origin, j.w.app.deps.config.publicOrigin, { cookie: person.cookie }, name, input, operationId);
  const snapshot = async () => {
    const answer = await call(j.ria)('board', { params: { roomId: j.w.room.id } });
    if (!('reply' in answer)) throw new Error(`the board answered ${answer.status}`);
    return answer.reply;
  };

  beforeAll(async () => {
    // Each y-websocket client listens for the end of the process.
    EventEmitter.defaultMaxListeners = 50;
    j = await publishingJourney({ realClock: true });
    writers = await Promise.all(Array.from({ length: PENS }, (_, i) => j.w.person(`Writer ${i}`, ['responder'])));
    for (let i = 0; i < ROUNDS / ROUNDS_A_DRAFT; i++) {
      const card = await j.to('drafting');
      const { draft } = (await j.ria.call('startDraft', { params: j.params(card), body: {} })).card;
      drafts.push({ cardId: card.id, name: `${j.w.room.id}/${draft?.id}.1` });
    }
    for (let i = 0; i < ROUNDS; i += 5)
      for (const card of await Promise.all(Array.from({ length: 5 }, () => j.to('publish')))) {
        const operationId = crypto.randomUUID();
        replies.push({ cardId: card.id, fingerprint: card.fingerprint ?? '', operationId, answered: false });
      }
    const { secretKey, publicOrigin } = j.w.app.deps.config;
    await j.w.app.close();
    db = openDatabase(j.w.databaseUrl, 3).db;
    server = await serverProcess({
      DATABASE_URL: j.w.databaseUrl,
      SECRET_KEY: secretKey,
      PUBLIC_ORIGIN: publicOrigin,
      ALLOW_PRIVATE_ADDRESSES: 'true',
    });
  }, 120_000);
  afterAll(async () => {
    for (const board of boards) board.stop();
    await server.end();
    await db.destroy();
    await j[Symbol.asyncDispose]();
  });

  it(`[F1] [F2] [I1] loses no acknowledged edit, doubles no text and no reply, and every board catches up, in ${ROUNDS} rounds`, async () => {
    const took: number[] = [await server.start()];
    const watchers = [j.ria, j.colin].map((person) =>
      watchBoard(server.origin, headersOf(person), j.w.room.id, snapshot),
    );
    boards = await Promise.all(watchers);
    let pens: ManyPens | null = null;
    let acknowledged = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const draft = drafts[Math.floor(round / ROUNDS_A_DRAFT)];
      const reply = replies[round];
      if (!draft || !reply) throw new Error('nothing prepared');
      if (round % ROUNDS_A_DRAFT === 0) {
        pens?.leave();
        pens = manyPens(`${server.origin.replace('http', 'ws')}/yjs`, draft.name, writers.map(headersOf), `r${round}p`);
      }
      const writing = pens as ManyPens;
      await until(() => writing.converged(), `round ${round}: everyone has one text, saved`, 20_000);
      await checkDraft(draft.cardId, writing);
      await until(() => boards.every((board) => board.connected()), 'the boards are back');
      await checkBoards();

      j.post.script(ACTS[round % ACTS.length] ?? { do: 'accept' });
      const before = writing.acknowledged().size;
      const stop = writing.type(30);
      // The press, a note and the kill fall at any moment of one another.
      const press = pause(Math.random() * 250).then(() => pressPublish(reply));
      press.catch(() => undefined);
      const params = { roomId: j.w.room.id, cardId: reply.cardId };
      const body = { promised: `Round ${round}`, delivered: false };
      const note = call(j.ria)('setRemedy', { params, body }).catch(() => null);
      await until(() => writing.acknowledged().size > before, `round ${round}: something is acknowledged`, 15_000);
      await pause(Math.random() * 300);
      await server.kill();
      stop();
      await Promise.all([press, note]);
      acknowledged += writing.acknowledged().size - before;
      expectAll(writing.acknowledged(), await storedText(draft.cardId));
      took.push(await server.start());
    }
    await until(() => (pens as ManyPens).converged(), 'everyone has one text at the end', 20_000);
    await checkDraft(drafts.at(-1)?.cardId ?? '', pens as ManyPens);
    pens?.leave();
    j.post.forget();
    for (const reply of replies) if (!reply.answered) await pressPublish(reply);
    expect(replies.filter((reply) => !reply.answered)).toEqual([]);
    await checkOutbox();
    await checkBoards();
    took.sort((a, b) => a - b);
    const ready = `ready again in ${Math.round(took[ROUNDS / 2] ?? 0)} ms (median), ${Math.round(took.at(-1) ?? 0)} ms at worst`;
    console.info(`${ROUNDS} kills: ${acknowledged} acknowledged words kept, ${ready}; replies ${await statesOf()}`);
  }, 240_000);

  /** Presses Publish; whoever got no answer presses again with the same operation id. */
  async function pressPublish(reply: (typeof replies)[number]): Promise<void> {
    const params = { roomId: j.w.room.id, cardId: reply.cardId };
    const body = { fingerprint: reply.fingerprint };
    const answer = await call(j.sam)('publish', { params, body }, reply.operationId).catch(() => null);
    if (answer) expect(answer).toMatchObject({ status: 200 });
    reply.answered ||= answer !== null;
  }

  /** The text in the database is the fold of its log, is what every page shows, and holds each word once. */
  async function checkDraft(cardId: string, pens: ManyPens): Promise<void> {
    const text = await storedText(cardId);
    expect(pens.people[0]?.text.toString()).toBe(text);
    const row = await db.selectFrom('drafts').select('text').where('card_id', '=', cardId).executeTakeFirstOrThrow();
    expect(row.text).toBe(text);
    const words = text.split(' ').filter(Boolean);
    expect(new Set(words).size).toBe(words.length);
    expect(words.length).toBe(pens.words());
    expectAll(pens.acknowledged(), text);
  }

  async function storedText(cardId: string): Promise<string> {
    const { rows } = await sql<{ bytes: Buffer }>`
      select u.bytes from draft_updates u join drafts d using (room_id, draft_id, generation)
      where d.card_id = ${cardId} order by u.n`.execute(db);
    const doc = new Y.Doc();
    for (const { bytes } of rows) Y.applyUpdate(doc, bytes);
    return doc.getText(DRAFT_ROOT).toString();
  }

  /** What live clients folded through every kill equals a fresh snapshot; the log has no gap and its chain is whole. */
  async function checkBoards(): Promise<void> {
    await until(async () => {
      const fresh = await snapshot();
      return boards.every((board) => board.state().seq === fresh.seq);
    }, 'the boards caught up');
    const fresh = await snapshot();
    for (const board of boards) if (board.state().seq === fresh.seq) expect(board.state()).toEqual(fresh);
    expect(await verifyLog(db, j.w.room.id)).toMatchObject({ ok: true });
    for (const board of boards) expect(board.reloads()).toBe(1);
  }

  async function statesOf(): Promise<string> {
    const jobs = await db
      .selectFrom('publish_jobs')
      .select(['state', db.fn.countAll().as('n')])
      .groupBy('state')
      .execute();
    return jobs.map(({ state, n }) => `${n} ${state}`).join(', ');
  }

  /** No reply lost, none sent twice: each ended published (sent once) or unknown (sent at most once). */
  async function checkOutbox(): Promise<void> {
    const jobs = () => db.selectFrom('publish_jobs').selectAll().execute();
    const none = async (state: string) => (await jobs()).every((job) => job.state !== state);
    await until(() => none('approved'), 'everything queued has left', 10_000);
    // Their deadline of half a minute, come at once.
    const past = { deadline_at: new Date(0).toISOString() };
    await db.updateTable('publish_jobs').set(past).where('state', '=', 'sending').execute();
    await until(() => none('sending'), 'what was interrupted is unknown', 10_000);
    const sent = new Map<string, number>();
    for (const { headers } of j.post.received) {
      const key = headers['webhook-id'] ?? '';
      sent.set(key, (sent.get(key) ?? 0) + 1);
    }
    const all = await jobs();
    expect(all).toHaveLength(ROUNDS);
    for (const job of all) {
      const times = sent.get(job.job_id) ?? 0;
      expect(['published', 'unknown'], `${job.state}: ${job.says}`).toContain(job.state);
      expect(times).toBeLessThanOrEqual(1);
      if (job.state === 'published') expect(times).toBe(1);
    }
    for (const received of j.post.received) j.post.verify(j.secret, received);
    expect(all.filter((job) => job.state === 'published').length).toBeGreaterThan(0);
    expect(all.filter((job) => job.state === 'unknown').length).toBeGreaterThan(0);
  }
});

const pause = (ms: number): Promise<void> => new Promise((next) => setTimeout(next, ms));

function expectAll(words: Set<string>, text: string): void {
  const there = new Set(text.split(' '));
  expect([...words].filter((word) => !there.has(word))).toEqual([]);
}
