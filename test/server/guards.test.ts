// What people record and how much they may have, enforced at every door: lists, facts, authority, limits, likeness, checked claims.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../coedit/typist.ts';
import { GUARDED_PLAN } from '../support/guarded-plan.ts';
import { COMPLAINT, type Journey, journey, REPLY } from '../support/journey.ts';
import { verifyAction } from '../support/verify-action.ts';
import type { Person } from '../support/world.ts';

const fields = { class: 'complaint', department: 'logistics' };

describe('guards on the server', () => {
  let j: Journey;
  let [cora, lena]: (Person | undefined)[] = [];
  beforeAll(async () => {
    j = await journey({ playbookText: GUARDED_PLAN });
    cora = await j.w.person('Cora', ['commander']);
    lena = await j.w.person('Lena', ['legal']);
  });
  afterAll(() => j[Symbol.asyncDispose]());

  /** A new card in Owned, taken by this person. */
  async function owned(by: Person) {
    const card = await j.w.cardFrom(COMPLAINT);
    const body = { to: 'owned', fields, take: true };
    return (await by.call('moveCard', { params: j.params(card), body })).card;
  }
  const tick = (by: Person, card: { id: string }, item: string, done = true) =>
    by.try('tickItem', { params: { roomId: j.w.room.id, cardId: card.id }, body: { item, done } });
  const note = (
    by: Person,
    card: { id: string },
    fact: 'department_contacted' | 'claims_checked' | 'public_pointer',
    text: string,
  ) => by.try('recordFact', { params: { roomId: j.w.room.id, cardId: card.id }, body: { fact, note: text } });
  const move = (by: Person, card: { id: string }, to: string, reason = 'Go on.') =>
    by.try('moveCard', { params: { roomId: j.w.room.id, cardId: card.id }, body: { to, reason } });
  const rules = (answer: Awaited<ReturnType<typeof move>>) =>
    'refused' in answer ? answer.refused.missing.map((each) => each.rule) : [];

  /** In Drafting with these words, owned by nobody, so that limits stay out of the way. */
  async function drafting(text: string) {
    const card = await owned(j.sam);
    await tick(j.sam, card, 'Order looked up');
    await note(j.sam, card, 'department_contacted', 'Asked Ben.');
    await j.sam.call('moveCard', { params: j.params(card), body: { to: 'drafting' } });
    await j.sam.call('assignCard', { params: j.params(card), body: { userId: null } });
    const t = await j.write(j.ria, await j.card(card.id));
    t.text.insert(0, text);
    await until(() => t.allSaved(), 'the words are saved');
    t.leave();
    await j.w.settled();
    return j.card(card.id);
  }

  it('[CA-12] [GU-28] a list is ticked by those who work the stage, one item after the other, and anew when the card comes again', async () => {
    const card = await owned(j.ria);
    await note(j.ria, card, 'department_contacted', 'Asked Ben.');
    expect(rules(await move(j.ria, card, 'drafting'))).toEqual(['GU-28']);
    expect(await tick(j.colin, card, 'Order looked up')).toMatchObject({ status: 409, refused: { rule: 'CA-12' } });
    expect(await tick(j.ria, card, 'Legal told')).toMatchObject({ status: 422 });
    const { events } = await verifyAction(j.w, () => tick(j.ria, card, 'Order looked up'));
    expect(events.map((each) => each.type)).toEqual(['card.checked']);
    expect((await j.card(card.id)).checks).toMatchObject([
      { stage: 'owned', item: 'Order looked up', by: j.ria.userId, name: 'Ria' },
    ]);
    const again = await verifyAction(j.w, () => tick(j.ria, card, 'Order looked up'));
    expect(again.events).toEqual([]);
    await verifyAction(j.w, () => tick(j.ria, card, 'Order looked up', false));
    expect((await j.card(card.id)).checks).toEqual([]);
    await verifyAction(j.w, () => tick(j.ria, card, 'Order looked up'));
    expect(await move(j.ria, card, 'drafting')).toMatchObject({ status: 200 });
    expect(await verifyAction(j.w, () => move(j.ria, card, 'owned'))).toMatchObject({ result: { status: 200 } });
    expect((await j.card(card.id)).checks).toEqual([]);
    const robot = await j.w.token('Ticker', ['responder']);
    expect(
      await robot.try('tickItem', { params: j.params(card), body: { item: 'Order looked up', done: true } }),
    ).toMatchObject({ status: 403 });
    await j.ria.call('assignCard', { params: j.params(card), body: { userId: null } });
  });

  it('[CA-14] [GU-27] [GU-32] facts are recorded with a note by whose matter they are, and taken back', async () => {
    const card = await owned(j.ria);
    await tick(j.ria, card, 'Order looked up');
    expect(rules(await move(j.ria, card, 'drafting'))).toEqual(['GU-27']);
    const { events } = await verifyAction(j.w, () => note(j.ria, card, 'department_contacted', ' Asked Ben. '));
    expect(events.map((each) => each.type)).toEqual(['card.factRecorded']);
    expect((await j.card(card.id)).facts).toMatchObject([
      { fact: 'department_contacted', note: 'Asked Ben.', name: 'Ria' },
    ]);
    await verifyAction(j.w, () => note(j.ria, card, 'department_contacted', ''));
    expect((await j.card(card.id)).facts).toEqual([]);
    expect(await note(j.ria, card, 'public_pointer', 'https://example.org/1')).toMatchObject({ status: 403 });
    await verifyAction(j.w, () => note(j.sam, card, 'public_pointer', 'https://example.org/1'));
    expect((await j.card(card.id)).facts).toMatchObject([{ fact: 'public_pointer' }]);
    expect(await note(j.colin, card, 'claims_checked', 'All in the sheet')).toMatchObject({
      status: 409,
      refused: { rule: 'CA-14' },
    });
    const robot = await j.w.token('Recorder', ['responder']);
    expect(
      await robot.try('recordFact', { params: j.params(card), body: { fact: 'department_contacted', note: 'x' } }),
    ).toMatchObject({ status: 403 });
    await j.ria.call('assignCard', { params: j.params(card), body: { userId: null } });
  });

  it('[GU-26] [CA-15] a promise beyond its owner’s authority keeps the card until somebody takes it whose authority is enough', async () => {
    const card = await owned(j.ria);
    const params = j.params(card);
    await tick(j.ria, card, 'Order looked up');
    await note(j.ria, card, 'department_contacted', 'Asked Ben.');
    const promise = (worth: number | null, kind: string | null, delivered = false, by = j.ria) =>
      by.try('setRemedy', { params, body: { promised: 'Money back', worth, kind, delivered } });
    await promise(null, null);
    expect(await move(j.ria, card, 'drafting')).toMatchObject({
      refused: { rule: 'GU-26', fix: [{ do: 'say-remedy' }] },
    });
    await verifyAction(j.w, () => promise(80, 'refund'));
    const refused = await verifyAction(j.w, () => move(j.ria, card, 'drafting'));
    expect(refused.result).toMatchObject({
      refused: { rule: 'GU-26', who: ['social_lead'], fix: [{ do: 'give-card', role: 'social_lead' }] },
    });
    // At level 2 responders may promise more.
    await j.sam.call('setLevel', { params: { roomId: j.w.room.id }, body: { level: 2, reason: 'More of them.' } });
    expect(await move(j.ria, card, 'drafting')).toMatchObject({ status: 200 });
    await move(j.ria, card, 'owned');
    await tick(j.ria, card, 'Order looked up');
    await cora?.call('setLevel', { params: { roomId: j.w.room.id }, body: { level: 1, reason: 'Fewer of them.' } });
    expect(rules(await move(j.ria, card, 'drafting'))).toEqual(['GU-26']);
    expect(await promise(80, 'refund', true)).toMatchObject({
      status: 409,
      refused: { rule: 'CA-15', who: ['social_lead'] },
    });
    await verifyAction(j.w, () => j.sam.call('takeCard', { params, body: { over: true } }));
    expect(await move(j.sam, card, 'drafting')).toMatchObject({ status: 200 });
    const { result } = await verifyAction(j.w, () => promise(80, 'refund', true, j.sam));
    expect(result).toMatchObject({
      status: 200,
      reply: { card: { remedy: { worth: 80, kind: 'refund', deliveredAt: j.w.now() } } },
    });
    await j.sam.call('assignCard', { params, body: { userId: null } });
  });

  it('[CA-13] [MV-7] a hard limit per person holds for moving, taking and giving; two at once get one place', async () => {
    const cards = [await owned(j.ria), await owned(j.ria)];
    const third = await j.w.cardFrom(COMPLAINT);
    const go = () => j.ria.try('moveCard', { params: j.params(third), body: { to: 'owned', fields, take: true } });
    expect(await go()).toMatchObject({ status: 409, refused: { rule: 'MV-7' } });
    expect(await j.card(third.id)).toMatchObject({ stage: 'new', owner: null });
    const free = (await j.sam.call('moveCard', { params: j.params(third), body: { to: 'owned', fields } })).card;
    const take = await verifyAction(j.w, () => j.ria.try('takeCard', { params: j.params(free), body: {} }));
    expect(take.result).toMatchObject({ status: 409, refused: { rule: 'CA-13' } });
    expect((await j.card(free.id)).owner).toBeNull();
    const give = await j.sam.try('assignCard', { params: j.params(free), body: { userId: j.ria.userId } });
    expect(give).toMatchObject({ status: 409, refused: { rule: 'CA-13' } });
    expect(await j.ria.try('takeCard', { params: j.params(cards[0] ?? free), body: {} })).toMatchObject({
      status: 200,
    });
    await j.ria.call('assignCard', { params: j.params(cards[0] ?? free), body: { userId: null } });
    const rivals = [free, cards[0] ?? free];
    const { result } = await verifyAction(j.w, () =>
      Promise.all(rivals.map((card) => j.ria.try('takeCard', { params: j.params(card), body: {} }))),
    );
    expect(result.map((answer) => answer.status).sort()).toEqual([200, 409]);
    for (const card of [...cards, free])
      await j.sam.call('assignCard', { params: j.params(card), body: { userId: null } });
  });

  it('[CA-16] [GU-29] a copy of a sent reply with the name swapped is found while it is written, and stopped; other words pass', async () => {
    const first = await drafting(REPLY);
    expect(await move(j.ria, first, 'sign-off')).toMatchObject({ status: 200 });
    await j.sign(j.colin, await j.card(first.id), 'comms');
    await j.ria.call('seePosts', { params: j.params(first), body: { count: 1 } });
    expect(await move(j.ria, first, 'publish')).toMatchObject({ status: 200 });
    const waiting = await drafting(REPLY.replace('Mara', 'Tom'));
    expect(waiting.draft?.likest).toBeNull();
    await verifyAction(j.w, async () => {
      await j.publish(await j.card(first.id));
      await j.replied(first, 'published');
    });
    // The one that was being written is judged again once the other left.
    expect((await j.card(waiting.id)).draft?.likest).toMatchObject({ cardId: first.id });
    expect(await move(j.ria, waiting, 'sign-off')).toMatchObject({
      refused: { rule: 'GU-29', says: expect.stringContaining('I am sorry, Mara') },
    });
    const copy = await drafting(REPLY.replace('Mara', 'Ida').replace('Ria', 'Sam'));
    expect(copy.draft?.likest).toMatchObject({ cardId: first.id });
    const own = await drafting(
      'Ida, you are right to be cross. The rain got to it because our driver left it outside; a fresh one leaves our depot tonight and I will write when it does.',
    );
    expect(own.draft?.likest).toBeNull();
    expect(await move(j.ria, own, 'sign-off')).toMatchObject({ status: 200 });
  });

  it('[PU-16] of two copies that stand in Publish side by side one goes out', async () => {
    const text =
      'Ida, a new parcel is on its way from our depot and reaches you on Friday before noon. We are sorry for the rain. Ria';
    const pair = [await drafting(text), await drafting(text)];
    for (const card of pair) {
      await move(j.ria, card, 'sign-off');
      await j.ria.call('seePosts', { params: j.params(card), body: { count: 1 } });
      await j.sign(j.colin, await j.card(card.id), 'comms');
      expect(await move(j.ria, card, 'publish')).toMatchObject({ status: 200 });
    }
    const [first, second] = pair;
    if (!first || !second) throw new Error('no cards');
    await j.publish(first);
    const { fingerprint } = await j.sam.call('draftText', { params: j.params(second) });
    const { result } = await verifyAction(j.w, () =>
      j.sam.try('publish', { params: j.params(second), body: { fingerprint } }),
    );
    expect(result).toMatchObject({ status: 409, refused: { rule: 'PU-16' } });
  });

  it('[GU-30] [CA-14] claims are checked in exact words: an edit asks again, the same words typed back count', async () => {
    const card = await drafting(
      'Ida, we found it in Leeds on the wrong shelf, and a courier has it since nine o’clock. I am sorry for the week you lost.',
    );
    await j.sam.call('setLevel', { params: { roomId: j.w.room.id }, body: { level: 3, reason: 'It spreads.' } });
    await move(j.ria, card, 'sign-off');
    await j.sign(j.colin, await j.card(card.id), 'comms');
    expect(rules(await move(j.ria, card, 'publish'))).toEqual(['GU-30']);
    if (!lena) throw new Error('nobody from legal');
    const { result } = await verifyAction(j.w, () => note(lena as Person, card, 'claims_checked', 'Sheet of Monday'));
    expect(result).toMatchObject({ status: 200 });
    const t = await j.write(j.ria, await j.card(card.id));
    await verifyAction(j.w, async () => {
      t.text.insert(3, ',');
      await until(() => t.allSaved(), 'the comma is saved');
    });
    expect(rules(await move(j.ria, card, 'publish'))).toEqual(['GU-11', 'GU-30']);
    t.leave();
    await cora?.call('setLevel', { params: { roomId: j.w.room.id }, body: { level: 1, reason: 'Over.' } });
  });
});
