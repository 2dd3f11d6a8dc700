// Fact sheets: written in versions, approved as exact facts; words are judged by them, and unsent ones fall when they change.
import type { CardView } from '@rejoinder/contracts/cards';
import type { Fact } from '@rejoinder/contracts/stories';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../coedit/typist.ts';
import { publishingJourney } from '../support/journey.ts';
import { verifyAction } from '../support/verify-action.ts';
import type { Person } from '../support/world.ts';

const WET: Fact = { text: 'About 12,000 parcels got wet on 2 March.', source: 'Depot log' };
const ROOF: Fact = { text: 'A roof in Leeds gave way because of the storm.', source: 'Site manager, by phone' };
const COVERED = 'I am sorry, that should not have happened. Yours is one of twelve thousand parcels. Ria';
const BEYOND = 'I am sorry, that should not have happened. Yours is one of 15,000 parcels. Ria';

describe('a fact sheet', () => {
  let j: Awaited<ReturnType<typeof publishingJourney>>;
  let lena: Person;
  beforeAll(async () => {
    j = await publishingJourney();
    lena = await j.w.person('Lena', ['legal']);
  });
  beforeEach(() => {
    j.w.at('09:00');
    j.post.forget();
  });
  afterAll(() => j[Symbol.asyncDispose]());

  const on = (card: CardView) => ({ roomId: j.w.room.id, storyId: card.storyId ?? '' });
  const page = (card: CardView) => j.ria.call('story', { params: on(card) });
  const write = async (person: Person, card: CardView, facts: Fact[]) => {
    const after = (await page(card)).sheets[0]?.version ?? 0;
    return verifyAction(j.w, () => person.call('writeFacts', { params: on(card), body: { facts, after } }));
  };
  const approve = async (card: CardView, person = lena, role = 'legal') => {
    const sheet = (await page(card)).sheets[0];
    const body = { version: sheet?.version ?? 0, fingerprint: sheet?.fingerprint ?? '', role };
    return verifyAction(j.w, () => person.call('approveFacts', { params: on(card), body }));
  };
  /** A story of its own, so that no test sees another's sheet. */
  let stories = 0;
  const fresh = async () => {
    const card = await j.to('new');
    const body = { cardIds: [card.id], title: `Story ${++stories}`, reason: 'By itself.' };
    await j.ria.call('splitStory', { params: on(card), body });
    return j.card(card.id);
  };
  const sheeted = async (facts: Fact[] = [WET]) => {
    const card = await fresh();
    await write(j.ria, card, facts);
    await approve(card);
    return card;
  };
  const publishable = async (card: CardView, text: string) => {
    const ready = await j.on(card, 'publish', text);
    expect(ready.signOffs).toMatchObject([{ voidedAt: null }]);
    return ready;
  };

  it('[FS-1] is written in versions over the one that was seen, by who may draft; the same facts again are none', async () => {
    const card = await fresh();
    const { events, result } = await write(j.ria, card, [
      { text: ` ${WET.text} `, source: WET.source },
      { text: '  ', source: '' },
    ]);
    expect(events).toMatchObject([
      { type: 'facts.written', data: { story: { sheet: { newest: 1, approved: null } } } },
    ]);
    expect(result.sheet).toMatchObject({ version: 1, facts: [WET], written: { name: 'Ria' }, approved: null });
    const put = (person: Person, facts: Fact[], after: number) =>
      person.try('writeFacts', { params: on(card), body: { facts, after } });
    expect(await put(j.colin, [ROOF], 0)).toMatchObject({
      refused: { rule: 'FS-1', says: expect.stringContaining('Ria wrote version 1') },
    });
    expect(await put(j.ria, [WET], 1)).toMatchObject({ refused: { rule: 'FS-1' } });
    const reader = await j.w.person('Eve', ['executive']);
    expect(await put(reader, [ROOF], 1)).toMatchObject({ status: 403 });
    expect((await page(card)).sheets).toHaveLength(1);
  });

  it('[FS-2] [FS-3] is approved as the exact facts that were read, in a role that signs, by somebody who did not write it alone', async () => {
    const card = await fresh();
    await write(j.colin, card, [WET]);
    const [first] = (await page(card)).sheets;
    const body = { version: 1, fingerprint: first?.fingerprint ?? '', role: 'legal' };
    const put = (person: Person, over: Partial<typeof body> = {}) =>
      person.try('approveFacts', { params: on(card), body: { ...body, ...over } });
    expect(await put(j.colin, { role: 'comms' })).toMatchObject({
      refused: { rule: 'FS-3', who: expect.arrayContaining(['legal']) },
    });
    expect(await put(lena, { role: 'comms' })).toMatchObject({ status: 403 });
    expect(await put(j.ria, { role: 'responder' })).toMatchObject({ status: 403 });
    await write(j.ria, card, [WET, ROOF]);
    expect(await put(lena)).toMatchObject({ refused: { rule: 'FS-2' } });
    const { result } = await approve(card);
    expect(result).toMatchObject({
      story: { sheet: { newest: 2, approved: 2 } },
      sheet: { approved: { name: 'Lena', role: 'legal' } },
    });
    expect(await put(lena, { version: 2, fingerprint: result.sheet.fingerprint })).toMatchObject({
      refused: { rule: 'FS-2' },
    });
  });

  it('[FS-4] is what the words of its story are checked against while they are typed', async () => {
    const card = await sheeted();
    const owned = await j.on(card, 'drafting');
    const t = await j.write(j.ria, owned);
    t.text.insert(0, BEYOND);
    await until(async () => (await j.card(card.id)).draft?.facts !== null, 'the words are checked');
    expect((await j.card(card.id)).draft?.facts).toMatchObject({
      storyId: card.storyId,
      version: 1,
      covered: true,
      outside: ['15,000'],
    });
    t.text.delete(0, t.text.length);
    t.text.insert(0, COVERED);
    await until(async () => (await j.card(card.id)).draft?.facts?.outside.length === 0, 'nothing is outside');
    t.leave();
  });

  it('[FS-5] [FS-6] approved anew voids what is signed and unsent, stops what is queued, tells each card, and lists what was sent', async () => {
    const card = await sheeted();
    const other = await j.to('new');
    await j.ria.call('mergeStory', { params: on(other), body: { into: card.storyId ?? '', reason: 'The same.' } });
    const third = await j.w.cardFrom(
      '@drovewell.example my parcel was left in the rain and is ruined, I want a refund',
    );
    expect(third.storyId).toBe(card.storyId);
    const sent = await publishable(card, COVERED);
    await j.publish(sent);
    await j.replied(sent, 'published');
    const signed = await publishable(await j.card(other.id), COVERED);
    const queued = await publishable(third, COVERED);
    j.post.script({ do: 'answer', status: 429, headers: { 'retry-after': '600' } });
    await j.publish(queued);
    await until(async () => (await j.card(queued.id)).reply?.says !== null, 'the receiver asked to wait');
    await write(j.ria, card, [{ ...WET, text: 'About 9,000 parcels got wet on 2 March.' }]);
    expect((await j.card(signed.id)).signOffs).toMatchObject([{ voidedAt: null }]);

    const { events } = await approve(card);
    expect(events.map((each) => each.type).sort()).toEqual([
      'draft.voided',
      'draft.voided',
      'facts.approved',
      'reply.rejected',
    ]);
    for (const id of [signed.id, queued.id])
      expect((await j.card(id)).signOffs).toMatchObject([
        { voidReason: expect.stringMatching(/^The facts changed: version 2/) },
      ]);
    expect((await j.card(queued.id)).reply).toMatchObject({
      state: 'rejected',
      says: expect.stringContaining('The facts changed'),
    });
    const stands = await j.card(sent.id);
    expect(stands).toMatchObject({
      reply: { state: 'published' },
      draft: { facts: { version: 1 } },
      signOffs: [{ voidedAt: null }],
    });
    expect(
      await j.sam.try('publish', { params: j.params(signed), body: { fingerprint: signed.fingerprint ?? '' } }),
    ).toMatchObject({ refused: { rule: 'PU-1' } });
    expect((await page(card)).sent).toMatchObject([
      { cardId: sent.id, version: 1, outside: ['twelve thousand'], text: COVERED },
    ]);
    expect(
      j.post.received.filter((each) => each.text === COVERED && each.headers['webhook-id'] === stands.reply?.jobId),
    ).toHaveLength(1);
  });

  it('[FS-7] is part of what a signature covers, so that who read the words beside other facts does not sign', async () => {
    const card = await sheeted();
    const ready = await j.on(card, 'sign-off', COVERED);
    const { fingerprint } = await j.colin.call('draftText', { params: j.params(ready) });
    await write(j.ria, card, [WET, ROOF]);
    await approve(card);
    const body = { fingerprint, role: 'comms' };
    expect(await j.colin.try('sign', { params: j.params(ready), body })).toMatchObject({ refused: { rule: 'SG-1' } });
    await verifyAction(j.w, () => j.sign(j.colin, ready, 'comms'));
    expect((await j.card(ready.id)).signOffs).toMatchObject([{ voidedAt: null }]);
  });

  it('[FS-8] goes along when its story is merged into one without, and words split out of it are signed anew', async () => {
    const card = await sheeted();
    const into = await fresh();
    await verifyAction(j.w, () =>
      j.ria.call('mergeStory', { params: on(card), body: { into: into.storyId ?? '', reason: 'One.' } }),
    );
    expect((await j.w.board()).stories[into.storyId ?? '']?.sheet).toEqual({ newest: 1, approved: 1 });
    const ready = await publishable(await j.card(card.id), COVERED);
    const body = { cardIds: [ready.id], title: 'Apart', reason: 'Another matter.' };
    const { events } = await verifyAction(j.w, () => j.ria.call('splitStory', { params: on(ready), body }));
    expect(events.map((each) => each.type)).toEqual(['draft.voided', 'story.split']);
    expect(await j.card(ready.id)).toMatchObject({
      draft: { facts: null },
      signOffs: [{ voidReason: expect.stringContaining('another story') }],
    });
  });

  it('[CA-17] [GU-30] a claim outside it asks for legal, who may check these exact words', async () => {
    const card = await sheeted();
    const ready = await j.on(card, 'drafting');
    const t = await j.write(j.ria, ready);
    t.text.insert(0, BEYOND);
    await until(() => t.allSaved(), 'saved');
    t.leave();
    await j.sam.call('setLevel', { params: { roomId: j.w.room.id }, body: { level: 3, reason: 'It spreads.' } });
    const params = j.params(card);
    const move = () => j.ria.try('moveCard', { params, body: { to: 'sign-off', reason: 'Go on.' } });
    const refused = await move();
    expect(refused).toMatchObject({
      refused: {
        missing: expect.arrayContaining([
          expect.objectContaining({
            rule: 'GU-30',
            says: '“15,000” stands in no approved fact of this story.',
            who: ['legal'],
          }),
        ]),
      },
    });
    const body = { fact: 'claims_checked' as const, note: 'The depot counted again this morning.' };
    expect(await j.colin.try('recordFact', { params, body })).toMatchObject({
      refused: { rule: 'CA-17', who: ['legal'] },
    });
    await verifyAction(j.w, () => lena.call('recordFact', { params, body }));
    const { refused: still } = (await move()) as { refused?: { missing: { rule: string }[] } };
    expect(still?.missing.map((each) => each.rule) ?? []).not.toContain('GU-30');
  });
});
