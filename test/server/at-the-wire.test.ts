// Between the press and the wire: whatever changes in that time stops the reply, and what a lost worker did is told late but told truly.

import type { CardView } from '@rejoinder/contracts/cards';
import { CHANNELS } from '@rejoinder/contracts/channels';
import { fingerprint } from '@rejoinder/signoff/fingerprint';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rehearsalChannel, webhookChannel } from '../../server/src/publishing/channels.ts';
import { until } from '../coedit/typist.ts';
import { publishingJourney, REPLY } from '../support/journey.ts';
import { otherWorker } from '../support/other-worker.ts';
import { verifyAction } from '../support/verify-action.ts';

const WAIT = { do: 'answer', status: 429, headers: { 'retry-after': '60' } } as const;

describe('between the press and the wire', () => {
  let j: Awaited<ReturnType<typeof publishingJourney>>;
  beforeAll(async () => {
    j = await publishingJourney({ sendMs: 5_000 });
  });
  beforeEach(() => {
    j.w.at('09:00');
    j.post.forget();
  });
  afterAll(() => j[Symbol.asyncDispose]());

  const sentFor = (jobId: string | undefined) =>
    j.post.received.filter((r) => r.headers['webhook-id'] === jobId).map((r) => r.text);

  /** A reply that the receiver asked to hold back for a minute. */
  async function held(): Promise<CardView> {
    const card = await j.to('publish');
    j.post.script(WAIT);
    await j.publish(card);
    await until(async () => (await j.card(card.id)).reply?.says !== null, 'held back');
    return j.card(card.id);
  }
  async function aMinuteLater(card: CardView, state: string): Promise<CardView> {
    j.w.at('09:02');
    return j.replied(card, state);
  }

  it('[PU-12] a reply whose signature was withdrawn while it waited is not sent', async () => {
    const card = await held();
    await j.colin.call('sendBack', { params: j.params(card), body: { reason: 'Wrong depot.' } });
    const { result } = await verifyAction(j.w, () => aMinuteLater(card, 'rejected'));
    expect(result.reply?.says).toContain('missing');
    expect(sentFor(card.reply?.jobId)).toHaveLength(1);
  });

  it('[PU-12] of two signatures that the level needs one is not enough at the wire either', async () => {
    const commander = await j.w.person('Cora', ['commander']);
    const dora = await j.w.person('Dora', ['department']);
    const level = (to: number) =>
      commander.call('setLevel', { params: { roomId: j.w.room.id }, body: { level: to, reason: 'It spreads.' } });
    await level(2);
    const card = await j.to('sign-off');
    await j.sign(dora, card, 'department');
    await j.on(card, 'publish');
    j.post.script(WAIT);
    await j.publish(card);
    await until(async () => (await j.card(card.id)).reply?.says !== null, 'held back');
    await dora.call('sendBack', { params: j.params(card), body: { reason: 'We cannot promise that.' } });
    const stopped = await aMinuteLater(card, 'rejected');
    expect(stopped.signOffs.filter((s) => s.voidedAt === null)).toHaveLength(1);
    expect(sentFor(stopped.reply?.jobId)).toHaveLength(1);
    j.w.at('2026-03-03T09:00:00Z');
    await level(1);
  });

  it('[PU-12] a card that was moved back takes its reply along, and new words do not wait for the old ones', async () => {
    const card = await held();
    const params = j.params(card);
    await j.sam.call('moveCard', { params, body: { to: 'drafting', reason: 'One thing is wrong.' } });
    const stopped = await aMinuteLater(card, 'rejected');
    expect(stopped).toMatchObject({ stage: 'drafting', reply: { says: expect.stringContaining('moved away') } });

    j.w.at('09:00');
    const other = await held();
    await j.sam.call('moveCard', { params: j.params(other), body: { to: 'drafting', reason: 'One thing is wrong.' } });
    const pen = await j.write(j.ria, other);
    pen.text.insert(3, 'truly ');
    await until(() => pen.allSaved(), 'written anew');
    pen.leave();
    await j.on(await j.card(other.id), 'publish');
    await verifyAction(j.w, async () => {
      await j.publish(other);
      await j.replied(other, 'published');
    });
    j.w.at('09:05');
    await j.w.settled();
    expect(sentFor(other.reply?.jobId)).toHaveLength(1);
    expect(j.post.received.at(-1)?.text).toContain('truly');
  });

  it('[PU-12] bytes that are not the signed ones do not leave, whoever changed them', async () => {
    const card = await held();
    const { db } = j.w.app.deps;
    await db.updateTable('publish_jobs').set({ text: 'Buy now!' }).where('card_id', '=', card.id).execute();
    const stopped = await aMinuteLater(card, 'rejected');
    expect(stopped.reply?.says).toContain('not the signed ones');
    expect(j.post.received.map((r) => r.text)).not.toContain('Buy now!');
  });

  it('[PU-13] a worker that is lost while sending leaves the reply unknown; its late answer is believed, and nothing is sent twice', async () => {
    const card = await j.to('publish');
    j.post.script({ do: 'wait' });
    const before = j.post.received.length;
    await j.publish(card);
    await j.post.gets(before + 1);
    const other = otherWorker(j.w.app, {
      webhook: { can: CHANNELS.webhook, send: unsent },
      rehearsal: rehearsalChannel,
    });
    try {
      j.w.at('09:10');
      other.wake();
      const lost = await j.replied(card, 'unknown');
      expect(lost.reply?.says).toContain('interrupted');
      // A person looked too early and found nothing; the words are queued once more by nobody.
      const note = { outcome: 'not-published' as const, note: 'Not there yet.' };
      await verifyAction(j.w, () => j.sam.call('settle', { params: j.params(card), body: note }));
      await verifyAction(j.w, async () => {
        j.post.letGo();
        await j.replied(card, 'published');
      });
      expect(await j.card(card.id)).toMatchObject({ stage: 'follow-up', reply: { matches: true } });
      expect(sentFor(lost.reply?.jobId)).toEqual([REPLY]);
    } finally {
      await other.stop();
    }
  });

  it('[PU-13] the late “no” of a sending that was given up changes nothing', async () => {
    const card = await j.to('publish');
    j.post.script({ do: 'wait', status: 422 });
    const before = j.post.received.length;
    await j.publish(card);
    await j.post.gets(before + 1);
    const other = otherWorker(j.w.app, {
      webhook: { can: CHANNELS.webhook, send: unsent },
      rehearsal: rehearsalChannel,
    });
    try {
      j.w.at('09:10');
      other.wake();
      await j.replied(card, 'unknown');
      const { events } = await verifyAction(j.w, async () => {
        j.post.letGo();
        await later(300);
      });
      expect(events).toEqual([]);
      expect((await j.card(card.id)).reply?.state).toBe('unknown');
    } finally {
      await other.stop();
    }
  });

  it('[PU-14] a rehearsal reaches nothing, even with an account that would', async () => {
    const { db } = j.w.app.deps;
    const kind = (to: 'live' | 'rehearsal') =>
      db.updateTable('rooms').set({ kind: to }).where('room_id', '=', j.w.room.id).execute();
    const card = await j.to('publish');
    const before = j.post.received.length;
    await kind('rehearsal');
    try {
      await j.publish(card);
      expect(await j.replied(card, 'published')).toMatchObject({ stage: 'follow-up', reply: { url: null } });
      expect(j.post.received).toHaveLength(before);
    } finally {
      await kind('live');
    }
  });

  it('[PU-15] an edit that races with the move to Publish and the press never sends other bytes than were signed', async () => {
    let sent = 0;
    for (let round = 0; round < 12; round++) {
      const card = await j.to('sign-off');
      const params = j.params(card);
      await j.ria.call('seePosts', { params, body: { count: 1 } });
      const { version } = await j.sign(j.colin, card, 'comms');
      const pen = await j.write(j.ria, card);
      const { fingerprint: words } = await j.sam.call('draftText', { params });
      await verifyAction(j.w, async () => {
        const type = () => pen.text.insert(4, ',');
        // Every other time the key is pressed only after the move.
        const edit = round % 2 ? later(round).then(type) : null;
        await j.ria.try('moveCard', { params, body: { to: 'publish', seenVersion: version } });
        if (!edit) type();
        const pressed = await j.sam.try('publish', { params, body: { fingerprint: words } });
        await edit;
        if (pressed.status === 200) await j.replied(card, 'published');
      });
      const now = await j.card(card.id);
      if (now.reply) {
        sent += 1;
        const [text = ''] = sentFor(now.reply.jobId);
        const of = fingerprint({ text, account: card.account ?? '', replyTo: card.replyTo.nativeId });
        const signed = now.signOffs.find((s) => s.fingerprint === of);
        expect(signed).toMatchObject({ voidedAt: null, userId: j.colin.userId });
      } else expect(now.signOffs.every((s) => s.voidedAt !== null)).toBe(true);
      pen.leave();
    }
    expect(sent).toBeGreaterThanOrEqual(6);
  });

  it('[PU-8] an account without a key, or inside the own network where that is not allowed, sends nothing', async () => {
    const outgoing = {
      key: 'job_1',
      url: j.post.url,
      secret: '',
      platform: 'bluesky',
      account: 'a',
      inReplyTo: 'p',
      text: 't',
      fingerprint: 'f',
      at: j.w.now(),
      readBack: null,
      pictures: [],
    };
    const blocked = { fetch: () => Promise.reject(new Error('never asked')) };
    expect(await webhookChannel(blocked).send(outgoing, 100)).toMatchObject({ outcome: 'rejected' });
    const broken = (code: string, syscall: string) => ({
      fetch: () => Promise.reject(Object.assign(new Error(code), { code, syscall })),
    });
    const whole = { ...outgoing, secret: j.secret };
    expect(await webhookChannel(broken('EHOSTUNREACH', 'connect')).send(whole, 100)).toMatchObject({
      outcome: 'later',
    });
    expect(await webhookChannel(broken('EHOSTUNREACH', 'read')).send(whole, 100)).toMatchObject({ outcome: 'unknown' });
    expect(await webhookChannel(broken('CERT_HAS_EXPIRED', '')).send(whole, 100)).toMatchObject({
      outcome: 'rejected',
    });
  });
});

const unsent = () => Promise.reject(new Error('this worker sends nothing'));
const later = (ms: number): Promise<void> => new Promise((next) => setTimeout(next, ms));
