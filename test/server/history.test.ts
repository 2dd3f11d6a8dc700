// The life of a reply: who wrote what, every step of it, its named versions, and a version brought back.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createDraftLog } from '../../server/src/drafts/draft-log.service.ts';
import { until } from '../coedit/typist.ts';
import { type Journey, journey, REPLY } from '../support/journey.ts';
import { verifyAction } from '../support/verify-action.ts';
import { textAt } from '../support/words-in.ts';

describe('the life of a reply', () => {
  let j: Journey;
  beforeAll(async () => {
    j = await journey();
  });
  afterAll(() => j[Symbol.asyncDispose]());

  /** Two people write, the words are signed and changed; the log was folded in between. */
  async function written() {
    const card = await j.to('drafting');
    const params = j.params(card);
    const ria = await j.write(j.ria, card);
    ria.text.insert(0, 'I am sorry, Mara. ');
    await until(() => ria.allSaved(), 'saved');
    const sam = await j.write(j.sam, card);
    sam.text.insert(sam.text.length, 'We send a new parcel today.');
    await until(() => sam.allSaved() && ria.text.toString() === sam.text.toString(), 'saved by both');
    ria.text.delete(0, 10);
    await until(() => ria.allSaved(), 'saved');
    return { card, params, ria, sam };
  }

  it('[HI-1] folding the log loses no step: the history tells each before and after, with the words taken out again', async () => {
    const { params, ria, sam } = await written();
    const before = await j.ria.call('draftHistory', { params });
    const upTo = before.steps.at(-1)?.n ?? 0;
    const key = { roomId: params.roomId, draftId: before.draftId, generation: 1 };
    const log = createDraftLog(j.w.app.deps);
    await log.compact(key, upTo, Y.encodeStateAsUpdate(ria.doc));
    expect((await log.load(key)).updates.length).toBe(1);
    const after = await j.colin.call('draftHistory', { params });
    expect(after).toEqual(before);
    expect(textAt(after, after.steps[0]?.n).text).toBe('I am sorry, Mara. ');
    expect(textAt(after).text).toBe(', Mara. We send a new parcel today.');
    ria.text.insert(0, 'Dear');
    await until(() => ria.allSaved(), 'saved');
    await log.compact(key, upTo + 1, Y.encodeStateAsUpdate(ria.doc));
    await log.compact(key, upTo, Y.encodeStateAsUpdate(sam.doc));
    const later = await j.ria.call('draftHistory', { params });
    expect(later.steps.length).toBe(before.steps.length + 1);
    expect(textAt(later).text).toBe('Dear, Mara. We send a new parcel today.');
  });

  it('[HI-2] every word is somebody’s, for whoever may read the draft', async () => {
    const { params } = await written();
    const viewer = await j.w.person('Vera', ['executive']);
    const history = await viewer.call('draftHistory', { params });
    expect(textAt(history).runs).toEqual([
      ['Ria', ', Mara. '],
      ['Sam', 'We send a new parcel today.'],
    ]);
    const { writers, generation } = await viewer.call('draftWriters', { params });
    expect({ writers, generation }).toEqual({ writers: history.writers, generation: 1 });
    expect(await viewer.try('restoreDraft', { params, body: { generation: 1, n: 1, reason: 'No.' } })).toMatchObject({
      status: 403,
    });
    expect(await viewer.try('draftHistory', { params, query: { generation: 2 } })).toMatchObject({ status: 404 });
  });

  it('[HI-3] a signature marks the step it was given at, a void one says why; starting anew loses nothing', async () => {
    const { card, params, ria } = await written();
    const signed = (await j.ria.call('draftHistory', { params })).steps.at(-1)?.n;
    await j.sign(j.colin, card, 'comms');
    ria.text.insert(0, 'Hello');
    await until(() => ria.allSaved(), 'saved');
    const { marks } = await j.ria.call('draftHistory', { params });
    expect(marks).toMatchObject([
      { kind: 'signed', n: signed, by: 'Colin', role: 'comms', voided: 'The words changed after the signature.' },
    ]);
    await verifyAction(j.w, () => j.sam.call('startDraft', { params, body: { anew: true } }));
    const now = await j.ria.call('draftHistory', { params });
    expect(now).toMatchObject({
      current: 2,
      shown: 2,
      steps: [],
      generations: [
        { generation: 1, how: 'started', by: 'Ria' },
        { generation: 2, how: 'anew', by: 'Sam' },
      ],
    });
    const old = await j.ria.call('draftHistory', { params, query: { generation: 1 } });
    expect(textAt(old).text).toBe('Hello, Mara. We send a new parcel today.');
    expect(old.marks).toEqual(marks);
  });

  it('[HI-5] a version comes back as the next generation, each word still its writer’s; signatures are void, the log says why', async () => {
    const { card, params, ria } = await written();
    const past = await j.ria.call('draftHistory', { params });
    await j.sign(j.colin, card, 'comms');
    const body = { generation: 1, n: past.steps[1]?.n ?? 0, reason: 'The apology has to stand first.' };
    const { events } = await verifyAction(j.w, () => j.sam.call('restoreDraft', { params, body }));
    expect(events.map((event) => event.type)).toEqual(['draft.voided', 'draft.restored']);
    expect(events[1]?.data).toMatchObject({ reason: body.reason, from: { generation: 1, n: body.n } });
    await until(() => ria.closes.includes(4409), 'the old text is closed');
    const text = 'I am sorry, Mara. We send a new parcel today.';
    expect(await j.ria.call('draftText', { params })).toMatchObject({ text, generation: 2 });
    const now = await j.ria.call('draftHistory', { params });
    expect(textAt(now).runs).toEqual([
      ['Ria', 'I am sorry, Mara. '],
      ['Sam', 'We send a new parcel today.'],
    ]);
    expect(now.generations[1]).toMatchObject({ how: 'restored', by: 'Sam', from: { generation: 1, n: body.n } });
    const after = await j.card(card.id);
    expect(after.draft).toMatchObject({ empty: false, authors: [j.ria.userId, j.sam.userId] });
    expect(after.signOffs.every((signOff) => signOff.voidedAt !== null)).toBe(true);
    const pen = await j.write(j.ria, after);
    pen.text.insert(0, 'Dear friend, ');
    await until(() => pen.allSaved(), 'it is written on');
    expect(await j.ria.call('draftText', { params })).toMatchObject({ text: `Dear friend, ${text}` });
  });

  it('[HI-6] nothing comes back where the text stands still, without a reason, or from a step that is not there', async () => {
    const card = await j.to('publish');
    const params = j.params(card);
    expect(await j.ria.try('restoreDraft', { params, body: { generation: 1, n: 1, reason: 'Back.' } })).toMatchObject({
      status: 409,
      refused: { rule: 'DR-2' },
    });
    const open = j.params(await j.to('sign-off', REPLY));
    for (const body of [
      { generation: 1, n: 999, reason: 'Back.' },
      { generation: 2, n: 1, reason: 'Back.' },
      { generation: 1, n: 0, reason: 'Back.' },
    ])
      expect(await j.ria.try('restoreDraft', { params: open, body })).toMatchObject({ status: 404 });
    expect(
      await j.ria.try('restoreDraft', { params: open, body: { generation: 1, n: 1, reason: '  ' } }),
    ).toMatchObject({ status: 422 });
  });
});
