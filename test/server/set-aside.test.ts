// What was typed as the text was frozen: kept on the server for its author, put back or let go.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { until } from '../coedit/typist.ts';
import { type Journey, journey } from '../support/journey.ts';
import { verifyAction } from '../support/verify-action.ts';

describe('typed too late', () => {
  let j: Journey;
  beforeAll(async () => {
    j = await journey();
  });
  afterAll(() => j[Symbol.asyncDispose]());

  /** A draft with words in it whose stage froze, and its writer still typing. */
  async function frozen() {
    const card = await j.to('drafting');
    const params = j.params(card);
    const pen = await j.write(j.ria, card);
    pen.text.insert(0, 'I am sorry, Mara.');
    await until(() => pen.allSaved(), 'saved');
    await j.ria.call('moveCard', { params, body: { to: 'owned', reason: 'Ask the depot.' } });
    await until(() => pen.state?.state === 'frozen', 'frozen');
    return { card, params, pen };
  }

  it('[CO-19] it is kept for its author alone, with its words, and changes nothing of the text; let go, it is gone', async () => {
    const { params, pen } = await frozen();
    pen.text.insert(pen.text.length, ' It rained.');
    pen.text.delete(0, 5);
    await until(() => pen.setAside > 0, 'set aside');
    const { asides } = await j.ria.call('setAside', { params });
    expect(asides.at(-1)).toMatchObject({ words: ' It rained.', takes: 5, generation: 1 });
    expect(await j.sam.call('setAside', { params })).toEqual({ asides: [] });
    expect(await j.sam.call('draftText', { params })).toMatchObject({ text: 'I am sorry, Mara.' });
    const id = asides[0]?.id ?? '';
    const at = { params: { ...params, asideId: id }, body: { how: 'let-go' as const } };
    expect(await j.sam.try('settleAside', at)).toMatchObject({ status: 404 });
    for (const aside of asides)
      await verifyAction(j.w, () => j.ria.call('settleAside', { ...at, params: { ...params, asideId: aside.id } }));
    expect(await j.ria.call('setAside', { params })).toEqual({ asides: [] });
    pen.leave();
  });

  it('[CO-19] typed offline before the freeze it is set aside on return, once; put back by its author it stands where it was typed', async () => {
    const card = await j.to('drafting');
    const params = j.params(card);
    const pen = await j.write(j.ria, card);
    pen.text.insert(0, 'I am sorry, Mara.');
    await until(() => pen.allSaved(), 'saved');
    pen.provider.disconnect();
    pen.text.insert(4, ' very');
    await j.ria.call('moveCard', { params, body: { to: 'owned', reason: 'Ask the depot.' } });
    for (let round = 1; round <= 2; round++) {
      pen.provider.connect();
      await until(() => pen.setAside === round, 'set aside');
      pen.provider.disconnect();
    }
    pen.leave();
    const { asides } = await j.ria.call('setAside', { params });
    expect(asides).toMatchObject([{ words: ' very', takes: 0 }]);
    await j.ria.call('moveCard', { params, body: { to: 'drafting' } });
    const again = await j.write(j.ria, card);
    Y.applyUpdate(again.doc, Buffer.from(asides[0]?.update ?? '', 'base64'));
    await until(() => again.allSaved(), 'put back');
    expect(await j.ria.call('draftText', { params })).toMatchObject({ text: 'I am very sorry, Mara.' });
    again.leave();
  });
});
