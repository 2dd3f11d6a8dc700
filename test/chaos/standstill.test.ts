// A server that stands still with a reply on the wire, as a laptop or a paused machine does: nobody sends it again, and its late answer counts.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../coedit/typist.ts';
import { type Journey, publishingJourney } from '../support/journey.ts';
import type { Receiver } from '../support/receiver.ts';
import { readyReplies } from './ready-replies.ts';
import { type Rig, rigOf } from './rig.ts';

const REPLIES = 3;

describe('a server that stands still', () => {
  let j: Journey & { post: Receiver; secret: string };
  let rig: Rig;
  beforeAll(async () => {
    j = await publishingJourney({ realClock: true });
  }, 60_000);
  afterAll(async () => {
    j.post.letGo();
    await rig.end();
    await j[Symbol.asyncDispose]();
  });

  it('[F4] with replies on the wire: another server gives them up and sends nothing; awake again, it tells what came back', async () => {
    const replies = await readyReplies(j, REPLIES);
    rig = await rigOf(j);
    await rig.server.start();
    j.post.script(...replies.map(() => ({ do: 'wait' as const })));
    const params = (cardId: string) => ({ roomId: j.w.room.id, cardId });
    for (const { cardId, fingerprint } of replies)
      expect(await rig.call(j.sam)('publish', { params: params(cardId), body: { fingerprint } })).toMatchObject({
        status: 200,
      });
    await j.post.gets(REPLIES);
    const states = async (): Promise<string[]> =>
      (await rig.db.selectFrom('publish_jobs').select('state').execute()).map(({ state }) => state);
    rig.server.freeze();
    j.post.letGo();
    // Half a minute of standing still, come at once.
    const past = { deadline_at: new Date(0).toISOString() };
    await rig.db.updateTable('publish_jobs').set(past).where('state', '=', 'sending').execute();
    const other = await rig.another();
    await other.start();
    await until(async () => (await states()).every((state) => state === 'unknown'), 'given up', 15_000);
    rig.server.thaw();
    // Had it stood longer than it waits for an answer, they would stay with a person.
    const told = async (): Promise<boolean> => (await states()).every((state) => state === 'published');
    await until(told, 'its late answers count', 15_000);
    await other.end();
    const posted = new Map<string, number>();
    for (const { headers } of j.post.received)
      posted.set(headers['webhook-id'] ?? '', (posted.get(headers['webhook-id'] ?? '') ?? 0) + 1);
    expect([...posted.values()]).toEqual(replies.map(() => 1));
  }, 60_000);
});
