// The short-lived link of one ask: for somebody without an account, from a phone at night; what it shows, what it does, and when it is over.
import type { AskPage } from '@rejoinder/contracts/ladders';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../coedit/typist.ts';
import { callRoute } from '../support/calls.ts';
import { COMPLAINT, planForOneReply } from '../support/journey.ts';
import { type LadderDesk, ladderDesk } from '../support/ladder-desk.ts';
import { type Act, type Receiver, receiver } from '../support/receiver.ts';
import { verifyAction } from '../support/verify-action.ts';

let d: LadderDesk;
let telephone: Receiver;
/** What the telephone does with every call. */
let picksUp: Act = { do: 'accept' };

/** A duty desk that is no member, reached by telephone alone. */
const withDutyDesk = (text: string): string =>
  text.replace(
    /^no_department: .*$/m,
    'no_department:   { primary: { name: Nina Night, phone: "+44 20 7946 0001" }, deputy: Nobody, channels: [phone] }',
  );

beforeAll(async () => {
  telephone = await receiver(() => picksUp);
  d = await ladderDesk({ playbookText: withDutyDesk(planForOneReply()) });
  const amal = await d.j.w.person('Amal', ['administrator']);
  await amal.call('setChannel', {
    params: { roomId: d.j.w.room.id },
    body: { channel: 'webhook', url: telephone.url },
  });
}, 60_000);
afterAll(async () => {
  await d.j[Symbol.asyncDispose]();
  await telephone.close();
});

/** Somebody with the link and nothing else. */
const nobody = <N extends 'ask' | 'acceptAsk' | 'passOnAsk'>(name: N, input: Parameters<typeof callRoute<N>>[4]) =>
  callRoute(d.j.w.origin, d.j.w.app.deps.config.publicOrigin, {}, name, input);
const read = async (token: string): Promise<AskPage> => {
  const answer = await nobody('ask', { params: { token } });
  if (!('reply' in answer)) throw new Error(`the link answered ${answer.status}`);
  return answer.reply.ask;
};
const stateOf = async (id: string): Promise<string> => {
  const messages = d.j.w.app.deps.db.selectFrom('messages').select('state').where('message_id', '=', id);
  return (await messages.executeTakeFirstOrThrow()).state;
};
/** What is due is sent, and nothing is on the wire any more. */
const sendAll = async (): Promise<void> => {
  d.j.w.app.reaching.wake();
  await d.j.w.app.reaching.idle();
};

/** A complaint on a day of its own, asked about: the message of it, and the link that went out. */
async function askedOn(day: string) {
  d.j.w.at(`${day}T02:10:00.000Z`);
  const card = await d.j.w.cardFrom(COMPLAINT);
  await d.wind(`${day}T02:40:00.000Z`);
  const { steps } = await d.ladder(card);
  const askId = steps[1]?.asks[0]?.id ?? '';
  const { message_id: id } = await d.j.w.app.deps.db
    .selectFrom('messages')
    .select('message_id')
    .where('about_id', '=', askId)
    .executeTakeFirstOrThrow();
  // What is kept of a message forgets its link once it was sent, so it is read off the telephone.
  const call = () => telephone.received.find(({ headers }) => headers['webhook-id'] === `${id}.phone`);
  await until(() => call() !== undefined, 'the telephone rang');
  const token = /\/a\/([\w-]+)/.exec(call()?.body ?? '')?.[1] ?? '';
  return { card, token, id };
}

