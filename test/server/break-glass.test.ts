// Break-glass: two people in two roles move one card past the guards the plan names, and nothing else; marked until reviewed.
import type { CardView } from '@rejoinder/contracts/cards';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../coedit/typist.ts';
import { GUARDED_PLAN } from '../support/guarded-plan.ts';
import { COMPLAINT, type Journey, journey } from '../support/journey.ts';
import { verifyAction } from '../support/verify-action.ts';
import type { Person } from '../support/world.ts';

const fields = { class: 'complaint', department: 'logistics' };
let words = 0;

describe('break-glass', () => {
  let j: Journey;
  let cora: Person;
  let edwin: Person;
  let lena: Person;
  beforeAll(async () => {
    j = await journey({ playbookText: GUARDED_PLAN });
    cora = await j.w.person('Cora', ['commander']);
    edwin = await j.w.person('Edwin', ['executive']);
    lena = await j.w.person('Lena', ['legal']);
  });
  afterAll(() => j[Symbol.asyncDispose]());

  /** A card in Sign-off with words nobody signed; eleven minutes pass. */
  async function unsigned(text?: string): Promise<CardView> {
    const card = await j.w.cardFrom(COMPLAINT);
    const params = j.params(card);
    await j.sam.call('moveCard', { params, body: { to: 'owned', fields, take: true } });
    await j.sam.call('tickItem', { params, body: { item: 'Order looked up', done: true } });
    await j.sam.call('recordFact', { params, body: { fact: 'department_contacted', note: 'Asked Ben.' } });
    await j.sam.call('moveCard', { params, body: { to: 'drafting' } });
    await j.sam.call('assignCard', { params, body: { userId: null } });
    const t = await j.write(j.ria, await j.card(card.id));
    t.text.insert(
      0,
      text ?? `Nobody wrote these ${++words} words before, and ${words * 7} others will hardly be like them at all.`,
    );
    await until(() => t.allSaved(), 'the words are saved');
    t.leave();
    await j.ria.call('seePosts', { params, body: { count: 1 } });
    await j.ria.call('moveCard', { params, body: { to: 'sign-off' } });
    later(11);
    return j.card(card.id);
  }
  let minute = 0;
  /** What was logged, apart from clocks, which fire by themselves as the hour moves on. */
  const told = (events: { type: string }[]) =>
    events.map((each) => each.type).filter((type) => !type.startsWith('clock.'));
  const later = (minutes: number) => {
    minute += minutes;
    j.w.at(new Date(Date.parse('2026-03-02T09:00:00.000Z') + minute * 60_000).toISOString());
  };
  const ask = (by: Person, card: CardView, to = 'publish', reason = 'It burns.') =>
    by.try('askBreakGlass', { params: j.params(card), body: { to, reason } });
  const agree = async (by: Person, card: CardView) =>
    by.try('agreeBreakGlass', {
      params: j.params(card),
      body: { glassId: (await j.card(card.id)).glass?.id ?? 'glass_none' },
    });
  const review = async (by: Person, card: CardView) =>
    by.try('reviewBreakGlass', {
      params: j.params(card),
      body: { glassId: (await j.card(card.id)).glass?.id ?? 'glass_none', note: 'It was right.' },
    });

  it('[GL-1] [GL-3] [GL-7] one asks, a second in another role agrees, and the card moves with what was passed over noted', async () => {
    const card = await unsigned();
    expect(await cora.try('moveCard', { params: j.params(card), body: { to: 'publish' } })).toMatchObject({
      refused: { rule: 'GU-11' },
    });
    expect(await ask(j.ria, card)).toMatchObject({
      status: 409,
      refused: { rule: 'GL-1', who: ['commander', 'executive'] },
    });
    expect(await ask(cora, card, 'publish', ' ')).toMatchObject({
      refused: { rule: 'GL-1', fix: [{ do: 'give-reason' }] },
    });
    const asked = await verifyAction(j.w, () => ask(cora, card));
    expect(told(asked.events)).toEqual(['break-glass.asked']);
    expect(await j.card(card.id)).toMatchObject({
      stage: 'sign-off',
      glass: {
        state: 'asked',
        to: 'publish',
        asked: { name: 'Cora', role: 'commander' },
        skipped: [{ rule: 'GU-11' }],
      },
    });
    expect(await agree(cora, card)).toMatchObject({ refused: { rule: 'GL-1' } });
    expect(await agree(lena, card)).toMatchObject({ refused: { rule: 'GL-1' } });
    const other = await j.w.person('Carl', ['commander']);
    expect(await agree(other, card)).toMatchObject({ refused: { rule: 'GL-1' } });
    const used = await verifyAction(j.w, () => agree(edwin, card));
    expect(told(used.events)).toEqual(['card.moved', 'break-glass.used']);
    const queued = j.w.app.deps.db.selectFrom('messages').select('to_name').where('card_id', '=', card.id);
    expect((await queued.execute()).map((each) => each.to_name).sort()).toEqual(['Edwin', 'Lena']);
    expect(await j.card(card.id)).toMatchObject({
      stage: 'publish',
      glass: {
        state: 'used',
        agreed: { name: 'Edwin', role: 'executive' },
        skipped: [{ rule: 'GU-11', clause: 'Sign-off §3' }],
      },
    });
    expect(await agree(edwin, card)).toMatchObject({ refused: { rule: 'GL-4' } });
  });

  it('[GL-3] where nothing stands in the way the glass stays whole', async () => {
    const card = await unsigned();
    await j.sign(j.colin, card, 'comms');
    expect(await ask(cora, card)).toMatchObject({ status: 409, refused: { rule: 'GL-3' } });
    expect((await j.card(card.id)).glass).toBeNull();
  });

  it('[GL-2] not past personal data, not past account, not along a way the plan does not have, not without a role that works the stage', async () => {
    const data = await unsigned();
    const t = await j.write(j.ria, data);
    t.text.insert(0, 'Write to ida@example.org please. ');
    await until(() => t.allSaved(), 'the address is saved');
    t.leave();
    expect(await ask(cora, data)).toMatchObject({ status: 409, refused: { missing: [{ rule: 'GU-10' }] } });
    const far = await unsigned();
    expect(await ask(cora, far, 'closed')).toMatchObject({ refused: { rule: 'MV-4' } });
    // Nobody of the two works Publish.
    await j.sign(j.colin, far, 'comms');
    await j.ria.call('moveCard', { params: j.params(far), body: { to: 'publish' } });
    later(11);
    expect(await ask(cora, far, 'closed')).toMatchObject({ refused: { rule: 'MV-2' } });
    expect((await j.card(far.id)).glass).toBeNull();
  });

  it('[GL-4] not before the time of silence, not after its time, and not for other words', async () => {
    const card = await unsigned();
    const params = j.params(card);
    await j.ria.call('moveCard', { params, body: { to: 'drafting', reason: 'Once more.' } });
    await j.ria.call('moveCard', { params, body: { to: 'sign-off' } });
    expect(await ask(cora, card)).toMatchObject({ refused: { rule: 'GL-4', fix: [{ do: 'wait' }] } });
    later(11);
    expect(await ask(cora, card)).toMatchObject({ status: 200 });
    later(16);
    expect(await agree(edwin, card)).toMatchObject({ refused: { rule: 'GL-4' } });
    expect(await ask(cora, card)).toMatchObject({ status: 200 });
    const t = await j.write(j.ria, card);
    t.text.insert(0, 'Now, ');
    await until(() => t.allSaved(), 'the words are saved');
    t.leave();
    expect(await agree(edwin, card)).toMatchObject({
      refused: { rule: 'GL-4', says: expect.stringContaining('words changed') },
    });
    expect(await ask(edwin, card)).toMatchObject({ status: 200 });
    expect(await verifyAction(j.w, () => agree(cora, card))).toMatchObject({ result: { status: 200 } });
  });

  it('[GL-5] marked until somebody who had no hand in it has reviewed it', async () => {
    const card = await unsigned();
    await ask(cora, card);
    await agree(edwin, card);
    expect(await review(cora, card)).toMatchObject({ refused: { rule: 'GL-5' } });
    expect(await review(j.ria, card)).toMatchObject({ refused: { rule: 'GL-5', who: ['legal'] } });
    await j.sam.call('moveCard', { params: j.params(card), body: { to: 'sign-off', reason: 'Back.' } });
    expect(await ask(cora, card)).toMatchObject({ refused: { rule: 'GL-5' } });
    const { events } = await verifyAction(j.w, () => review(lena, card));
    expect(told(events)).toEqual(['break-glass.reviewed']);
    expect((await j.card(card.id)).glass).toMatchObject({
      state: 'reviewed',
      reviewed: { name: 'Lena', note: 'It was right.' },
    });
    expect(await review(lena, card)).toMatchObject({ refused: { rule: 'GL-5' } });
    later(11);
    expect(await ask(cora, card)).toMatchObject({ status: 200 });
  });

  it('[GL-6] the words of the two go out once, unsigned; other words need their signatures', async () => {
    const card = await unsigned();
    await ask(cora, card);
    await agree(edwin, card);
    await j.sam.call('moveCard', { params: j.params(card), body: { to: 'sign-off', reason: 'One more look.' } });
    const t = await j.write(j.ria, await j.card(card.id));
    await verifyAction(j.w, async () => {
      t.text.insert(0, 'So, ');
      await until(() => t.allSaved(), 'the words are saved');
    });
    await j.sign(j.colin, await j.card(card.id), 'comms');
    await j.ria.call('moveCard', { params: j.params(card), body: { to: 'publish' } });
    await j.colin.call('sendBack', { params: j.params(card), body: { reason: 'No.' } });
    const params = j.params(card);
    const { fingerprint } = await j.sam.call('draftText', { params });
    expect(await j.sam.try('publish', { params, body: { fingerprint } })).toMatchObject({ refused: { rule: 'PU-1' } });
    t.leave();
    await review(lena, card);
    await j.sam.call('moveCard', { params, body: { to: 'sign-off', reason: 'Again.' } });
    later(11);
    await ask(cora, card);
    await agree(edwin, card);
    await verifyAction(j.w, async () => {
      await j.publish(await j.card(card.id));
      await j.replied(card, 'published');
    });
    expect((await j.card(card.id)).glass).toMatchObject({ state: 'used' });
  });
});
