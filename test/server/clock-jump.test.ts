// The clock of the machine leaps an hour, both ways, with replies queued and on the wire: nothing is said twice, nothing is lost.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, publishingJourney } from '../support/journey.ts';
import type { Receiver } from '../support/receiver.ts';

let j: Journey & { post: Receiver; secret: string };
beforeAll(async () => {
  j = await publishingJourney();
});
afterAll(() => j[Symbol.asyncDispose]());

describe('a clock that leaps', () => {
  it('[F22] forward, with a reply on the wire: it is not sent again, and its answer still counts', async () => {
    j.w.at('09:00');
    const card = await j.to('publish');
    j.post.script({ do: 'wait' });
    const before = j.post.received.length;
    await j.publish(card);
    await j.post.gets(before + 1);
    j.w.at('10:00');
    // Another reply goes out meanwhile, so the outbox was looked at; the one on the wire was left alone.
    const next = await j.to('publish');
    await j.publish(next);
    await j.replied(next, 'published');
    expect((await j.card(card.id)).reply?.state).toBe('sending');
    j.post.letGo();
    await j.replied(card, 'published');
    expect(j.post.received.length).toBe(before + 2);
  });

  it('[F22] back, with a reply that waits its turn: it goes out once, when its time has come', async () => {
    j.w.at('12:00');
    const card = await j.to('publish');
    j.post.script({ do: 'answer', status: 429, headers: { 'retry-after': '60' } });
    const before = j.post.received.length;
    await j.publish(card);
    await j.post.gets(before + 1);
    await j.replied(card, 'approved');
    j.w.at('11:00');
    await j.replied(card, 'approved');
    expect(j.post.received.length).toBe(before + 1);
    j.w.at('12:02');
    await j.replied(card, 'published');
    expect(j.post.received.length).toBe(before + 2);
  });

  it('[F22] back past a signature: it counts as long as it was given for, and fires no clock twice', async () => {
    j.w.at('14:00');
    const card = await j.to('publish');
    const fired = (await j.events()).filter(({ type }) => type.startsWith('clock.')).length;
    j.w.at('13:00');
    await j.publish(card);
    await j.replied(card, 'published');
    j.w.at('14:00');
    await j.w.settled();
    expect((await j.events()).filter(({ type }) => type.startsWith('clock.')).length).toBe(fired);
  });
});
