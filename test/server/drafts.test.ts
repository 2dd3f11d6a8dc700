// What the room hears of a draft: what the board shows, once each, and never a key.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../coedit/typist.ts';
import { type Journey, journey, REPLY } from '../support/journey.ts';
import { verifyAction } from '../support/verify-action.ts';

describe('typing', () => {
  let j: Journey;
  beforeAll(async () => {
    j = await journey();
  });
  afterAll(() => j[Symbol.asyncDispose]());

  it('[DR-1] a draft starts once, with one event, and its words are read from the server alone', async () => {
    const card = await j.to('drafting');
    const params = j.params(card);
    expect(await j.ria.try('draftText', { params })).toMatchObject({ status: 404 });
    const { events } = await verifyAction(j.w, () =>
      Promise.all([
        j.ria.call('startDraft', { params, body: {} }),
        j.colin.call('startDraft', { params, body: {} }),
        j.sam.call('startDraft', { params, body: {} }),
      ]),
    );
    expect(events.map((e) => e.type)).toEqual(['draft.started']);
    expect(await j.colin.call('draftText', { params })).toMatchObject({ text: '', generation: 1, mine: null });
  });

  it('[DR-11] the room hears of what the board shows, not of every key, also past the length of the platform', async () => {
    const card = await j.to('drafting');
    const pen = await j.write(j.ria, card);
    const key = async (letter: string) => {
      pen.text.insert(pen.text.length, letter);
      await until(() => pen.allSaved(), 'saved');
    };
    await key(REPLY);
    const plain = await verifyAction(j.w, async () => {
      for (const letter of ' It rained.') await key(letter);
    });
    expect(plain.events).toEqual([]);
    await key(' Too long now.'.repeat(20));
    expect(await j.card(card.id)).toMatchObject({ draft: { tooLong: true } });
    const past = await verifyAction(j.w, async () => {
      for (const letter of ' And more yet') await key(letter);
    });
    expect(past.events).toEqual([]);
    const { result } = await verifyAction(j.w, () =>
      j.ria.try('moveCard', { params: j.params(card), body: { to: 'sign-off' } }),
    );
    expect(result).toMatchObject({
      status: 409,
      refused: { missing: expect.arrayContaining([expect.objectContaining({ rule: 'GU-6' })]) },
    });
    pen.leave();
  });

  it('[DR-3] who may not draft reads along; a token never gets further than its roles', async () => {
    const card = await j.to('drafting');
    const viewer = await j.w.person('Vera', ['executive']);
    expect(await viewer.try('startDraft', { params: j.params(card), body: {} })).toMatchObject({ status: 403 });
    const pen = await j.write(j.ria, card);
    pen.text.insert(0, REPLY);
    await until(() => pen.allSaved(), 'saved');
    expect(await viewer.call('draftText', { params: j.params(card) })).toMatchObject({ text: REPLY });
    pen.leave();
  });
});
