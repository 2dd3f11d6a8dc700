// Pictures of a reply on the server: who changes them and how, what they do to signatures, and what of them is sent.
import { fingerprint } from '@rejoinder/signoff/fingerprint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashOf } from '../../server/src/drafts/encode-picture.ts';
import { until } from '../coedit/typist.ts';
import { type Journey, planForOneReply, publishingJourney, REPLY } from '../support/journey.ts';
import { attach, plain, upload } from '../support/pictures.ts';
import type { Receiver } from '../support/receiver.ts';
import { verifyAction } from '../support/verify-action.ts';

let j: Journey & { post: Receiver };
beforeAll(async () => {
  j = await publishingJourney();
});
afterAll(() => j[Symbol.asyncDispose]());

const sentLast = () =>
  JSON.parse(j.post.received.at(-1)?.body ?? '{}') as {
    data: { text: string; fingerprint: string; pictures?: { hash: string; alt: string; data: string }[] };
  };

describe('on a reply', () => {
  it('[PI-5] pictures are one list with a description each, changed by who may write where the text may be written, as they were seen', async () => {
    const card = await j.to('drafting');
    const params = j.params(card);
    await j.ria.call('startDraft', { params, body: {} });
    const { result, events } = await verifyAction(j.w, async () =>
      attach(j, j.ria, card, [
        { file: await plain('#111111'), alt: ' A wet parcel. ' },
        { file: await plain('#222222'), alt: 'Its label.' },
      ]),
    );
    expect(events.map((e) => e.type)).toEqual(['draft.picturesChanged']);
    const items = result.draft?.pictures?.items ?? [];
    expect(items.map(({ alt }) => alt)).toEqual(['A wet parcel.', 'Its label.']);
    const seen = items.map(({ hash }) => hash);
    const list = (order: number[], alt?: string) =>
      order.map((i) => ({ hash: items[i]?.hash ?? '', alt: alt ?? items[i]?.alt ?? '' }));
    const set = (pictures: { hash: string; alt: string }[], saw = seen, who = j.ria) =>
      verifyAction(j.w, () => who.try('setPictures', { params, body: { pictures, seen: saw } }));
    expect((await set(list([0, 1]), [])).result).toMatchObject({ status: 409, refused: { rule: 'CA-1' } });
    expect((await set(list([0], ' '))).result).toMatchObject({ status: 409, refused: { rule: 'PI-5' } });
    expect((await set([...list([0]), ...list([0])])).result).toMatchObject({ status: 422 });
    expect((await set([{ hash: 'e'.repeat(64), alt: 'Gone' }])).result).toMatchObject({ status: 422 });
    const guest = await j.w.person('Gus', ['executive']);
    expect((await set([], seen, guest)).result).toMatchObject({ status: 403 });
    expect((await set(list([0, 1]))).events).toEqual([]);
    expect((await set(list([1, 0]))).events.map((e) => e.type)).toEqual(['draft.picturesChanged']);
    expect((await set([], [...seen].reverse())).result).toMatchObject({ status: 200 });
    expect((await j.card(card.id)).draft).not.toHaveProperty('pictures');
    const still = await j.to('publish');
    const frozen = await upload(j, j.ria, still, await plain('#333333'));
    const body = { pictures: [{ hash: frozen.picture?.hash ?? '', alt: 'Late.' }], seen: [] };
    expect(await j.ria.try('setPictures', { params: j.params(still), body })).toMatchObject({
      status: 409,
      refused: { rule: 'DR-2' },
    });
  });

  it('[PI-10] a description says nothing that the words may not say', async () => {
    const card = await j.to('drafting');
    await j.ria.call('startDraft', { params: j.params(card), body: {} });
    const { picture } = await upload(j, j.ria, card, await plain('#abcdef'));
    const described = (alt: string) =>
      verifyAction(j.w, () =>
        j.ria.try('setPictures', {
          params: j.params(card),
          body: { pictures: [{ hash: picture?.hash ?? '', alt }], seen: [] },
        }),
      );
    for (const alt of ['A letter with the account 4471 0093 12 on it.', 'You are the only one who has this parcel.'])
      expect((await described(alt)).result).toMatchObject({
        status: 409,
        refused: {
          rule: 'PI-10',
          says: expect.stringContaining('description of picture 1'),
          fix: [{ do: 'open-draft' }],
        },
      });
    expect((await described('A letter on a wet doormat.')).result).toMatchObject({ status: 200 });
  });

  it('[PI-6] a signature is about them: another picture, order or description voids it at once; without any the fingerprint is what it always was', async () => {
    const card = await j.to('sign-off');
    const params = j.params(card);
    const { fingerprint: bare } = await j.ria.call('draftText', { params });
    expect(bare).toBe(fingerprint({ text: REPLY, account: card.account ?? '', replyTo: card.replyTo.nativeId }));
    const file = await plain('#445566');
    const changes: [string, { file: Buffer; alt: string }[]][] = [
      ['added', [{ file, alt: 'A parcel.' }]],
      ['described anew', [{ file, alt: 'A wet parcel.' }]],
      [
        'another beside it',
        [
          { file, alt: 'A wet parcel.' },
          { file: await plain('#665544'), alt: 'B' },
        ],
      ],
      [
        'another order',
        [
          { file: await plain('#665544'), alt: 'B' },
          { file, alt: 'A wet parcel.' },
        ],
      ],
      ['taken out', []],
    ];
    const prints = new Set([bare]);
    for (const [what, files] of changes) {
      await j.sign(j.colin, card, 'comms');
      const { result, events } = await verifyAction(j.w, () => attach(j, j.ria, card, files));
      expect(
        events.map((e) => e.type),
        what,
      ).toEqual(['draft.voided', 'draft.picturesChanged']);
      expect(result.signOffs.every((s) => s.voidedAt !== null)).toBe(true);
      expect(result.signOffs.at(-1)?.voidReason).toBe('The pictures changed after the signature.');
      prints.add((await j.ria.call('draftText', { params })).fingerprint);
    }
    expect(prints.size).toBe(changes.length);
  });

  it('[PI-6] a plan that leaves media out keeps its signatures; a plan that takes it in voids them', async () => {
    const without = planForOneReply()
      .replace('covers: [text, account, reply_to, media, fact_sheet]', 'covers: [text, account, reply_to]')
      .replace('media_changed, fact_sheet_changed, ', '');
    await using other = await publishingJourney({ playbookText: without });
    const card = await other.to('sign-off');
    await other.sign(other.colin, card, 'comms');
    const after = await attach(other, other.ria, card, [{ file: await plain('#777777'), alt: 'A parcel.' }]);
    expect(after.signOffs.every((s) => s.voidedAt === null)).toBe(true);
    expect(after.draft?.pictures?.covered).toBe(false);
    const ingrid = await other.w.person('Ingrid', ['commander']);
    const text = planForOneReply().replace(/^version: \d+$/m, 'version: 77');
    const { events } = await verifyAction(other.w, () =>
      ingrid.call('adoptPlaybook', { params: { roomId: other.w.room.id }, body: { text } }),
    );
    expect(events).toMatchObject([{ type: 'playbook.adopted' }, { type: 'draft.voided' }]);
    expect((await other.card(card.id)).draft?.pictures?.covered).toBe(true);
  });
});

