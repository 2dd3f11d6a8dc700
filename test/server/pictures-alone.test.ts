// A reply of pictures without a word: where it is a reply, signed and sent like any other, and where it is refused and why.
import { CHANNELS } from '@rejoinder/contracts/channels';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../coedit/typist.ts';
import { type Journey, planForOneReply, publishingJourney, REPLY } from '../support/journey.ts';
import { attach, plain } from '../support/pictures.ts';
import type { Receiver } from '../support/receiver.ts';
import { verifyAction } from '../support/verify-action.ts';

/** The shipped plan, without what it asks to be said in every reply. */
const wordless = () => planForOneReply().replace(/^required:\n(?: .*\n)+/m, '');
const pictureOf = async (colour: string) => [{ file: await plain(colour), alt: 'Your new parcel, on its way.' }];

describe('a reply of pictures alone', () => {
  let j: Journey & { post: Receiver };
  const relay = CHANNELS.webhook;
  beforeAll(async () => {
    j = await publishingJourney({ playbookText: wordless() });
  });
  afterEach(() => {
    CHANNELS.webhook = relay;
  });
  afterAll(() => j[Symbol.asyncDispose]());

  const drafted = async () => {
    const card = await j.to('drafting');
    await j.ria.call('startDraft', { params: j.params(card), body: {} });
    return card;
  };
  const forward = (card: { id: string; version: number }, to: string) =>
    j.ria.try('moveCard', {
      params: { roomId: j.w.room.id, cardId: card.id },
      body: { to, seenVersion: card.version },
    });

  it('[PI-11] is signed, voided and sent like any other, with an empty text and its pictures', async () => {
    const card = await drafted();
    expect((await attach(j, j.ria, card, await pictureOf('#101010'))).draft).toMatchObject({ empty: false });
    const signing = await j.on(await j.card(card.id), 'sign-off');
    await j.sign(j.colin, signing, 'comms');
    const { events } = await verifyAction(j.w, () => attach(j, j.ria, signing, []));
    expect(events.map((e) => e.type)).toEqual(['draft.voided', 'draft.picturesChanged']);
    const { fingerprint } = await j.ria.call('draftText', { params: j.params(card) });
    const body = { fingerprint, role: 'comms' };
    expect(await j.colin.try('sign', { params: j.params(card), body })).toMatchObject({ refused: { rule: 'SG-1' } });
    await attach(j, j.ria, signing, await pictureOf('#101010'));
    const ready = await j.on(await j.card(card.id), 'publish');
    await verifyAction(j.w, () => j.publish(ready));
    await j.replied(ready, 'published');
    const { data } = JSON.parse(j.post.received.at(-1)?.body ?? '{}');
    expect(data).toMatchObject({ text: '', pictures: [{ alt: 'Your new parcel, on its way.' }] });
    const { replies } = await j.ria.call('card', { params: j.params(card) });
    expect(replies[0]).toMatchObject({ text: '', pictures: [{ alt: 'Your new parcel, on its way.' }] });
  });

  it('[PI-11] where the channel needs words it is nothing to send, and says so at the move, the signature and the press', async () => {
    const card = await drafted();
    await attach(j, j.ria, card, await pictureOf('#202020'));
    const ready = await j.on(await j.card(card.id), 'publish');
    const { fingerprint } = await j.ria.call('draftText', { params: j.params(card) });
    CHANNELS.webhook = { ...relay, pictures: { ...relay.pictures, alone: false } };
    const press = await verifyAction(j.w, () =>
      j.sam.try('publish', { params: j.params(ready), body: { fingerprint } }),
    );
    const says = 'This account posts no pictures without words. Write some.';
    expect(press.result).toMatchObject({ status: 409, refused: { rule: 'PU-1', says, fix: [{ do: 'open-draft' }] } });
    const other = await drafted();
    const { draft, version } = await attach(j, j.ria, other, await pictureOf('#303030'));
    expect(draft).toMatchObject({ empty: true, findings: [] });
    expect(await forward({ id: other.id, version }, 'sign-off')).toMatchObject({
      status: 409,
      refused: { missing: expect.arrayContaining([expect.objectContaining({ rule: 'GU-5', says })]) },
    });
  });

  it('[PI-11] words taken out beside pictures leave a reply; what the plan asks of every reply is asked of it', async () => {
    await using strict = await publishingJourney();
    const card = await strict.to('drafting');
    const t = await strict.write(strict.ria, card);
    t.text.insert(0, REPLY);
    await attach(strict, strict.ria, card, await pictureOf('#404040'));
    t.text.delete(0, REPLY.length);
    await until(async () => (await strict.card(card.id)).draft?.findings.length !== 0, 'the empty text is judged');
    t.leave();
    const now = await strict.card(card.id);
    expect(now.draft?.empty).toBe(false);
    const refused = await strict.ria.try('moveCard', {
      params: strict.params(card),
      body: { to: 'sign-off', seenVersion: now.version },
    });
    expect(refused).toMatchObject({
      status: 409,
      refused: { missing: expect.arrayContaining([expect.objectContaining({ rule: 'GU-9' })]) },
    });
    const fresh = await strict.to('drafting');
    await strict.ria.call('startDraft', { params: strict.params(fresh), body: {} });
    const bare = await attach(strict, strict.ria, fresh, await pictureOf('#404040'));
    expect(bare.draft?.findings).toEqual(now.draft?.findings);
  });
});

