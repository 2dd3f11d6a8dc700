// The update log of a draft on real PostgreSQL: order, generations, folding, and two processes that write at once.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { DraftKey } from '../../server/src/coedit/draft-store.ts';
import { type FreshDatabase, freshDatabase } from '../support/cluster.ts';
import { type TableStore, tableStore } from './table-store.ts';
import { until } from './typist.ts';

describe('the log of a draft', () => {
  let database: FreshDatabase;
  let store: TableStore;
  let key: DraftKey;
  let count = 0;
  beforeAll(async () => {
    database = await freshDatabase();
    store = tableStore(database.url);
  });
  beforeEach(async () => {
    count += 1;
    key = { roomId: 'room_1', draftId: `drf_store_${count}`, generation: 1 };
    await store.start(key);
  });
  afterAll(async () => {
    await store.end();
    await database.drop();
  });

  /** Appends a word at the end as a person of one client id would; answers its row. */
  const writer = (userId: string, to: TableStore = store) => {
    const doc = new Y.Doc();
    return async (word: string, under = key): Promise<number> => {
      const before = Y.encodeStateVector(doc);
      doc.getText('text').insert(doc.getText('text').length, word);
      const update = Y.encodeStateAsUpdate(doc, before);
      const authors = [{ userId, clientIds: [doc.clientID] }];
      return (await to.append(under, { update, text: doc.getText('text').toString(), authors })).n;
    };
  };
  const fold = (updates: Uint8Array[]): Y.Doc => {
    const doc = new Y.Doc();
    for (const update of updates) Y.applyUpdate(doc, update);
    return doc;
  };
  const textOf = (updates: Uint8Array[]): string => fold(updates).getText('text').toString();

  it('[DR-6] [I2] is read in the order it was written, past ten and past a hundred', async () => {
    const write = writer('usr_ana');
    for (let i = 1; i <= 120; i++) expect(await write(`${i} `)).toBe(i);
    const { updates, n, authors } = await store.load(key);
    expect(n).toBe(120);
    expect(updates).toHaveLength(120);
    // Order alone gives a whole text: each row builds on the one before, so nothing is ever pending.
    const doc = new Y.Doc();
    for (const update of updates) {
      Y.applyUpdate(doc, update);
      expect(doc.store.pendingStructs).toBeNull();
    }
    expect(doc.getText('text').toString()).toBe(await store.text(key));
    expect(authors).toEqual([{ userId: 'usr_ana', clientIds: [expect.any(Number)] }]);
  });

  it('[DR-7] folding replaces exactly the rows it folded; what came since stays, and the numbering goes on', async () => {
    const write = writer('usr_ana');
    for (const word of ['one ', 'two ', 'three ']) await write(word);
    const snapshot = Y.encodeStateAsUpdate(fold((await store.load(key)).updates));
    await write('four ');
    await store.compact(key, 3, snapshot);
    expect(await store.rows(key)).toBe(2);
    const folded = await store.load(key);
    expect(folded.n).toBe(4);
    expect(textOf(folded.updates)).toBe('one two three four ');
    expect(await write('five ')).toBe(5);
    await store.compact(key, 3, snapshot);
    expect(textOf((await store.load(key)).updates)).toBe('one two three four five ');
  });

  it('[DR-7] folding while people type and read loses nothing, and every reader sees a whole beginning', async () => {
    const write = writer('usr_ana');
    let done = false;
    const typing = (async () => {
      for (let i = 0; i < 80; i++) await write(`w${i} `);
      done = true;
    })();
    const folding = (async () => {
      while (!done) {
        const { updates, n } = await store.load(key);
        if (n > 0) await store.compact(key, n, Y.encodeStateAsUpdate(fold(updates)));
      }
    })();
    const reading = Array.from({ length: 4 }, async () => {
      while (!done) {
        const { updates } = await store.load(key);
        const words = textOf(updates).split(' ').filter(Boolean);
        expect(words).toEqual(words.map((_, i) => `w${i}`));
      }
    });
    await Promise.all([typing, folding, ...reading]);
    const last = await store.load(key);
    expect(last.n).toBe(80);
    expect(textOf(last.updates)).toBe(await store.text(key));
  });

  it('[DR-8] [I3] a generation never takes what was written for another', async () => {
    const write = writer('usr_ana');
    await write('old words');
    await store.db
      .updateTable('drafts')
      .set({ generation: 2, n: 0, text: '', empty: true })
      .where('draft_id', '=', key.draftId)
      .execute();
    await expect(write(' and more')).rejects.toMatchObject({ code: 'stale-generation' });
    await expect(store.load(key)).rejects.toMatchObject({ code: 'stale-generation' });
    const next = { ...key, generation: 2 };
    expect(await store.load(next)).toEqual({ updates: [], n: 0, authors: [] });
    expect(await writer('usr_ana')('new words', next)).toBe(1);
    expect(textOf((await store.load(next)).updates)).toBe('new words');
    await expect(store.load({ ...key, draftId: 'drf_none' })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('[DR-9] two processes that write one draft at once share one gapless count, and no row is lost', async () => {
    const other = tableStore(database.url);
    try {
      const [a, b] = [writer('usr_ana'), writer('usr_ben', other)];
      const numbers: number[] = [];
      const many = async (write: typeof a, mark: string) => {
        for (let i = 0; i < 40; i++) numbers.push(await write(`${mark}${i} `));
      };
      await Promise.all([many(a, 'a'), many(b, 'b')]);
      expect(numbers.sort((x, y) => x - y)).toEqual(Array.from({ length: 80 }, (_, i) => i + 1));
      const words = textOf((await store.load(key)).updates)
        .split(' ')
        .filter(Boolean);
      expect(new Set(words).size).toBe(80);
    } finally {
      await other.end();
    }
  });

  it('[DR-12] who types on after a move, a new class or a new plan is judged by it at once', async () => {
    const write = writer('usr_ana');
    await store.assess(key, 'complaint');
    await write('I am sorry that this happened to you, Mara. Bananas');
    await write('. Ana');
    const warned = await store.found(key);
    await store.assess(key, 'praise');
    await write('.');
    expect(await store.found(key)).not.toBe(warned);
    await store.assess(key, 'complaint');
    await write('.');
    expect(await store.found(key)).toBe(warned);
    await store.moveTo(key, 'sign-off');
    // Twice, so that the plan is remembered.
    for (let i = 0; i < 2; i++) await write('.');
    await store.takePlan(key, (text) =>
      text.replace('- (sorry|apologi*) (that)?', '- bananas\n      - (sorry|apologi*) (that)?'),
    );
    await write('.');
    expect(await store.found(key)).toContain('It is not an apology.');
  });

  it('[DR-12] what was written while that was looked up is judged by what it brought, without another key', async () => {
    const quick = tableStore(database.url, { renewMs: 0, forgetMs: 60_000 });
    try {
      const write = writer('usr_ana', quick);
      await write('We are sorry that your parcel went to the wrong depot on Tuesday; it is on its way to you now');
      const other = { ...key, draftId: `${key.draftId}_other` };
      await quick.start(other);
      await quick.sends(
        other,
        'We are sorry that your parcel went to the wrong depot on Tuesday; it is on its way to you now.',
      );
      await write('. ');
      await until(async () => (await quick.likest(key)) !== null, 'the words are judged again');
      expect(await quick.likest(key)).toBe(other.draftId.replace('drf_', 'card_'));
      await write('Ana');
      expect(await quick.likest(key)).not.toBeNull();
    } finally {
      await quick.end();
    }
  });

  it('[DR-10] a change that arrives after its stage froze is not stored, by the short way or the long one', async () => {
    const write = writer('usr_ana');
    await write('before');
    await store.moveTo(key, 'publish');
    await expect(write(' after')).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(writer('usr_ben')('a new hand')).rejects.toMatchObject({ code: 'not-allowed' });
    expect(await store.rows(key)).toBe(1);
    expect(await store.text(key)).toBe('before');
  });
});