describe('what is sent', () => {
  it('[PI-8] the bytes that were signed go with the words; the receiver may say what it shows', async () => {
    const card = await j.to('sign-off');
    const file = await plain('#a1b2c3');
    await attach(j, j.ria, card, [{ file, alt: 'A new parcel.' }]);
    const ready = await j.on(await j.card(card.id), 'publish');
    const hash = ready.draft?.pictures?.items[0]?.hash ?? '';
    j.post.script({ do: 'accept', body: { id: 'p', url: 'https://x.example/p', text: REPLY, pictures: [hash] } });
    await verifyAction(j.w, () => j.publish(ready));
    const out = await j.replied(ready, 'published');
    expect(out.reply?.matches).toBe(true);
    const { data } = sentLast();
    expect(data.text).toBe(REPLY);
    expect(data.pictures?.map(({ alt, hash: named }) => [alt, named])).toEqual([['A new parcel.', hash]]);
    expect(hashOf(Buffer.from(data.pictures?.[0]?.data ?? '', 'base64'))).toBe(hash);
    const { replies } = await j.ria.call('card', { params: j.params(card) });
    expect(replies[0]?.pictures?.[0]?.alt).toBe('A new parcel.');
  });

  it('[PI-8] [PU-10] a receiver that shows another picture leaves the card where it is', async () => {
    const card = await j.to('sign-off');
    await attach(j, j.ria, card, [{ file: await plain('#a1b2c4'), alt: 'A new parcel.' }]);
    const ready = await j.on(await j.card(card.id), 'publish');
    j.post.script({ do: 'accept', body: { id: 'p', text: REPLY, pictures: ['e'.repeat(64)] } });
    await j.publish(ready);
    expect((await j.replied(ready, 'published')).reply?.matches).toBe(false);
  });

  it('[PI-8] kept bytes that were changed are stopped at the press and at the wire', async () => {
    const { db } = j.w.app.deps;
    const ready = async (colour: string) => {
      const card = await j.to('sign-off');
      await attach(j, j.ria, card, [{ file: await plain(colour), alt: 'A parcel.' }]);
      return j.on(await j.card(card.id), 'publish');
    };
    const spoil = async (hash = '') =>
      db
        .updateTable('pictures')
        .set({ bytes: Buffer.from('other') })
        .where('hash', '=', hash)
        .execute();
    const atPress = await ready('#b10000');
    await spoil(atPress.draft?.pictures?.items[0]?.hash);
    const { fingerprint: words } = await j.sam.call('draftText', { params: j.params(atPress) });
    const { result } = await verifyAction(j.w, () =>
      j.sam.try('publish', { params: j.params(atPress), body: { fingerprint: words } }),
    );
    expect(result).toMatchObject({ status: 409, refused: { rule: 'PI-8', fix: [{ do: 'open-draft' }] } });
    const atWire = await ready('#b20000');
    j.post.script({ do: 'answer', status: 429, headers: { 'retry-after': '30' } });
    await j.publish(atWire);
    await until(
      async () => (await j.card(atWire.id)).reply?.says?.includes('wait') === true,
      'the account asks to wait',
    );
    await spoil(atWire.draft?.pictures?.items[0]?.hash);
    const before = j.post.received.length;
    j.w.at('09:02');
    j.w.app.publishing.wake();
    const stopped = await j.replied(atWire, 'rejected');
    expect(stopped.reply?.says).toContain('not the one that was named');
    expect(j.post.received.length).toBe(before);
    j.w.at('09:00');
  });
});

describe('what a channel can do', () => {
  it('[PI-7] more pictures than the account’s channel posts are refused as they are put on the reply, with what to do', async () => {
    const card = await j.to('drafting');
    await j.ria.call('startDraft', { params: j.params(card), body: {} });
    const files = await Promise.all(
      ['#c10000', '#c20000', '#c30000', '#c40000', '#c50000'].map(async (colour) => ({
        file: await plain(colour),
        alt: colour,
      })),
    );
    const tooMany = attach(j, j.ria, card, files);
    await expect(tooMany).rejects.toThrow(/at most 4 pictures with one reply; these are 5/);
    const { draft } = await attach(j, j.ria, card, files.slice(0, 4));
    expect(draft?.pictures?.items).toHaveLength(4);
  });
});
