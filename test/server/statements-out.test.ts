// Words to everybody through the outbox: posted once from each account, exactly as prepared, and what nobody knows is left to a person.

import { CHANNELS } from '@rejoinder/contracts/channels';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rehearsalChannel } from '../../server/src/publishing/channels.ts';
import { until } from '../coedit/typist.ts';
import { otherWorker } from '../support/other-worker.ts';
import type { Act } from '../support/receiver.ts';
import { type StatementDesk, statementDesk } from '../support/statement-desk.ts';

const HOLDING = { what: 'parcels of the last three days are late', time: '14:00' };
const WORDS =
  'We know that parcels of the last three days are late. We are finding out what happened and what it means for you, and we will write here again at 14:00, also if there is nothing new by then.';

describe('a statement through the outbox', () => {
  let desk: StatementDesk;
  beforeAll(async () => {
    desk = await statementDesk({ sendMs: 5_000 });
  });
  beforeEach(() => {
    desk.w.at('09:10');
    desk.house.post.forget();
    desk.shop.post.forget();
  });
  afterAll(() => desk[Symbol.asyncDispose]());

  const sent = (jobId: string | undefined, { post } = desk.house) =>
    post.received.filter((each) => each.headers['webhook-id'] === jobId);
  /** Queues a fresh holding text against what the receiver does, and waits for where it must end. */
  async function goes(act: Act, state: 'approved' | 'published' | 'unknown' | 'rejected' | 'held') {
    const statement = await desk.ready('holding-unclear', HOLDING);
    desk.house.post.script(act);
    await desk.publish(statement);
    return { statement, posting: await desk.became(statement, state) };
  }

  it('[CR-22] goes out once from each account, in exactly the prepared words and signed, however often it is pressed', async () => {
    const { house, shop, ready, publish, became, line, crisis } = desk;
    const statement = await ready('holding-unclear', HOLDING);
    expect(await publish(statement, { from: [house, shop] })).toMatchObject({ status: 200 });
    const [one, two] = [await became(statement, 'published'), await became(statement, 'published', shop)];
    const first = sent(one.jobId)[0];
    if (!first) throw new Error('nothing came');
    const message = house.post.verify(house.secret, first);
    expect(message).toMatchObject({
      type: 'statement.publish',
      data: { platform: 'mastodon', account: house.name, text: WORDS, fingerprint: statement.fingerprint },
    });
    expect((message as { data: object }).data).not.toHaveProperty('in_reply_to');
    expect(first.headers['idempotency-key']).toBe(one.jobId);
    expect(sent(two.jobId, shop).map(({ text }) => text)).toEqual([WORDS]);
    expect(await publish(statement)).toMatchObject({ status: 409, refused: { rule: 'CR-22' } });
    expect(await publish(statement, { from: [shop] })).toMatchObject({ status: 409, refused: { rule: 'CR-22' } });
    expect(sent(one.jobId)).toHaveLength(1);
    // It counts as one word to the public, as who queued it, where it stood first.
    const { posted } = (await line(statement.id)).statement;
    expect(posted).toMatchObject({ by: { name: 'Pia' } });
    expect([one.url, two.url]).toContain(posted?.url);
    expect((await crisis()).lastStatement).toMatchObject({ kind: 'holding', text: WORDS, url: posted?.url });
    const { updates } = await desk.cora.call('crisis', { params: desk.params });
    expect(updates.filter(({ statementId }) => statementId === statement.id)).toHaveLength(1);
  });

  it('[CR-26] the promise of the next word is kept, and clocks stop, when it stands and not when it is queued', async () => {
    const { w, house, ready, publish, became, owed, line } = desk;
    w.at('09:20');
    const statement = await ready('holding-unclear', HOLDING);
    house.post.script({ do: 'wait' });
    const before = await owed();
    await publish(statement, { nextAt: '2026-03-02T09:45:00Z' });
    await became(statement, 'sending');
    expect(await owed()).toEqual(before);
    expect((await line(statement.id)).statement.posted).toBeNull();
    await until(() => house.post.received.length > 0, 'it was asked for');
    await desk.act(async () => {
      house.post.letGo();
      await became(statement, 'published');
    });
    expect(await owed()).toMatchObject({ 'update:public': '09:45' });
    expect(await desk.posted(statement.id, null)).toMatchObject({ status: 409, refused: { rule: 'CR-16' } });
  });

  it('[CR-25] a person who looked settles it, both ways, and then it may be queued again on purpose', async () => {
    const { house, publish, settle, became, rex, line } = desk;
    const { statement, posting } = await goes({ do: 'reset' }, 'unknown');
    expect(await settle(statement, 'published', rex)).toMatchObject({ status: 403 });
    expect(await settle(statement, 'not-published')).toMatchObject({ status: 200 });
    expect(await desk.posting(statement)).toMatchObject({ state: 'rejected', says: expect.stringContaining('Cora') });
    house.post.script({ do: 'answer', status: 500, posts: true });
    expect(await publish(statement)).toMatchObject({ status: 200 });
    await became(statement, 'unknown');
    expect(await settle(statement, 'published')).toMatchObject({ status: 200 });
    expect((await line(statement.id)).statement).toMatchObject({ posted: { by: { name: 'Pia' } } });
    expect(sent(posting.jobId)).toHaveLength(2);
  });

  it('[CR-25] a worker that is lost while it sends leaves it unknown; its late answer is believed, and nothing is sent twice', async () => {
    const { w, house, ready, publish, became } = desk;
    const statement = await ready('holding-unclear', HOLDING);
    house.post.script({ do: 'wait' });
    const before = house.post.received.length;
    await publish(statement);
    await house.post.gets(before + 1);
    const unsent = () => Promise.reject(new Error('it was sent a second time'));
    const channels = { webhook: { can: CHANNELS.webhook, send: unsent }, rehearsal: rehearsalChannel };
    const other = otherWorker(w.app, channels);
    w.at('09:30');
    other.wake();
    expect((await became(statement, 'unknown')).says).toContain('interrupted');
    await other.stop();
    await desk.act(async () => {
      house.post.letGo();
      await became(statement, 'published');
    });
    expect(house.post.received).toHaveLength(before + 1);
  });

  it('[CR-25] between taking back and sending there is one winner', async () => {
    const { house, ready, posting, pia, params } = desk;
    const won = { taken: 0, sent: 0 };
    for (let round = 0; round < 4; round++) {
      const statement = await ready('holding-unclear', HOLDING);
      const before = house.post.received.length;
      const on = { ...params, statementId: statement.id };
      const body = { fingerprint: statement.fingerprint, accountIds: [house.id], nextAt: '2026-03-02T09:40:00Z' };
      await pia.call('publishStatement', { params: on, body });
      await pia.try('cancelStatement', { params: { ...on, accountId: house.id }, body: { reason: '' } });
      await until(async () => ['published', 'cancelled'].includes((await posting(statement))?.state ?? ''), 'ended');
      const isSent = (await posting(statement))?.state === 'published';
      expect(house.post.received.length - before).toBe(isSent ? 1 : 0);
      won[isSent ? 'sent' : 'taken'] += 1;
    }
    expect(won.taken + won.sent).toBe(4);
  });

  it('[CR-26] other words at the platform than were sent count for nothing until somebody looked', async () => {
    const { statement } = await goes({ do: 'accept', body: { text: 'Buy now!' } }, 'published');
    expect((await desk.line(statement.id)).statement.posted).toBeNull();
    expect(await desk.settle(statement, 'published')).toMatchObject({ status: 200 });
    expect((await desk.line(statement.id)).statement.posted).not.toBeNull();
  });

  it('[CR-25] a receiver that asks to wait is waited for; meanwhile it can be taken back, and queued again', async () => {
    const { w, house, cancel, publish, became } = desk;
    const wait = { do: 'answer', status: 429, headers: { 'retry-after': '60' } } as const;
    const { statement, posting } = await goes(wait, 'approved');
    await until(async () => (await desk.posting(statement))?.says !== null, 'it waits');
    expect(await cancel(statement)).toMatchObject({ status: 200 });
    w.at('09:12');
    expect(await became(statement, 'cancelled')).toMatchObject({ says: 'Taken back by Pia: Not yet.' });
    expect(await cancel(statement)).toMatchObject({ status: 409 });
    house.post.script(wait);
    await publish(statement);
    await until(async () => (await desk.posting(statement))?.says?.includes('wait') === true, 'it waits again');
    w.at('09:14');
    await became(statement, 'published');
    expect(sent(posting.jobId)).toHaveLength(3);
  });

  it('[CR-25] an account that is locked out holds it, unsent, until somebody mends it; a definite no is final', async () => {
    const { w, cora, params, house, became, publish } = desk;
    const { statement, posting } = await goes({ do: 'answer', status: 401 }, 'held');
    const other = await desk.ready('holding-unclear', HOLDING);
    await publish(other);
    await became(other, 'held');
    expect(sent(posting.jobId)).toHaveLength(1);
    house.post.script({ do: 'accept' }, { do: 'answer', status: 422, body: 'Too rude' });
    await desk.act(() => cora.call('mendAccount', { params: { ...params, accountId: house.id }, body: {} }));
    const states = async () => [(await desk.posting(statement))?.state, (await desk.posting(other))?.state].sort();
    await until(async () => (await states()).join() === 'published,rejected', 'both went');
    await w.settled();
  });
});
