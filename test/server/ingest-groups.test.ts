// Deliveries that are stored together: one bad among them fails alone, a lost line loses and doubles nothing, what waits is bounded.
import type { SourceEvent, SourceMention } from '@rejoinder/contracts/mentions';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { isPassing } from '../../server/src/db/database.ts';
import { Problem } from '../../server/src/http/problems.ts';
import type { Batch } from '../../server/src/ingest/batch.ts';
import { createIngest, type Ingest } from '../../server/src/ingest/coalescer.ts';
import { ingestBatch, storeBatches } from '../../server/src/ingest/ingest.service.ts';
import { verifyAction } from '../support/verify-action.ts';
import { type World, world } from '../support/world.ts';

let w: World;
let ingest: Ingest;
let sourceId: string;
/** Another hand on the database, that can hold a lock. */
let other: pg.Client;

beforeAll(async () => {
  w = await world();
  ({ sourceId } = await w.webhook());
  ingest = createIngest({ ...w.app.deps });
  other = new pg.Client({ connectionString: w.databaseUrl });
  await other.connect();
});
afterAll(async () => {
  await other.end();
  await w[Symbol.asyncDispose]();
});

const post = (text: string, more: Parameters<World['mention']>[1] = {}): SourceEvent => ({
  type: 'created',
  mention: w.mention(text, more),
});
const batchOf = (id: string, events: SourceEvent[], bodyHash = `hash of ${id}`): Batch => ({
  roomId: w.room.id,
  sourceId,
  events,
  delivery: { id, bodyHash },
});
const submit = (batch: Batch, bytes = 100) => ingest.submit(batch, bytes);
async function storedTexts(mark: string): Promise<string[]> {
  const { rows } = await other.query<{ text: string }>(
    'select text from mentions where room_id = $1 and starts_with(text, $2) order by text',
    [w.room.id, mark],
  );
  return rows.map((row) => row.text);
}
const numbered = (mark: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${mark} ${i + 10}`);

/** Everything that wants to count a post for the source waits until `free`. */
async function holdSource(): Promise<{ waiting: () => Promise<number[]>; free: () => Promise<unknown> }> {
  await other.query('begin');
  await other.query('select from sources where room_id = $1 and source_id = $2 for update', [w.room.id, sourceId]);
  return {
    async waiting() {
      const { rows } = await other.query<{ pid: number }>(
        `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return rows.map((row) => row.pid);
    },
    free: () => other.query('commit'),
  };
}

