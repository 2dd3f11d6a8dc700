// A source that lost its place tells a whole day once more: the board stays as it was, and nobody is alarmed.

import type { SourceEvent } from '@rejoinder/contracts/mentions';
import { stormAtRate } from '@rejoinder/scenario/crisis';
import { randomFrom } from '@rejoinder/scenario/random';
import { expect, it } from 'vitest';
import { world } from '../support/world.ts';

const POSTS = 240;
const BATCH = 40;

it(`[F21] ${POSTS} posts told again, in the same order and shuffled, open no card, heat none and fire nothing`, async () => {
  await using w = await world();
  const events: SourceEvent[] = [];
  const startAt = new Date(Date.parse(w.now()) - 3_600_000).toISOString();
  for (const { event } of stormAtRate({ seed: 'again', startAt, count: POSTS, perSecond: 1 })) events.push(event);
  const hook = await w.webhook();
  const tell = async (list: SourceEvent[]): Promise<void> => {
    for (let i = 0; i < list.length; i += BATCH)
      expect((await hook.deliver(list.slice(i, i + BATCH))).status).toBe(200);
    await w.settled();
  };
  await tell(events);
  const before = await w.board();
  expect(Object.keys(before.cards).length).toBeGreaterThan(10);
  await tell(events);
  await tell(randomFrom('again').shuffle(events));
  const after = await w.board();
  const since = await w.app.deps.events.read(w.room.id, before.seq, 10_000);
  expect(since.filter(({ type }) => !type.startsWith('clock.')).map(({ type }) => type)).toEqual([]);
  expect(after.cards).toEqual(before.cards);
  expect(after.mentionCount).toBe(before.mentionCount);
});
