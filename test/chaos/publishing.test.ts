// Replies leave through every kind of trouble, the server killed in between: none is posted twice, none in other bytes, each ends or is with a person.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyLog } from '../../server/src/db/event-log.ts';
import { hashOf } from '../../server/src/drafts/encode-picture.ts';
import { until } from '../coedit/typist.ts';
import { addAccount, type Journey, journey } from '../support/journey.ts';
import { type Received, type Receiver, receiver } from '../support/receiver.ts';
import { type FaultProxy, faultProxy, pause, through } from './fault-proxy.ts';
import { mendsAccount } from './mender.ts';
import { platformActs, platformTells, wayThere } from './platform-troubles.ts';
import { type ReadyReply, readyReplies } from './ready-replies.ts';
import { type Rig, rigOf } from './rig.ts';
import { chance, isLong, seed, size, told } from './sizes.ts';

const PUBLISHES = size('publishes', { short: 50, long: 10_000 });
const KILLS = size('kills', { short: 2, long: 40 });
const HANDS = size('hands', { short: 6, long: 8 });
/** A sending that was interrupted is given up after this long; the short form lets the time come at once. */
const GIVEN_UP_MS = 60_000;

describe('publishing through every kind of trouble', () => {
  let j: Journey;
  let rig: Rig;
  let platform: Receiver;
  let way: FaultProxy;
  let secret = '';
  let replies: ReadyReply[] = [];
  const acts = new Map<string, number>();
  const process = new Map<string, number>();

  beforeAll(async () => {
    platform = await receiver(platformActs(acts), platformTells(acts));
    way = await faultProxy({ port: Number(new URL(platform.url).port) });
    j = await journey({ realClock: true, accounts: [] });
    secret = await addAccount(j, through(platform.url, way));
    replies = await readyReplies(j, PUBLISHES);
    rig = await rigOf(j);
  }, 300_000);
  afterAll(async () => {
    platform.letGo();
    await rig.end();
    await platform.close();
    await way.close();
    await j[Symbol.asyncDispose]();
  });

  it(
    `[CH-2] [F14] [F15] [F17] ends ${PUBLISHES} replies once, in their own bytes or with a person, through ${KILLS} kills`,
    async () => {
      const started = performance.now();
      await rig.server.start();
      way.fate(wayThere);
      const mender = mendsAccount(j, rig, `${through(platform.url, way)}/{key}`);
      const each = Math.ceil(PUBLISHES / KILLS);
      for (let from = 0; from < PUBLISHES; from += each) {
        const batch = replies.slice(from, from + each);
        const pressing = pressAll(batch);
        await until(
          () => batch.filter((reply) => reply.answered).length > batch.length * chance.uniform(0.2, 0.9),
          'some are pressed',
          120_000,
        );
        await trouble();
        await rig.server.kill();
        process.set('kill', (process.get('kill') ?? 0) + 1);
        await pressing;
        await rig.server.start();
        while (batch.some((reply) => !reply.answered)) await pressAll(batch);
      }
      await calm();
      await allEnd();
      const mended = await mender.stop();
      await judge(Math.round((performance.now() - started) / 1000), mended);
    },
    PUBLISHES * 120 + KILLS * 20_000 + 200_000,
  );

  /** Several people press; whoever got no answer presses again later with the same operation id. */
  async function pressAll(batch: ReadyReply[]): Promise<void> {
    const left = batch.filter((reply) => !reply.answered);
    let next = 0;
    const hand = async (): Promise<void> => {
      for (let reply = left[next++]; reply; reply = left[next++]) {
        const params = { roomId: j.w.room.id, cardId: reply.cardId };
        const body = { fingerprint: reply.fingerprint };
        const answer = await rig
          .call(j.sam)('publish', { params, body }, reply.operationId)
          .catch(() => null);
        if (answer && answer.status < 500) expect(answer).toMatchObject({ status: 200 });
        reply.answered ||= answer?.status === 200;
      }
    };
    await Promise.all(Array.from({ length: HANDS }, hand));
  }

  /** What else happens to the process and its database before it is killed. */
  async function trouble(): Promise<void> {
    const kind = chance.pick([
      'nothing else',
      'stopped',
      'database reset',
      'database slow',
      'database silent',
      'backends cut',
    ]);
    process.set(kind, (process.get(kind) ?? 0) + 1);
    if (kind === 'stopped') {
      rig.server.freeze();
      // Longer than the sender's patience now and then: what it was sending is given up meanwhile.
      await pause(isLong && chance.chance(0.3) ? 32_000 : chance.int(100, 600));
      rig.server.thaw();
    } else if (kind === 'database reset') rig.store.reset();
    else if (kind === 'database slow') rig.store.set({ do: 'slow', ms: chance.int(5, 60) });
    else if (kind === 'database silent') rig.store.set({ do: 'silent' });
    else if (kind === 'backends cut') await rig.cutBackends();
    await pause(chance.int(0, 400));
    setTimeout(() => {
      rig.store.set({ do: 'pass' });
      rig.store.reset();
    }, 50);
  }

  /** The weather clears: from here on everything is accepted; who was told to wait an absurd hour need not. */
  async function calm(): Promise<void> {
    way.fate(null);
    way.reset();
    await sql`update publish_jobs set run_at = ${new Date().toISOString()} where state = 'approved'`.execute(rig.db);
    if (!isLong)
      await sql`update publish_jobs set deadline_at = ${new Date(0).toISOString()} where state = 'sending'`.execute(
        rig.db,
      );
  }

  async function allEnd(): Promise<void> {
    let asked = 0;
    const open = async (): Promise<boolean> => {
      await sql`update publish_jobs set run_at = ${new Date().toISOString()} where state = 'approved'`.execute(rig.db);
      const { rows } = await sql<{ n: number }>`
        select count(*)::int as n from publish_jobs where state in ('approved', 'sending', 'held')`.execute(rig.db);
      // What hangs costs the sender's whole patience; the short form has less.
      if (!isLong && ++asked % 6 === 0) way.reset();
      if (rows[0]?.n) await pause(300);
      return rows[0]?.n === 0;
    };
    await until(open, 'every reply ended or is with a person', GIVEN_UP_MS + PUBLISHES * 20);
  }

  async function judge(seconds: number, mended: number): Promise<void> {
    const jobs = await rig.db.selectFrom('publish_jobs').selectAll().execute();
    const received = new Map<string, Received[]>();
    for (const each of platform.received) {
      const key = each.headers['webhook-id'] ?? '';
      received.set(key, [...(received.get(key) ?? []), each]);
      platform.verify(secret, { ...each, headers: each.headers });
    }
    const byCard = new Map(replies.map((reply) => [reply.cardId, reply]));
    const states = new Map<string, number>();
    const wrong: string[] = [];
    for (const job of jobs) {
      states.set(job.state, (states.get(job.state) ?? 0) + 1);
      const sent = received.get(job.job_id) ?? [];
      const posted = sent.filter((one) => one.posted).length;
      const reply = byCard.get(job.card_id ?? '');
      const says = `${job.job_id} ${job.state}: ${job.says}`;
      if (posted > 1) wrong.push(`posted ${posted} times: ${says}`);
      if (sent.some((one) => one.text !== reply?.text)) wrong.push(`other bytes: ${says}`);
      if (sent.some((one) => picturesIn(one) !== reply?.picture)) wrong.push(`other pictures: ${says}`);
      if (job.state === 'published' && posted !== 1) wrong.push(`published, posted ${posted} times: ${says}`);
      if (job.state === 'rejected' && posted !== 0) wrong.push(`rejected, yet posted: ${says}`);
      if (!['published', 'rejected', 'unknown'].includes(job.state)) wrong.push(`not ended: ${says}`);
    }
    const where = `seed ${seed}`;
    expect(wrong, where).toEqual([]);
    expect(jobs.map((job) => job.card_id).sort(), where).toEqual(replies.map((reply) => reply.cardId).sort());
    expect([...received.keys()].filter((key) => !jobs.some((job) => job.job_id === key))).toEqual([]);
    expect(await verifyLog(rig.db, j.w.room.id)).toMatchObject({ ok: true });
    const posted = platform.received.filter((each) => each.posted).length;
    console.info(
      `chaos publishing, seed ${seed}: ${PUBLISHES} replies in ${seconds} s; ${told(states)}; the platform got ${platform.received.length} requests ` +
        `and posted ${posted}, 0 twice, 0 in other bytes\n  platform: ${told(acts)}\n  on the way: ${told(way.injected)}\n` +
        `  server: ${told(process)}, ${mended} times locked out and mended; database connections: ${told(rig.store.injected)}`,
    );
  }
});

/** The hashes of the pictures a request carried, of their very bytes. */
const picturesIn = ({ body }: Received): string =>
  ((JSON.parse(body) as { data: { pictures?: { data: string }[] } }).data.pictures ?? [])
    .map(({ data }) => hashOf(Buffer.from(data, 'base64')))
    .join();
