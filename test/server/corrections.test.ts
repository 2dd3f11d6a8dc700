// A published reply is corrected or taken back: drafts of their own about it, signed again, sent as what they are.
import type { CardView } from '@rejoinder/contracts/cards';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../coedit/typist.ts';
import { publishingJourney, REPLY } from '../support/journey.ts';
import { verifyAction } from '../support/verify-action.ts';

describe('corrections and retractions', () => {
  let j: Awaited<ReturnType<typeof publishingJourney>>;
  beforeAll(async () => {
    j = await publishingJourney({ sendMs: 5_000 });
  });
  let minute = 0;
  beforeEach(() => {
    minute += 10;
    j.w.at(`09:${minute}`);
  });
  afterAll(() => j[Symbol.asyncDispose]());

  const correct = (card: CardView, kind: 'correction' | 'retraction', reason = 'Wrong day.') =>
    j.sam.try('correctReply', { params: j.params(card), body: { kind, reason } });
  async function published(): Promise<CardView> {
    const card = await j.to('publish');
    await j.publish(card);
    return j.replied(card, 'published');
  }
  async function rewrite(card: CardView, text: string): Promise<void> {
    const pen = await j.write(j.ria, await j.card(card.id));
    pen.text.delete(0, pen.text.length);
    pen.text.insert(0, text);
    await until(() => pen.allSaved(), 'saved');
    pen.leave();
  }
  const lastSent = () =>
    JSON.parse(j.post.received.at(-1)?.body ?? '{}') as { type: string; data: Record<string, unknown> };
  async function out(card: CardView): Promise<CardView> {
    await j.on(await j.card(card.id), 'publish');
    const { events } = await verifyAction(j.w, async () => {
      await j.publish(card);
      await j.w.settled();
      await until(async () => (await j.card(card.id)).stage === 'follow-up', 'it is out');
    });
    expect(events.map((e) => e.type)).toContain('reply.published');
    return j.card(card.id);
  }

  it('[PU-21] a correction is a draft of its own that begins with the published words, needs its own signatures, and names what it corrects', async () => {
    const card = await published();
    const remote = lastSent();
    expect(remote.type).toBe('reply.publish');
    const started = await verifyAction(j.w, () => correct(card, 'correction'));
    expect(started.events.map((e) => e.type)).toEqual(['card.moved', 'draft.voided', 'draft.started']);
    const now = await j.card(card.id);
    const jobs = await j.w.app.deps.db
      .selectFrom('publish_jobs')
      .select('remote_id')
      .where('card_id', '=', card.id)
      .execute();
    const supersedes = jobs[0]?.remote_id;
    expect(now).toMatchObject({
      stage: 'drafting',
      draft: { empty: false, about: { kind: 'correction', supersedes } },
    });
    const { text: start } = await j.ria.call('draftText', { params: j.params(card) });
    expect(start).toContain('That was not right');
    expect(await correct(now, 'retraction')).toMatchObject({ status: 409, refused: { rule: 'PU-21' } });
    await rewrite(card, `Correction: ${REPLY}`);
    const done = await out(card);
    expect(lastSent()).toMatchObject({ type: 'reply.correct', data: { text: `Correction: ${REPLY}`, supersedes } });
    expect(done.reply).toMatchObject({ state: 'published', kind: 'correction' });
    // What is written next is a reply again, and a correction can be corrected.
    expect(done.draft?.about).toBeUndefined();
    const { replies } = await j.ria.call('card', { params: j.params(card) });
    expect(replies.map((each) => each.kind)).toEqual([undefined, 'correction']);
    expect(await correct(done, 'correction')).toMatchObject({ status: 200 });
  });

  it('[PU-21] a retraction begins with the plan’s words or ours; what was taken back is not corrected any more', async () => {
    const card = await published();
    expect(await correct(card, 'retraction', ' ')).toMatchObject({
      refused: { rule: 'PU-21', fix: [{ do: 'give-reason' }] },
    });
    await verifyAction(j.w, () => correct(card, 'retraction'));
    const { text } = await j.ria.call('draftText', { params: j.params(card) });
    expect(text.length).toBeGreaterThan(10);
    await rewrite(card, 'I am sorry, Mara: what we wrote was wrong, and we take it back. We will call you today. Ria');
    const done = await out(card);
    expect(lastSent()).toMatchObject({ type: 'reply.retract' });
    expect(await correct(done, 'correction')).toMatchObject({ status: 409, refused: { rule: 'PU-21' } });
    const fresh = await j.to('drafting');
    expect(await correct(fresh, 'correction')).toMatchObject({ status: 409, refused: { rule: 'PU-21' } });
  });

  it('[PU-21] a signature on a correction covers what it corrects, and a new post of the person voids it', async () => {
    const card = await published();
    const before = (await j.card(card.id)).signOffs[0]?.fingerprint;
    await correct(card, 'correction');
    await rewrite(card, REPLY);
    j.w.at(`09:${minute + 5}`);
    await j.on(await j.card(card.id), 'sign-off');
    const signed = await j.sign(j.colin, card, 'comms');
    expect(signed.fingerprint).not.toBe(before);
    expect(signed.signOffs.at(-1)).toMatchObject({ voidedAt: null, fingerprint: signed.fingerprint });
    await verifyAction(j.w, () => j.w.cardFrom('And now it is even worse', { author: card.author }));
    await until(async () => (await j.card(card.id)).signOffs.at(-1)?.voidedAt !== null, 'void');
    expect((await j.card(card.id)).signOffs.at(-1)?.voidReason).toContain('new message');
  });
});
