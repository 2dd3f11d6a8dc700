// After the press: taken back before it leaves, held while its account is locked out, and looked for where nobody knows.
import type { CardView } from '@rejoinder/contracts/cards';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { statementsOut } from '../../server/src/crisis/statement-subject.service.ts';
import { rehearsalChannel, webhookChannel } from '../../server/src/publishing/channels.ts';
import { releaseLeftHeld } from '../../server/src/publishing/mending.service.ts';
import { REPLIES } from '../../server/src/publishing/reply-subject.service.ts';
import { until } from '../coedit/typist.ts';
import { publishingJourney, REPLY } from '../support/journey.ts';
import { otherWorker } from '../support/other-worker.ts';
import type { Act } from '../support/receiver.ts';
import { verifyAction } from '../support/verify-action.ts';

const WAIT: Act = { do: 'answer', status: 429, headers: { 'retry-after': '60' } };

describe('after the press', () => {
  let j: Awaited<ReturnType<typeof publishingJourney>>;
  let accountId: string;
  beforeAll(async () => {
    j = await publishingJourney({ sendMs: 5_000 });
    accountId = (await j.w.board()).room.accounts[0]?.id ?? '';
  });
  beforeEach(() => {
    j.w.at('09:00');
    j.post.forget();
  });
  afterAll(() => j[Symbol.asyncDispose]());

  const sentFor = (jobId: string | undefined) =>
    j.post.received.filter((r) => r.headers['webhook-id'] === jobId).map((r) => r.text);
  const cancel = (card: CardView, by = j.sam) =>
    by.try('cancelReply', { params: j.params(card), body: { reason: 'Wrong depot.' } });
  const account = async () => (await j.w.board()).room.accounts.find((each) => each.id === accountId);
  const mend = (body: { url?: string; readBack?: string | null; renewSecret?: boolean }) =>
    j.sam.try('mendAccount', { params: { roomId: j.w.room.id, accountId }, body });

  async function waiting(): Promise<CardView> {
    const card = await j.to('publish');
    j.post.script(WAIT);
    await j.publish(card);
    await until(async () => (await j.card(card.id)).reply?.says !== null, 'held back');
    return j.card(card.id);
  }
  async function publish(act: Act, state: string): Promise<CardView> {
    const card = await j.to('publish');
    j.post.script(act);
    await j.publish(card);
    return j.replied(card, state);
  }

  it('[PU-17] a queued reply is taken back with a reason, does not leave, and may be queued again', async () => {
    const card = await waiting();
    expect(await cancel(card, j.ria)).toMatchObject({ status: 403 });
    const { events } = await verifyAction(j.w, () => cancel(card));
    expect(events).toMatchObject([
      { type: 'reply.cancelled', actor: { id: j.sam.userId }, data: { reason: 'Wrong depot.' } },
    ]);
    expect((await j.card(card.id)).reply).toMatchObject({
      state: 'cancelled',
      says: expect.stringContaining('Wrong depot'),
    });
    expect(await cancel(card)).toMatchObject({ status: 409, refused: { rule: 'PU-17' } });
    j.w.at('09:05');
    await j.w.settled();
    expect(sentFor(card.reply?.jobId)).toHaveLength(1);
    await verifyAction(j.w, async () => {
      await j.publish(card);
      await j.replied(card, 'published');
    });
    expect(await cancel(card)).toMatchObject({
      refused: { rule: 'PU-17', says: expect.stringContaining('no queued') },
    });
  });

  it('[PU-17] between taking back and sending there is one winner', async () => {
    const won = { taken: 0, sent: 0 };
    for (let round = 0; round < 10; round++) {
      j.w.at('09:00');
      const card = await j.to('publish');
      const [, answer] = await Promise.all([j.publish(card), later(round * 4).then(() => cancel(card))]);
      const state = answer.status === 200 ? 'cancelled' : 'published';
      const { reply } = await j.replied(card, state);
      expect(sentFor(reply?.jobId)).toEqual(state === 'cancelled' ? [] : [REPLY]);
      won[state === 'cancelled' ? 'taken' : 'sent'] += 1;
    }
    expect(won.taken + won.sent).toBe(10);
    await verifyAction(j.w, async () => undefined);
  });

  it('[PU-18] two servers on one outbox send each reply once', async () => {
    const others = [1, 2].map(() =>
      otherWorker(j.w.app, { webhook: webhookChannel(plainFetch), rehearsal: rehearsalChannel }, 5_000),
    );
    try {
      const cards = [await j.to('publish'), await j.to('publish'), await j.to('publish')];
      await Promise.all(cards.map((card) => j.publish(card)));
      for (const card of cards) expect(sentFor((await j.replied(card, 'published')).reply?.jobId)).toEqual([REPLY]);
    } finally {
      for (const other of others) await other.stop();
    }
  });

  it('[PU-19] a receiver that no longer lets the account in marks it, holds its replies, and lets them go once it is mended', async () => {
    const card = await publish({ do: 'answer', status: 401, body: 'token revoked' }, 'held');
    expect(card.reply).toMatchObject({ says: expect.stringContaining('nothing was sent'), attempt: 0 });
    expect(await account()).toMatchObject({ attention: { says: expect.stringContaining('token revoked') } });
    const before = j.post.received.length;
    const second = await j.to('publish');
    await verifyAction(j.w, async () => {
      await j.publish(second);
      await j.replied(second, 'held');
    });
    const third = await j.to('publish');
    await j.publish(third);
    await j.replied(third, 'held');
    expect(j.post.received).toHaveLength(before);
    expect(await cancel(third)).toMatchObject({ status: 200 });
    expect(await j.ria.try('mendAccount', { params: { roomId: j.w.room.id, accountId }, body: {} })).toMatchObject({
      status: 403,
    });
    expect(await mend({ readBack: 'https://relay.example/all' })).toMatchObject({ status: 422 });
    const { events, result } = await verifyAction(j.w, async () => {
      const mended = await mend({ renewSecret: true });
      for (const held of [card, second]) await j.replied(held, 'published');
      return mended;
    });
    expect(events.map((e) => e.type)).toContain('reply.released');
    expect((await account())?.attention).toBeUndefined();
    expect((await j.card(third.id)).reply?.state).toBe('cancelled');
    const secret = 'reply' in result ? (result.reply.secret ?? '') : '';
    const sent = j.post.received.at(-1);
    if (!sent) throw new Error('nothing came');
    expect(() => j.post.verify(secret, sent)).not.toThrow();
    expect(() => j.post.verify(j.secret, sent)).toThrow();
  });

  it('[PU-19] a reply that was held in the moment its account was mended goes out too', async () => {
    const card = await publish({ do: 'answer', status: 401, body: 'token revoked' }, 'held');
    const { deps } = j.w.app;
    const subjects = { reply: REPLIES, statement: statementsOut(deps) };
    await verifyAction(j.w, () => releaseLeftHeld(deps, subjects));
    expect((await j.card(card.id)).reply?.state).toBe('held');
    // As it is left when the mending commits between the look at the account and the holding.
    await deps.db.updateTable('accounts').set({ attention: null }).where('account_id', '=', accountId).execute();
    await verifyAction(j.w, async () => {
      await releaseLeftHeld(deps, subjects);
      await j.replied(card, 'published');
    });
    const released = (await j.events('reply.released')).map((e) => 'card' in e.data && e.data.card.id);
    expect(released.filter((id) => id === card.id)).toHaveLength(1);
    expect(await mend({})).toMatchObject({ status: 200 });
  });

  it('[PU-20] an unknown reply is looked for where the receiver can be asked: there, not there, or still unclear', async () => {
    expect(await mend({ readBack: `${j.post.url}/{key}` })).toMatchObject({ status: 200, reply: { secret: null } });
    expect(await account()).toMatchObject({ readsBack: true });
    const found = await publish({ do: 'reset' }, 'unknown');
    const absent = await publish({ do: 'reset' }, 'unknown');
    const odd = await publish({ do: 'reset' }, 'unknown');
    const key = (card: CardView) => card.reply?.jobId ?? '';
    const before = j.post.received.length;
    j.post.standing.set(key(found), {
      status: 200,
      body: { id: 'post-9', url: 'https://bsky.example/post-9', text: REPLY },
    });
    j.post.standing.set(key(odd), { status: 500 });
    await verifyAction(j.w, async () => {
      j.w.at('09:01');
      await j.replied(found, 'published');
      await j.replied(absent, 'rejected');
    });
    expect(await j.card(found.id)).toMatchObject({
      stage: 'follow-up',
      reply: { url: 'https://bsky.example/post-9', matches: true },
    });
    expect((await j.card(absent.id)).reply?.says).toContain('says that it was not posted');
    expect((await j.card(odd.id)).reply?.state).toBe('unknown');
    j.post.standing.set(key(odd), { status: 200, body: { id: 'post-10', text: 'Buy now!' } });
    j.w.at('09:05');
    expect(await j.replied(odd, 'published')).toMatchObject({ stage: 'publish', reply: { matches: false } });
    expect(j.post.received).toHaveLength(before);
  });

  it('[PU-20] after the last look only a person can tell', async () => {
    const card = await publish({ do: 'reset' }, 'unknown');
    j.post.standing.set(card.reply?.jobId ?? '', { status: 200, body: {} });
    const { db } = j.w.app.deps;
    const job = () =>
      db
        .selectFrom('publish_jobs')
        .select(['looks', 'look_at'])
        .where('card_id', '=', card.id)
        .executeTakeFirstOrThrow();
    for (let look = 1; look <= 5; look++) {
      j.w.at((await job()).look_at ?? '');
      await until(async () => (await job()).looks === look, `look ${look}`);
    }
    expect(await job()).toEqual({ looks: 5, look_at: null });
    expect((await j.card(card.id)).reply?.state).toBe('unknown');
  });
});

const plainFetch = {
  async fetch(
    url: string,
    {
      method = 'GET',
      headers = {},
      body,
    }: { method?: string; headers?: Record<string, string>; body?: string | Uint8Array },
  ) {
    const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body: String(body) }) });
    return { status: response.status, headers: response.headers, body: await response.text() };
  },
};
const later = (ms: number): Promise<void> => new Promise((next) => setTimeout(next, ms));
