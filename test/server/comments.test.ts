// Comments on words of a reply: made, answered, resolved, and who is told.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Typist, until } from '../coedit/typist.ts';
import { type Journey, journey, REPLY } from '../support/journey.ts';
import { verifyAction } from '../support/verify-action.ts';
import { anchorOf } from '../support/words-in.ts';

describe('comments', () => {
  let j: Journey;
  beforeAll(async () => {
    j = await journey();
  });
  afterAll(() => j[Symbol.asyncDispose]());

  async function written() {
    const card = await j.to('drafting');
    const pen = await j.write(j.ria, card);
    pen.text.insert(0, REPLY);
    await until(() => pen.allSaved(), 'saved');
    const params = j.params(card);
    return { card, params, pen };
  }
  const on = (pen: Typist, words: string, text: string, generation = 1) => ({
    generation,
    anchor: anchorOf(pen.text, words),
    text,
  });
  const room = () => ({ params: { roomId: j.w.room.id } });

  it('[CM-1] a comment stands on committed words, and the server reads what they are', async () => {
    const { card, params, pen } = await written();
    const body = on(pen, 'a new parcel', 'Do we have one in stock?');
    const { result, events } = await verifyAction(j.w, () => j.colin.call('addComment', { params, body }));
    expect(events.map((event) => event.type)).toEqual(['comment.added']);
    expect(result.thread).toMatchObject({ quote: 'a new parcel', generation: 1, resolved: null });
    expect(result.thread.comments).toMatchObject([{ name: 'Colin', text: 'Do we have one in stock?', told: [] }]);
    expect(await j.card(card.id)).toMatchObject({ openComments: 1 });
    expect(await j.ria.call('comments', { params })).toEqual({ threads: [result.thread] });
    pen.leave();
  });

  it('[CM-2] no comment on words that are gone, on none, on another text, or without a word', async () => {
    const { params, pen } = await written();
    const gone = on(pen, 'today', 'When?');
    pen.text.delete(pen.text.toString().indexOf('today'), 5);
    await until(() => pen.allSaved(), 'saved');
    const turned = { ...gone, anchor: { from: gone.anchor.to, to: gone.anchor.from } };
    for (const body of [gone, turned, { ...gone, anchor: { from: 'AAAA', to: '////' } }, on(pen, 'sorry', '  ')])
      expect(await j.colin.try('addComment', { params, body })).toMatchObject({ status: 422, problem: { says: /\w/ } });
    expect(await j.colin.try('addComment', { params, body: on(pen, 'sorry', 'Yes.', 2) })).toMatchObject({
      status: 409,
      problem: { code: 'stale-generation' },
    });
    expect((await j.ria.call('comments', { params })).threads).toEqual([]);
    pen.leave();
  });

  it('[CM-3] it is answered, resolved once and opened again, by anyone who sees the board, and the card counts the open ones', async () => {
    const { card, params, pen } = await written();
    const { thread } = await j.colin.call('addComment', { params, body: on(pen, 'sorry', 'Say for what.') });
    const at = { params: { ...params, threadId: thread.id } };
    await verifyAction(j.w, () => j.ria.call('answerComment', { ...at, body: { text: 'For the wet parcel.' } }));
    const done = await verifyAction(j.w, () => j.sam.call('resolveComment', { ...at, body: { resolved: true } }));
    expect(done.events.map((event) => event.type)).toEqual(['comment.resolved']);
    expect(done.result.thread).toMatchObject({ resolved: { by: 'Sam' }, comments: [{}, { name: 'Ria' }] });
    expect(await j.card(card.id)).toMatchObject({ openComments: 0 });
    const again = await verifyAction(j.w, () => j.ria.call('resolveComment', { ...at, body: { resolved: true } }));
    expect(again.events).toEqual([]);
    await verifyAction(j.w, () => j.ria.call('resolveComment', { ...at, body: { resolved: false } }));
    expect(await j.card(card.id)).toMatchObject({ openComments: 1 });
    const none = { params: { ...params, threadId: 'comment_none' } };
    expect(await j.ria.try('answerComment', { ...none, body: { text: 'Where?' } })).toMatchObject({ status: 404 });
    expect(await j.ria.try('resolveComment', { ...none, body: { resolved: true } })).toMatchObject({ status: 404 });
    pen.leave();
  });

  it('[CM-5] who is named is told, and who wrote in the thread; nobody of their own words; each reads their own list', async () => {
    const { params, pen } = await written();
    const before = (await j.sam.call('notices', room())).unread;
    const body = on(pen, 'today', '@Sam @ria @Nobody can we?');
    const { result, events } = await verifyAction(j.w, () => j.colin.call('addComment', { params, body }));
    expect(events[0]?.data).toMatchObject({ tells: [j.sam.userId, j.ria.userId] });
    expect(await j.sam.call('notices', room())).toMatchObject({
      unread: before + 1,
      notices: [{ kind: 'mentioned', by: 'Colin', cardId: params.cardId, threadId: result.thread.id, says: body.text }],
    });
    const colins = (await j.colin.call('notices', room())).unread;
    const at = { params: { ...params, threadId: result.thread.id } };
    await j.sam.call('answerComment', { ...at, body: { text: 'We can, @Sam says.' } });
    const { notices, unread } = await j.colin.call('notices', room());
    expect({ unread, newest: notices[0] }).toMatchObject({
      unread: colins + 1,
      newest: { kind: 'answered', by: 'Sam' },
    });
    expect((await j.sam.call('notices', room())).unread).toBe(before + 1);
    const ids = notices.slice(0, 1).map((notice) => notice.id);
    const { events: none } = await verifyAction(j.w, () => j.sam.call('readNotices', { ...room(), body: { ids } }));
    expect(none).toEqual([]);
    expect((await j.colin.call('notices', room())).unread).toBe(colins + 1);
    await j.colin.call('readNotices', { ...room(), body: { ids } });
    await j.sam.call('readNotices', { ...room(), body: {} });
    expect((await j.colin.call('notices', room())).unread).toBe(colins);
    expect((await j.sam.call('notices', room())).unread).toBe(0);
    pen.leave();
  });

  it('[CM-6] a comment outlives its text: started anew, it is still there with its words', async () => {
    const { card, params, pen } = await written();
    await j.colin.call('addComment', { params, body: on(pen, 'sorry', 'Say for what.') });
    await j.ria.call('startDraft', { params, body: { anew: true } });
    expect((await j.ria.call('comments', { params })).threads).toMatchObject([{ quote: 'sorry', generation: 1 }]);
    expect(await j.card(card.id)).toMatchObject({ openComments: 1, draft: { generation: 2 } });
  });
});
