// Sign-offs on the server: who may agree, to which words, for how long; and no edit, however timed, leaves a signature on other words.
import type { CardView } from '@rejoinder/contracts/cards';
import { fingerprint } from '@rejoinder/signoff/fingerprint';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { until } from '../coedit/typist.ts';
import { type Journey, journey, REPLY } from '../support/journey.ts';
import { verifyAction } from '../support/verify-action.ts';
import type { Person } from '../support/world.ts';

describe('signing', () => {
  let j: Journey;
  let lena: Person;
  beforeAll(async () => {
    j = await journey();
    lena = await j.w.person('Lena', ['legal', 'expert', 'executive']);
  });
  beforeEach(() => void j.w.at('09:00'));
  afterAll(() => j[Symbol.asyncDispose]());

  const toPublish = async (card: CardView) => {
    const { version } = await j.card(card.id);
    return j.ria.try('moveCard', { params: j.params(card), body: { to: 'publish', seenVersion: version } });
  };
  const read = (card: CardView) =>
    j.ria.call('seePosts', { params: j.params(card), body: { count: card.posts.count } });
  const standing = (card: CardView) => card.signOffs.filter((s) => s.voidedAt === null);

  it('[SG-20] agrees only to the words that are there, in a role one holds that signs, once, and as a person', async () => {
    const card = await j.to('sign-off');
    const params = j.params(card);
    const { fingerprint: words } = await j.colin.call('draftText', { params });
    const sign = (who: Pick<Person, 'try'>, role: string, over = words) =>
      who.try('sign', { params, body: { fingerprint: over, role } });
    const other = fingerprint({ text: `${REPLY}!`, account: card.account ?? '', replyTo: card.replyTo.nativeId });
    expect(await sign(j.colin, 'comms', other)).toMatchObject({ status: 409, refused: { rule: 'SG-1' } });
    expect(await sign(j.colin, 'legal')).toMatchObject({ status: 403 });
    expect(await sign(j.ria, 'responder')).toMatchObject({ status: 403 });
    const both = await j.w.person('Both', ['comms', 'responder']);
    expect(await sign(both, 'responder')).toMatchObject({ status: 403 });
    const token = await j.w.token('Signer', ['comms']);
    expect(await sign(token, 'comms')).toMatchObject({ status: 403 });
    expect(standing(await j.card(card.id))).toEqual([]);
    const { events } = await verifyAction(j.w, async () =>
      expect(await sign(j.colin, 'comms')).toMatchObject({ status: 200 }),
    );
    expect(events.map((e) => e.type)).toEqual(['draft.signed']);
    expect(await sign(j.colin, 'comms')).toMatchObject({
      status: 409,
      refused: { says: expect.stringContaining('already') },
    });
    await verifyAction(j.w, async () => expect(await sign(lena, 'legal')).toMatchObject({ status: 200 }));
    await verifyAction(j.w, async () => expect(await sign(lena, 'expert')).toMatchObject({ status: 200 }));
    expect(standing(await j.card(card.id))).toHaveLength(3);
  });

  it('[SG-20] there is nothing to sign in an empty draft', async () => {
    const card = await j.to('drafting');
    const { card: started } = await j.ria.call('startDraft', { params: j.params(card), body: {} });
    const body = { fingerprint: started.fingerprint ?? '', role: 'comms' };
    const { result } = await verifyAction(j.w, () => j.colin.try('sign', { params: j.params(card), body }));
    expect(result).toMatchObject({ status: 409, refused: { says: expect.stringContaining('no words') } });
  });

  it('[SG-21] one comma from somebody who was offline voids all three signatures in the commit that stores it; taking it out again brings none back', async () => {
    const card = await j.to('sign-off');
    await read(card);
    const train = new Y.Doc();
    const dora = await j.w.person('Dora', ['department']);
    const pen = await j.write(dora, card, train);
    await until(() => pen.text.toString() === REPLY, 'read');
    pen.provider.disconnect();
    pen.text.insert(4, ',');
    await j.sign(j.colin, card, 'comms');
    await j.sign(lena, card, 'legal');
    await j.sign(j.sam, card, 'social_lead');
    expect(standing(await j.card(card.id))).toHaveLength(3);
    const { events } = await verifyAction(j.w, async () => {
      pen.provider.connect();
      await until(() => pen.allSaved(), 'the comma is stored');
    });
    expect(events).toMatchObject([{ type: 'draft.voided', actor: { id: dora.userId } }]);
    const after = await j.card(card.id);
    expect(standing(after)).toEqual([]);
    expect(after.signOffs).toHaveLength(3);
    await verifyAction(j.w, async () => {
      pen.text.delete(4, 1);
      await until(() => pen.allSaved(), 'taken out');
    });
    expect(await j.ria.call('draftText', { params: j.params(card) })).toMatchObject({ text: REPLY });
    expect(standing(await j.card(card.id))).toEqual([]);
    expect(await toPublish(card)).toMatchObject({ status: 409, refused: { rule: 'GU-11' } });
    await j.sign(j.colin, card, 'comms');
    expect(await toPublish(card)).toMatchObject({ status: 200 });
    pen.leave();
  });

  it('[DR-4] starting a draft anew voids what was signed; the old words, typed again, are not signed', async () => {
    const card = await j.to('sign-off');
    await j.sign(j.colin, card, 'comms');
    const params = j.params(card);
    const { events } = await verifyAction(j.w, () => j.ria.call('startDraft', { params, body: { anew: true } }));
    expect(events.map((e) => e.type)).toEqual(['draft.voided', 'draft.started']);
    const pen = await j.write(j.ria, card);
    await verifyAction(j.w, async () => {
      pen.text.insert(0, REPLY);
      await until(() => pen.allSaved(), 'typed again');
    });
    pen.leave();
    const again = await j.card(card.id);
    const { fingerprint: words } = await j.ria.call('draftText', { params });
    expect(again.signOffs.map((s) => s.fingerprint)).toEqual([words]);
    expect(standing(again)).toEqual([]);
    expect(again.draft?.generation).toBe(2);
  });

  it('[DR-2] a draft is started once, and anew only where the text may be written', async () => {
    const card = await j.to('publish');
    const params = j.params(card);
    const { events } = await verifyAction(j.w, () => j.ria.call('startDraft', { params, body: {} }));
    expect(events).toEqual([]);
    const { result } = await verifyAction(j.w, () => j.ria.try('startDraft', { params, body: { anew: true } }));
    expect(result).toMatchObject({ status: 409, refused: { rule: 'DR-2' } });
  });

  it('[DR-5] the class a card is given later is what its words are judged by', async () => {
    const card = await j.to('sign-off', 'I am sorry that this happened to you, Mara. Ria');
    expect(card.draft?.findings).toMatchObject([{ strength: 'warn' }]);
    const params = j.params(card);
    const assess = (cardClass: string) =>
      verifyAction(j.w, () => j.ria.call('assessCard', { params, body: { fields: { class: cardClass } } }));
    expect((await assess('praise')).events.map((e) => e.type)).toEqual(['card.assessed', 'draft.changed']);
    expect((await j.card(card.id)).draft?.findings).toEqual([]);
    await assess('complaint');
    expect((await j.card(card.id)).draft?.findings).toHaveLength(1);
  });

  it('[SG-6] who wrote a reply alone cannot be the only one to sign it', async () => {
    const card = await j.to('drafting');
    const pen = await j.write(j.sam, card);
    pen.text.insert(0, REPLY);
    await until(() => pen.allSaved(), 'written by one');
    pen.leave();
    await j.on(await j.card(card.id), 'sign-off');
    await read(card);
    await j.sign(j.sam, card, 'social_lead');
    const { result } = await verifyAction(j.w, () => toPublish(card));
    expect(result).toMatchObject({ status: 409, refused: { rule: 'GU-12' } });
    await j.sign(j.colin, card, 'comms');
    expect(await toPublish(card)).toMatchObject({ status: 200 });
    // Also where the other signature goes away later, in Publish.
    await j.colin.call('sendBack', { params: j.params(card), body: { reason: 'On second thought, no.' } });
    const { fingerprint: words } = await j.card(card.id);
    const press = await j.sam.try('publish', { params: j.params(card), body: { fingerprint: words ?? '' } });
    expect(press).toMatchObject({ status: 409, refused: { rule: 'PU-1', says: expect.stringContaining('only one') } });
  });

  it('[SG-23] a signature counts until it expires, and may then be given again', async () => {
    const card = await j.to('sign-off');
    await read(card);
    const { signOffs } = await j.sign(j.colin, card, 'comms');
    expect(signOffs[0]?.expiresAt).toBe('2026-03-02T21:00:00.000Z');
    j.w.at('21:00');
    expect((await verifyAction(j.w, () => toPublish(card))).result).toMatchObject({ refused: { rule: 'GU-11' } });
    const { events } = await verifyAction(j.w, () => j.sign(j.colin, card, 'comms'));
    expect(events.map((e) => e.type)).toEqual(['draft.voided', 'draft.signed']);
    expect(await toPublish(card)).toMatchObject({ status: 200 });
  });

  it('[SG-24] sending back needs a reason and withdraws the sender’s own signature alone', async () => {
    const card = await j.to('sign-off');
    const params = j.params(card);
    await j.sign(j.colin, card, 'comms');
    await j.sign(lena, card, 'legal');
    expect(await j.colin.try('sendBack', { params, body: { reason: '' } })).toMatchObject({ status: 400 });
    const { events } = await verifyAction(j.w, () =>
      j.colin.call('sendBack', { params, body: { reason: 'Too long for one breath.' } }),
    );
    expect(events.map((e) => e.type)).toEqual(['draft.voided', 'draft.sentBack']);
    expect(standing(await j.card(card.id))).toMatchObject([{ userId: lena.userId }]);
    const withdrawn = (await j.card(card.id)).signOffs.find((s) => s.userId === j.colin.userId);
    expect(withdrawn?.voidReason).toContain('Too long for one breath.');
  });

  it('[SG-25] an edit that races with a signature 100 times never leaves one standing on other words', async () => {
    const card = await j.to('sign-off');
    const params = j.params(card);
    const pen = await j.write(j.ria, card);
    const outcomes = { signedThenVoided: 0, refused: 0 };
    for (let round = 0; round < 100; round++) {
      const { fingerprint: words } = await j.colin.call('draftText', { params });
      const pause = (round % 10) * 2;
      const race = async () => {
        const signing = later(pause).then(() =>
          j.colin.try('sign', { params, body: { fingerprint: words, role: 'comms' } }),
        );
        await later(10);
        pen.text.insert(3, round % 2 ? ',' : ' ');
        await until(() => pen.allSaved(), 'saved');
        return signing;
      };
      const answer = round % 20 === 0 ? (await verifyAction(j.w, race)).result : await race();
      const now = await j.card(card.id);
      const text = pen.text.toString();
      const said = await j.colin.call('draftText', { params });
      expect(said.text).toBe(text);
      for (const signOff of standing(now)) expect(signOff.fingerprint).toBe(said.fingerprint);
      expect(standing(now)).toEqual([]);
      if (answer.status === 200) outcomes.signedThenVoided += 1;
      else outcomes.refused += 1;
    }
    expect(outcomes.signedThenVoided + outcomes.refused).toBe(100);
    expect(outcomes.signedThenVoided).toBeGreaterThan(0);
    await verifyAction(j.w, async () => undefined);
    pen.leave();
  });
});

const later = (ms: number): Promise<void> => new Promise((next) => setTimeout(next, ms));
