// The main job through the API: mention, card, plan, live draft, signatures, publishing, follow-up, measures.
import type { CardView } from '@rejoinder/contracts/cards';
import { describe, expect, it } from 'vitest';
import { until } from '../coedit/typist.ts';
import { COMPLAINT, publishingJourney, REPLY } from '../support/journey.ts';
import { verifyAction } from '../support/verify-action.ts';
import { world } from '../support/world.ts';

const fields = { class: 'complaint', department: 'logistics' };

describe('the main job', () => {
  it('[EV-2] every step of it leaves the fold equal to a fresh snapshot', async () => {
    await using w = await world();
    const nadia = await w.person('Nadia', ['responder', 'social_lead', 'publisher']);
    const { result: card } = await verifyAction(w, () => w.cardFrom(COMPLAINT));
    const params = { roomId: w.room.id, cardId: card.id };
    expect(card.stage).toBe('new');
    await verifyAction(w, () => nadia.call('takeCard', { params, body: {} }));
    const { result } = await verifyAction(w, () =>
      nadia.try('moveCard', { params, body: { to: 'publish', via: 'drag' } }),
    );
    expect(result).toMatchObject({ status: 409, refused: { clause: expect.any(String) } });
  });

  it('[PU-1] [PU-2] [CA-5] a complaint is written, signed, voided by a comma, signed again, published once, followed up and closed', async () => {
    await using j = await publishingJourney();
    const { w, ria, colin, sam, post } = j;
    const { result: opened } = await verifyAction(w, () => w.cardFrom(COMPLAINT));
    const params = j.params(opened);
    const move = (to: string, more = {}) =>
      verifyAction(w, () => ria.call('moveCard', { params, body: { to, ...more } }));
    await move('owned', { fields, take: true });
    await move('drafting');

    const pen = await j.write(ria, opened);
    await verifyAction(w, async () => {
      pen.text.insert(0, REPLY);
      await until(() => pen.allSaved(), 'the words are saved');
    });
    await move('sign-off');
    const signed = await verifyAction(w, () => j.sign(colin, opened, 'comms'));
    expect(signed.result.signOffs).toMatchObject([{ userId: colin.userId, voidedAt: null }]);
    const before = signed.result.fingerprint;

    // One comma: the update, the void and its event are one commit.
    const comma = await verifyAction(w, async () => {
      pen.text.insert(REPLY.length, ',');
      await until(() => pen.allSaved(), 'the comma is saved');
    });
    expect(comma.events.map((event) => event.type)).toEqual(['draft.voided']);
    const voided = await j.card(opened.id);
    expect(voided.signOffs).toMatchObject([{ voidedAt: w.now(), fingerprint: before }]);
    expect(voided.fingerprint).not.toBe(before);
    const early = await verifyAction(w, () => ria.try('moveCard', { params, body: { to: 'publish' } }));
    expect(early.result).toMatchObject({ status: 409, refused: { rule: 'GU-11', clause: expect.stringMatching(/./) } });
    const publish = await verifyAction(w, () =>
      sam.try('publish', { params, body: { fingerprint: voided.fingerprint ?? '' } }),
    );
    expect(publish.result).toMatchObject({ status: 409, refused: { rule: 'PU-4' } });

    await verifyAction(w, () => j.sign(colin, opened, 'comms'));
    const { card: read } = await ria.call('seePosts', { params, body: { count: 1 } });
    await move('publish', { seenVersion: read.version });
    w.at('09:20');
    await verifyAction(w, async () => {
      await j.publish(opened);
      await j.replied(opened, 'published');
    });
    const followed = await j.card(opened.id);
    expect(followed.stage).toBe('follow-up');
    expect(followed.reply).toMatchObject({ state: 'published', matches: true, url: 'https://bsky.example/post-1' });
    expect(followed.clocks).toMatchObject([{ clock: 'public-reply', stoppedAt: w.now() }]);
    expect(post.received).toHaveLength(1);
    const [sent] = post.received;
    if (!sent) throw new Error('nothing was sent');
    expect(post.verify(j.secret, sent)).toMatchObject({
      type: 'reply.publish',
      data: { text: `${REPLY},`, fingerprint: followed.fingerprint, in_reply_to: opened.replyTo.nativeId },
    });

    await verifyAction(w, () =>
      ria.call('setRemedy', { params, body: { promised: 'A new parcel', delivered: false } }),
    );
    const open = await verifyAction(w, () => ria.try('moveCard', { params, body: { to: 'closed' } }));
    expect(rulesOf(open.result)).toEqual(['GU-17', 'GU-18']);
    await verifyAction(w, () => ria.call('followUp', { params, body: { state: 'posted', note: 'Asked again.' } }));
    await verifyAction(w, () => ria.call('setRemedy', { params, body: { promised: 'A new parcel', delivered: true } }));
    await move('closed');
    const closed = await j.card(opened.id);
    expect(closed).toMatchObject({ stage: 'closed', closedAt: w.now() });
    await measuresAgree(j, Object.values((await w.board()).cards));
    pen.leave();
  });
});

const rulesOf = (answer: unknown): string[] =>
  (answer as { refused?: { missing: { rule: string }[] } }).refused?.missing.map((m) => m.rule) ?? [];

async function measuresAgree(j: Awaited<ReturnType<typeof publishingJourney>>, cards: CardView[]): Promise<void> {
  const measures = await j.ria.call('measures', { params: { roomId: j.w.room.id } });
  const board = await j.w.board();
  expect(measures).toMatchObject({
    seq: board.seq,
    cards: cards.length,
    open: cards.filter((card) => card.closedAt === null).length,
    answered: 1,
    shareAnswered: 1,
    medianReply: 20 * 60,
    loopsClosed: 1,
    breaches: 0,
    oldestUnanswered: null,
  });
  // Every card stands in one stage of the board, and stages off the wall are not told.
  for (const { stage, count } of measures.byStage)
    expect(count).toBe(cards.filter((card) => card.stage === stage).length);
}
