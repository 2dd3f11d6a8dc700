// Publishing at the wire: posted at most once, exactly the signed bytes, and what nobody knows is left to a person.
import type { CardView } from '@rejoinder/contracts/cards';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../coedit/typist.ts';
import { publishingJourney, REPLY } from '../support/journey.ts';
import { type Act, nobody } from '../support/receiver.ts';
import { verifyAction } from '../support/verify-action.ts';

const SEND_MS = 400;

describe('publishing', () => {
  let j: Awaited<ReturnType<typeof publishingJourney>>;
  beforeAll(async () => {
    j = await publishingJourney({ sendMs: SEND_MS });
  });
  beforeEach(() => {
    j.w.at('2026-03-02T09:00:00Z');
    j.post.forget();
  });
  afterAll(() => j[Symbol.asyncDispose]());

  const sentFor = (card: CardView) =>
    j.post.received.filter((r) => r.headers['webhook-id'] === card.reply?.jobId).map((r) => r.text);
  /** Publishes a fresh card against what the receiver does, and waits for the state it must end in. */
  async function publish(act: Act, state: string): Promise<CardView> {
    const card = await j.to('publish');
    j.post.script(act);
    const { result } = await verifyAction(j.w, async () => {
      await j.publish(card);
      if (state === 'approved') await until(async () => (await j.card(card.id)).reply?.says !== null, 'held');
      return j.replied(card, state);
    });
    return result;
  }
  const settle = (card: CardView, body: { outcome: 'published' | 'not-published'; note: string; url?: string }) =>
    verifyAction(j.w, () => j.sam.call('settle', { params: j.params(card), body }));

  it('[PU-1] sends exactly the signed bytes, with a signature that holds and a key that stays the same', async () => {
    const card = await publish({ do: 'accept' }, 'published');
    expect(sentFor(card)).toEqual([REPLY]);
    const sent = j.post.received.find((r) => r.headers['webhook-id'] === card.reply?.jobId);
    if (!sent) throw new Error('nothing came');
    expect(j.post.verify(j.secret, sent)).toMatchObject({
      data: { text: REPLY, fingerprint: card.reply?.fingerprint, in_reply_to: card.replyTo.nativeId },
    });
    expect(sent.headers['idempotency-key']).toBe(card.reply?.jobId);
    expect(() => j.post.verify(j.secret, { ...sent, body: sent.body.replace('sorry', 'happy') })).toThrow();
  });

  it('[PU-30] at a level at which the plan names the publishers alone nobody else publishes, by no door', async () => {
    const room = { roomId: j.w.room.id };
    const lead = await j.w.person('Lena', ['social_lead', 'commander']);
    const robot = await j.w.token('Robot', ['social_lead']);
    const card = await j.to('publish');
    await lead.call('setLevel', { params: room, body: { level: 3, reason: 'It is on television.' } });
    const { fingerprint } = await lead.call('draftText', { params: j.params(card) });
    const press = { params: j.params(card), body: { fingerprint } };
    for (const each of [lead, robot])
      expect(await each.try('publish', press)).toMatchObject({
        status: 409,
        refused: { rule: 'PU-30', clause: 'Where we speak §2', who: ['publisher'] },
      });
    // A publisher comes past that door, and is told what else the level asks.
    expect(await j.sam.try('publish', press)).toMatchObject({ refused: { rule: 'PU-1', who: ['legal', 'expert'] } });
    await j.w.app.deps.db.updateTable('rooms').set({ level: 1 }).where('room_id', '=', room.roomId).execute();
    const published = await lead.call('publish', press);
    expect(await j.replied(published.card, 'published')).toMatchObject({ reply: { matches: true } });
  });

  it.each<[string, Act]>([
    ['hangs', { do: 'hang' }],
    ['breaks the connection after reading', { do: 'reset' }],
    ['answers 500', { do: 'answer', status: 500, body: 'oops' }],
    ['answers 503 without saying when', { do: 'answer', status: 503 }],
    ['answers that it is at work on it already', { do: 'answer', status: 409 }],
    ['promises an answer longer than we read', { do: 'answer', status: 200, body: 'x'.repeat(1_100_000) }],
  ])('[PU-6] a receiver that %s leaves the reply unknown, and it is never sent again by itself', async (_, act) => {
    const card = await publish(act, 'unknown');
    expect(card).toMatchObject({ stage: 'publish', reply: { state: 'unknown', says: expect.stringMatching(/look/i) } });
    const params = j.params(card);
    const again = await verifyAction(j.w, () =>
      j.sam.try('publish', { params, body: { fingerprint: card.fingerprint ?? '' } }),
    );
    expect(again.result).toMatchObject({ status: 409, refused: { rule: 'PU-3', fix: [{ do: 'settle' }] } });
    const away = { to: 'drafting', reason: 'x' };
    expect(await j.sam.try('moveCard', { params, body: away })).toMatchObject({ refused: { rule: 'MV-9' } });
    j.w.at('12:00');
    await j.w.app.flow.settled();
    expect(sentFor(card)).toHaveLength(1);
  });

  it.each<[string, Act, RegExp]>([
    ['422', { do: 'answer', status: 422, body: 'too\u0000 long\r\nfor us' }, /422: too long for us/],
    [
      'a redirect, which is not followed',
      { do: 'answer', status: 302, headers: { location: 'http://x.test/' } },
      /302/,
    ],
  ])('[PU-8] a refusal is final until a person queues the words again on purpose: %s', async (_, act, says) => {
    const card = await publish(act, 'rejected');
    expect(card.reply?.says).toMatch(says);
    expect(card).toMatchObject({ stage: 'publish' });
    await verifyAction(j.w, async () => {
      await j.publish(card);
      await j.replied(card, 'published');
    });
    const after = await j.card(card.id);
    expect(after.reply?.jobId).toBe(card.reply?.jobId);
    expect(after.stage).toBe('follow-up');
    expect(sentFor(card)).toEqual([REPLY, REPLY]);
  });

  it.each<[string, string, number]>([
    ['in seconds', '120', 120],
    ['as a date', 'Thu, 01 Jan 1970 00:00:00 GMT', 5],
    ['with nonsense', 'soon', 30],
    ['with an absurd wait', '99999999', 3600],
  ])('[PU-9] a receiver that asks to wait %s is waited for, an hour at most', async (_, header, seconds) => {
    const held = await publish({ do: 'answer', status: 429, headers: { 'retry-after': header } }, 'approved');
    expect(held.reply).toMatchObject({ attempt: 0, says: expect.stringContaining('wait') });
    j.w.at(new Date(Date.parse('2026-03-02T09:00:00Z') + (seconds - 1) * 1000).toISOString());
    await new Promise((next) => setTimeout(next, 600));
    expect(sentFor(held)).toHaveLength(1);
    j.w.at(new Date(Date.parse('2026-03-02T09:00:00Z') + seconds * 1000).toISOString());
    await j.replied(held, 'published');
    expect(sentFor(held)).toEqual([REPLY, REPLY]);
  });

  it('[PU-9] after an hour of waiting a person decides', async () => {
    const held = await publish({ do: 'answer', status: 429, headers: { 'retry-after': '3600' } }, 'approved');
    j.post.script({ do: 'answer', status: 429 });
    j.w.at('10:00');
    expect(await j.replied(held, 'rejected')).toMatchObject({ stage: 'publish' });
    expect(sentFor(held)).toHaveLength(2);
  });

  it('[PU-7] a person who looked settles the unknown both ways; a token cannot', async () => {
    const posted = await publish({ do: 'hang' }, 'unknown');
    const token = await j.w.token('Settler', ['publisher']);
    const claim = { outcome: 'published' as const, note: 'It stands there.' };
    expect(await token.try('settle', { params: j.params(posted), body: claim })).toMatchObject({ status: 403 });
    expect(await j.ria.try('settle', { params: j.params(posted), body: claim })).toMatchObject({ status: 403 });
    await settle(posted, { ...claim, url: 'javascript:alert(1)' });
    expect(await j.card(posted.id)).toMatchObject({
      stage: 'follow-up',
      reply: { state: 'published', matches: true, url: null },
      clocks: [{ stoppedAt: j.w.now() }],
    });

    const absent = await publish({ do: 'reset' }, 'unknown');
    await settle(absent, { outcome: 'not-published', note: 'Nothing there.' });
    const rejected = await j.card(absent.id);
    expect(rejected).toMatchObject({ stage: 'publish', reply: { state: 'rejected' }, clocks: [{ stoppedAt: null }] });
    const twice = await j.sam.try('settle', { params: j.params(absent), body: claim });
    expect(twice).toMatchObject({ status: 409, refused: { rule: 'PU-7' } });
    await verifyAction(j.w, async () => {
      await j.publish(absent);
      await j.replied(absent, 'published');
    });
    expect(sentFor(rejected)).toEqual([REPLY, REPLY]);
  });

  it('[PU-10] a receiver that says it posted other words is not believed: the card stays until somebody looked', async () => {
    const lie = { id: 7, url: 'javascript:alert(1)', text: 'We are sorry you feel that way.' };
    const card = await publish({ do: 'accept', body: lie }, 'published');
    expect(card).toMatchObject({
      stage: 'publish',
      reply: { matches: false, url: null, says: expect.stringContaining('differs') },
      clocks: [{ stoppedAt: null }],
    });
    const params = j.params(card);
    expect(await j.sam.try('moveCard', { params, body: { to: 'follow-up' } })).toMatchObject({
      refused: { rule: 'GU-16' },
    });
    await settle(card, { outcome: 'published', note: 'It is right, the relay mangled its answer.' });
    expect(await j.card(card.id)).toMatchObject({ stage: 'follow-up', reply: { matches: true } });
  });

  it('[PU-2] a post on a platform we have no account on is not answered from another', async () => {
    const card = await j.w.cardFrom('@drovewell my parcel is ruined and I want a refund', { platform: 'mastodon' });
    expect(card.account).toBeNull();
    const { result } = await verifyAction(j.w, () => j.on(card, 'sign-off').catch((error: Error) => error.message));
    expect(result).toMatch(/GU-[78]/);
  });

  it('[PU-4] replies go out from Publish alone, and a press on other words than are there is told so', async () => {
    const card = await j.to('sign-off');
    const params = j.params(card);
    const signed = await j.sign(j.colin, card, 'comms');
    const body = { fingerprint: signed.fingerprint ?? '' };
    const early = await verifyAction(j.w, () => j.sam.try('publish', { params, body }));
    expect(early.result).toMatchObject({
      status: 409,
      refused: { rule: 'PU-4', fix: [{ do: 'move-first', stage: 'publish' }] },
    });
    expect(await j.ria.try('publish', { params, body })).toMatchObject({ status: 403 });
    const { card: read } = await j.ria.call('seePosts', { params, body: { count: 1 } });
    await j.ria.call('moveCard', { params, body: { to: 'publish', seenVersion: read.version } });
    const stale = await j.sam.try('publish', { params, body: { fingerprint: 'sha256:0' } });
    expect(stale).toMatchObject({ status: 409, refused: { rule: 'PU-1', fix: [{ do: 'reload' }] } });
    expect((await j.card(card.id)).reply).toBeNull();
  });

  it('[PU-3] two presses at once, and repeats with one operation id, make one job and one post', async () => {
    const card = await j.to('publish');
    const params = j.params(card);
    const body = { fingerprint: card.fingerprint ?? '' };
    const { result, events } = await verifyAction(j.w, async () => {
      const operationId = crypto.randomUUID();
      const answers = await Promise.all([
        j.sam.try('publish', { params, body }, operationId),
        j.sam.try('publish', { params, body }, operationId),
        j.sam.try('publish', { params, body }),
      ]);
      await j.replied(card, 'published');
      return answers;
    });
    // Whoever came first, the one operation answers alike both times.
    expect(result[0]?.status).toBe(result[1]?.status);
    expect([result[0]?.status, result[2]?.status].sort()).toEqual([200, 409]);
    expect(result.find((answer) => 'refused' in answer)).toMatchObject({
      refused: { rule: expect.stringMatching(/PU-[34]/) },
    });
    expect(events.filter((e) => e.type === 'reply.approved')).toHaveLength(1);
    expect(sentFor(await j.card(card.id))).toEqual([REPLY]);
  });

  it('[PU-11] an unreachable receiver is tried three times, since nothing was sent, and then a person decides', async () => {
    const card = await j.to('publish');
    const gone = await nobody();
    const { db } = j.w.app.deps;
    const account = db.updateTable('accounts').where('room_id', '=', j.w.room.id);
    await account.set({ url: gone }).execute();
    try {
      await j.publish(card);
      for (const [minute, attempt] of [
        [0, 1],
        [1, 2],
        [2, 3],
      ] as const) {
        j.w.at(`2026-03-02T09:0${minute}:00Z`);
        for (let now = await j.card(card.id); now.reply?.attempt !== attempt || now.reply.state === 'sending'; )
          [now] = await Promise.all([j.card(card.id), new Promise((next) => setTimeout(next, 20))]);
      }
      expect((await j.replied(card, 'rejected')).reply?.says).toContain('could not be reached');
    } finally {
      await account.set({ url: j.post.url }).execute();
    }
    await j.publish(card);
    expect((await j.replied(card, 'published')).stage).toBe('follow-up');
  });
});