describe('the link of one ask', () => {
  it('[LD-15] shows what is asked without a word of whoever wrote, and takes one answer', async () => {
    const { card, token } = await askedOn('2026-05-01');
    const page = await read(token);
    expect(page).toEqual({
      state: 'waiting',
      room: 'War room',
      ladder: 'A card stands too long',
      says: 'A card stands in New longer than 30 minutes.',
      name: 'Nina Night',
      by: null,
      answeredAt: null,
      answer: null,
      since: '2026-05-01T02:40:00.000Z',
      dueAt: '2026-05-01T05:10:00.000Z',
      zone: 'Europe/London',
    });
    for (const secret of [card.author.handle, card.author.name, 'ruined', card.id])
      expect(JSON.stringify(page)).not.toContain(secret);
    const stored = JSON.stringify(await d.j.w.app.deps.db.selectFrom('ladder_asks').selectAll().execute());
    expect(stored).not.toContain(token);

    const foreign = await fetch(`${d.j.w.origin}/api/asks/${token}/accept`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'http://elsewhere.test' },
      body: '{}',
    });
    expect(foreign.status).toBe(403);
    const { result, events } = await verifyAction(d.j.w, () => nobody('acceptAsk', { params: { token }, body: {} }));
    expect(result).toMatchObject({ reply: { ask: { state: 'answered', answer: 'accepted', by: 'Nina Night' } } });
    expect(events.filter((event) => event.type.startsWith('ladder.'))).toMatchObject([
      { type: 'ladder.accepted', actor: { kind: 'token', name: 'Nina Night', roles: [] }, data: { by: 'Nina Night' } },
    ]);
    // Somebody without an account accepts and owns nothing.
    expect(await d.j.card(card.id)).toMatchObject({ owner: null, ladders: [{ state: 'accepted' }] });
    expect(await nobody('passOnAsk', { params: { token }, body: { reason: 'No.' } })).toMatchObject({
      reply: { ask: { state: 'answered', answer: 'accepted' } },
    });
  });

  it('[LD-15] passes on with a reason, and tells whoever comes late who has it', async () => {
    const first = await askedOn('2026-05-03');
    expect(await nobody('passOnAsk', { params: { token: first.token }, body: { reason: '' } })).toMatchObject({
      status: 400,
    });
    await nobody('passOnAsk', { params: { token: first.token }, body: { reason: 'I am driving.' } });
    expect(await read(first.token)).toMatchObject({ state: 'answered', answer: 'passedOn' });
    expect((await d.ladder(first.card)).steps[1]?.asks).toMatchObject([{ state: 'passedOn', says: 'I am driving.' }]);

    const second = await askedOn('2026-05-05');
    await d.j.ria.call('takeCard', { params: d.j.params(second.card), body: {} });
    await d.j.w.settled();
    expect(await read(second.token)).toMatchObject({ state: 'taken', by: 'Ria' });
    expect(await nobody('acceptAsk', { params: { token: second.token }, body: {} })).toMatchObject({
      reply: { ask: { state: 'taken', by: 'Ria', answer: null } },
    });
  });

  it('[LD-17] is not sent any more once somebody accepted; what was on the wire by then has arrived all the same', async () => {
    const rang = (id: string): number =>
      telephone.received.filter(({ headers }) => headers['webhook-id'] === `${id}.phone`).length;
    picksUp = { do: 'answer', status: 503 };
    const failed = await askedOn('2026-05-11');
    await sendAll();
    expect(await stateOf(failed.id)).toBe('waiting');
    await verifyAction(d.j.w, () => d.j.ria.call('takeCard', { params: d.j.params(failed.card), body: {} }));
    expect(await stateOf(failed.id)).toBe('withdrawn');
    const before = rang(failed.id);
    d.j.w.at('2026-05-11T02:50:00.000Z');
    await sendAll();
    expect(rang(failed.id)).toBe(before);
    expect(await read(failed.token)).toMatchObject({ state: 'taken', by: 'Ria' });

    picksUp = { do: 'wait' };
    const ringing = await askedOn('2026-05-13');
    await verifyAction(d.j.w, () => d.j.ria.call('takeCard', { params: d.j.params(ringing.card), body: {} }));
    expect(await stateOf(ringing.id)).toBe('withdrawn');
    picksUp = { do: 'accept' };
    telephone.letGo();
    await until(async () => (await stateOf(ringing.id)) === 'delivered', 'it arrived');
  });

  it('[LD-15] is over after a day, and once what it is about is done; nobody tries many', async () => {
    const { card, token } = await askedOn('2026-05-07');
    d.j.w.at('2026-05-08T02:39:59.000Z');
    expect(await read(token)).toMatchObject({ state: 'waiting' });
    d.j.w.at('2026-05-08T02:40:00.000Z');
    expect(await read(token)).toMatchObject({ state: 'expired' });
    expect(await nobody('acceptAsk', { params: { token }, body: {} })).toMatchObject({
      reply: { ask: { state: 'expired' } },
    });
    expect((await d.ladders(card)).some((ladder) => ladder.state === 'accepted')).toBe(false);
    const unknown = 'x'.repeat(32);
    expect(await nobody('ask', { params: { token: unknown } })).toMatchObject({ status: 404 });
    const tried = await Promise.all(Array.from({ length: 130 }, () => nobody('ask', { params: { token: unknown } })));
    expect(tried.at(-1)?.status).toBe(429);
  });
});