describe('deliveries that are stored together', () => {
  it('[IN-14] a bad one fails alone and with its own answer, the others are stored once', async () => {
    const texts = numbered('together', 20);
    await submit(batchOf('taken', [post('taken before')]));
    const { result, events } = await verifyAction(w, async () => {
      // The first is being stored while the others gather behind it.
      const held = await holdSource();
      const first = submit(batchOf('first', [post('together 01')]));
      await vi.waitFor(async () => expect(await held.waiting()).toHaveLength(1));
      const good = texts.map((text) => submit(batchOf(text, [post(text)])));
      const bad = [
        // None of these gets past the door; here they stand for a fault of ours, in our words and in PostgreSQL's.
        submit(batchOf('no time', [post('together bad'), post('together bad', { postedAt: 'never' })])),
        submit(batchOf('no text', [post('together bad'), post('together bad', { platform: 'nul\0' })])),
        submit(batchOf('taken', [post('together bad')], 'another hash')),
      ];
      const again = [
        submit(batchOf('taken', [post('together bad')], 'hash of taken')),
        submit(batchOf(texts[0] ?? '', [])),
      ];
      await held.free();
      return {
        good: await Promise.all([first, ...good]),
        bad: await Promise.allSettled(bad),
        again: await Promise.allSettled(again),
      };
    });
    expect(result.good).toEqual(result.good.map(() => ({ stored: 1, known: 0, edited: 0, deleted: 0 })));
    expect(result.bad.map((each) => each.status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(result.bad[2]).toMatchObject({ reason: { code: 'already-done' } });
    expect(result.again[0]).toMatchObject({ value: { stored: 0, repeated: true } });
    expect(result.again[1]).toMatchObject({ value: { stored: 0, repeated: true } });
    expect(await storedTexts('together')).toEqual(['together 01', ...texts]);
    const batches = events.filter((event) => event.type === 'mention.received');
    expect(batches.length).toBeLessThan(texts.length);
  });

  it('[IN-14] lose and double nothing when their line breaks: each sender is told to come again, and may', async () => {
    const texts = numbered('cut', 6);
    const batches = texts.map((text) => batchOf(text, [post(text)]));
    const { result } = await verifyAction(w, async () => {
      const held = await holdSource();
      const cut = Promise.allSettled(batches.map((batch) => submit(batch)));
      // The first goes by itself, the other five behind it together; both are cut off while they wait for the row.
      const known: number[] = [];
      for (let group = 0; group < 2; group++) {
        const pid = await vi.waitFor(async () => {
          const fresh = (await held.waiting()).find((each) => !known.includes(each));
          if (fresh === undefined) throw new Error('nobody waits for the row');
          return fresh;
        });
        known.push(pid);
        await other.query('select pg_terminate_backend($1)', [pid]);
      }
      const outcomes = await cut;
      await held.free();
      const before = await storedTexts('cut');
      return { outcomes, before, again: await Promise.all(batches.map((batch) => submit(batch))) };
    });
    expect(result.outcomes.map((each) => each.status)).toEqual(texts.map(() => 'rejected'));
    expect(result.outcomes.every((each) => each.status === 'rejected' && isPassing(each.reason))).toBe(true);
    expect(result.before).toEqual([]);
    expect(result.again.map((each) => each.stored)).toEqual(texts.map(() => 1));
    expect(await storedTexts('cut')).toEqual(texts);
  });

  it('[IN-15] are held up to a bound; past it senders are told to come again, and nothing of theirs is stored', async () => {
    await verifyAction(w, async () => {
      const held = await holdSource();
      const large = submit(batchOf('large', [post('bound 10')]), 64 * 1024 * 1024);
      const refused = await submit(batchOf('one more', [post('bound 11')])).catch((error) => error);
      expect(refused).toBeInstanceOf(Problem);
      expect(refused).toMatchObject({ code: 'not-ready', status: 503 });
      await held.free();
      await large;
      await submit(batchOf('one more', [post('bound 12')]));
    });
    expect(await storedTexts('bound')).toEqual(['bound 10', 'bound 12']);
  });

  it('[IN-3] [IN-1] a refused delivery takes no post from another of its group; of two equal posts the first is stored', async () => {
    const twin = post('group twin', { nativeId: 'group-twin' });
    const again = post('group twin, told by another', { nativeId: 'group-twin' });
    await submit(batchOf('group taken', [post('group before')]));
    const { result, events } = await verifyAction(w, () =>
      w.app.deps.events.change(
        { roomId: w.room.id, actor: { kind: 'system', id: 'system:test', name: 'Test', roles: [] } },
        (change) =>
          storeBatches(change, [
            batchOf('group taken', [twin], 'another hash'),
            batchOf('group taken too', [twin, post('group alone')]),
            batchOf('group third', [again]),
            batchOf('group taken again', [post('group last'), post('group last', { nativeId: 'group-last-2' })]),
          ]),
      ),
    );
    expect(result[0]).toMatchObject({ code: 'already-done' });
    expect(result.slice(1)).toEqual([
      { stored: 2, known: 0, edited: 0, deleted: 0 },
      { stored: 0, known: 1, edited: 0, deleted: 0 },
      { stored: 2, known: 0, edited: 0, deleted: 0 },
    ]);
    const told = events.flatMap((event) => (event.type === 'mention.received' ? event.data.created : []));
    expect(told.map((mention) => mention.text)).toEqual(['group twin', 'group alone', 'group last', 'group last']);
    expect(await storedTexts('group')).toEqual([
      'group alone',
      'group before',
      'group last',
      'group last',
      'group twin',
    ]);
    // The same group once more brings nothing, and the same delivery is told so.
    const repeat = await verifyAction(w, () => submit(batchOf('group third', [again])));
    expect(repeat).toMatchObject({ result: { repeated: true, stored: 0 }, events: [] });
  });

  it('[IN-16] are stored two groups at once while all posts are new; an edit waits for what came before it', async () => {
    const crowd = (mark: string): SourceEvent[] => Array.from({ length: 300 }, () => post(`${mark} crowd`));
    const mention = w.mention('order as posted');
    const edited = { ...mention, text: 'order as edited', editedAt: w.now() };
    await verifyAction(w, async () => {
      const held = await holdSource();
      const one = submit(batchOf('order 1', crowd('one')));
      const others = [1, 2, 3].map((n) => submit(batchOf(`order 2.${n}`, crowd('two').slice(0, 10))));
      await vi.waitFor(async () => expect(await held.waiting()).toHaveLength(2));
      await held.free();
      await Promise.all([one, ...others]);
      const heldAgain = await holdSource();
      const before = submit(batchOf('order 3', [{ type: 'created', mention }, ...crowd('three')]));
      const edit = submit(batchOf('order 4', [{ type: 'edited', mention: edited }, ...crowd('four')]));
      const after = submit(batchOf('order 5', crowd('five')));
      await vi.waitFor(async () => expect(await heldAgain.waiting()).toHaveLength(1));
      await heldAgain.free();
      expect(await Promise.all([before, edit, after])).toMatchObject([{ stored: 301 }, { edited: 1 }, { stored: 300 }]);
    });
    expect(await storedTexts('order')).toEqual(['order as edited']);
  });

  it('[IN-17] an edit and a deletion of posts that another transaction is storing wait for it and are not lost', async () => {
    const posts = [w.mention('meanwhile as posted'), w.mention('meanwhile to go')] as const;
    const talk = { ...w.mention('meanwhile as said'), visibility: 'private' as const };
    const created = (mentions: readonly SourceMention[]) =>
      mentions.map((mention): SourceEvent => ({ type: 'created', mention }));
    const edited = (mention: SourceMention): SourceEvent => ({
      type: 'edited',
      mention: { ...mention, text: mention.text.replace(/as .*/, 'as edited'), editedAt: w.now() },
    });
    const { platform, nativeId } = posts[1];
    const gone: SourceEvent = { type: 'deleted', platform, nativeId, at: w.now() };
    for (const [first, then, result] of [
      [created(posts.slice(0, 1)), [edited(posts[0])], { edited: 1, stored: 0 }],
      [created(posts.slice(1)), [gone], { deleted: 1 }],
      [created([talk]), [edited(talk)], { edited: 1, stored: 0 }],
    ] as const)
      await verifyAction(w, async () => {
        const held = await holdSource();
        const storing = ingestBatch(w.app.deps, { roomId: w.room.id, sourceId, events: [...first] });
        await vi.waitFor(async () => expect(await held.waiting()).toHaveLength(1));
        const changing = ingestBatch(w.app.deps, { roomId: w.room.id, sourceId, events: [...then] });
        await vi.waitFor(async () => expect(await held.waiting()).toHaveLength(2));
        await held.free();
        expect(await Promise.all([storing, changing])).toMatchObject([{ stored: 1 }, result]);
      });
    expect(await storedTexts('meanwhile')).toEqual(['meanwhile as edited']);
    const { rows } = await other.query('select text from private_entries where room_id = $1', [w.room.id]);
    expect(rows).toEqual([{ text: 'meanwhile as edited' }]);
  });
});