describe('pictures no signature is about', () => {
  it('[PI-12] whoever publishes names those they saw: others stop the press, and pictures changed after it stop the sending', async () => {
    const bare = wordless()
      .replace('covers: [text, account, reply_to, media, fact_sheet]', 'covers: [text, account, reply_to]')
      .replace('media_changed, fact_sheet_changed, ', '');
    await using j = await publishingJourney({ playbookText: bare });
    const pictured = async (colour: string) => {
      const card = await j.to('sign-off');
      const { draft } = await attach(j, j.ria, card, await pictureOf(colour));
      const ready = await j.on(await j.card(card.id), 'publish');
      const { fingerprint } = await j.sam.call('draftText', { params: j.params(card) });
      const pictures = (draft?.pictures?.items ?? []).map(({ hash, alt }) => ({ hash, alt }));
      const press = (seen?: { hash: string; alt: string }[]) =>
        j.sam.try('publish', { params: j.params(card), body: { fingerprint, ...(seen ? { pictures: seen } : {}) } });
      return { card: ready, pictures, press };
    };
    /** As it is where a plan lets pictures change beside words that stand still. */
    const becomes = (cardId: string, items: object[]) =>
      j.w.app.deps.db
        .updateTable('drafts')
        .set({ pictures: items.length === 0 ? null : JSON.stringify({ covered: false, items }) })
        .where('card_id', '=', cardId)
        .execute();
    const one = await pictured('#505050');
    const others = one.pictures.map((each) => ({ ...each, alt: 'Another one.' }));
    for (const seen of [undefined, [], others]) {
      const { result } = await verifyAction(j.w, () => one.press(seen));
      expect(result).toMatchObject({ status: 409, refused: { rule: 'PI-12', fix: [{ do: 'reload' }] } });
    }
    await verifyAction(j.w, () => one.press(one.pictures));
    await j.replied(one.card, 'published');
    const sent = j.post.received.length;
    const two = await pictured('#606060');
    j.post.script({ do: 'answer', status: 429, headers: { 'retry-after': '30' } });
    expect(await two.press(two.pictures)).toMatchObject({ status: 200 });
    await until(async () => (await j.card(two.card.id)).reply?.says?.includes('429') === true, 'it is asked to wait');
    await becomes(two.card.id, []);
    j.w.at('09:02');
    j.w.app.publishing.wake();
    const stopped = await j.replied(two.card, 'rejected');
    expect(stopped.reply?.says).toBe('The pictures changed after the reply was queued; it was not sent.');
    expect(j.post.received.length).toBe(sent + 1);
  });
});
