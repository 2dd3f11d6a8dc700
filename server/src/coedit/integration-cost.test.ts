import { randomFrom } from '@rejoinder/scenario/random';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { readUpdate, UpdateFault } from './check-update.ts';
import { DraftDocument } from './draft-document.ts';
import { MOST_STEPS, stepsToPlace } from './integration-cost.ts';

const ROOT = 'text';
const page = (clientID: number, from?: Y.Doc): Y.Doc => {
  const doc = new Y.Doc();
  doc.clientID = clientID;
  if (from) Y.applyUpdate(doc, Y.encodeStateAsUpdate(from));
  return doc;
};
const all = (doc: Y.Doc, known?: Y.Doc): Uint8Array => Y.encodeStateAsUpdate(doc, known && Y.encodeStateVector(known));
const prepend = (doc: Y.Doc, count: number): void => {
  for (let i = 0; i < count; i++) doc.getText(ROOT).insert(0, 'x');
};
const steps = (update: Uint8Array, doc: Y.Doc): number => stepsToPlace(readUpdate(update), doc, ROOT);

describe('what it takes to place a change', () => {
  it('[CO-18] is next to nothing for whoever types alone, however oddly and however long offline', () => {
    const server = page(1);
    server.getText(ROOT).insert(0, 'We are sorry.');
    const writer = page(2, server);
    prepend(writer, 2_000);
    const text = writer.getText(ROOT);
    const random = randomFrom('alone');
    for (let i = 0; i < 1_000; i++) {
      if (random.chance(0.3) && text.length > 20) text.delete(random.int(0, text.length - 10), random.int(1, 8));
      else text.insert(random.int(0, text.length), 'ab');
    }
    expect(steps(all(writer, server), server)).toBe(0);
  });

  it('[CO-18] stays small for people who were apart for an hour and wrote in the same places', () => {
    const server = page(1);
    server.getText(ROOT).insert(0, 'We are sorry. It will not happen again.');
    const random = randomFrom('apart');
    const writers = [2, 3, 4].map((id) => page(id, server));
    for (const writer of writers) {
      const text = writer.getText(ROOT);
      for (let i = 0; i < 200; i++) text.insert(random.int(0, Math.min(20, text.length)), 'word ');
    }
    for (const writer of writers) {
      const update = all(writer, server);
      expect(steps(update, server)).toBeLessThan(MOST_STEPS / 2);
      Y.applyUpdate(server, update);
    }
  });

  it('[CO-18] refuses 5,000 runs in one gap with those of many others, before they are applied', () => {
    const document = new DraftDocument({ updates: [], n: 0 });
    const take = (update: Uint8Array, userId: string): unknown => document.collect(() => document.take(update, userId));
    for (let author = 1; author <= 8; author++) {
      const crowd = page(author);
      for (let part = 0; part < 4; part++) {
        const known = page(0, crowd);
        prepend(crowd, 60);
        take(all(crowd, known), `usr_${author}`);
      }
    }
    const bomb = page(99);
    prepend(bomb, 5_000);
    expect(() => take(all(bomb), 'usr_mal')).toThrow(UpdateFault);
    expect(document.text.length).toBe(8 * 240);
    // What an honest page sends is taken as before.
    const honest = page(98, document.doc);
    honest.getText(ROOT).insert(0, 'Dear Mara, ');
    take(all(honest, document.doc), 'usr_ana');
    expect(document.text.startsWith('Dear Mara, ')).toBe(true);
  });

  it('[CO-18] refuses neighbours that no page has shown: the other way round, or with something known between them', () => {
    const document = new DraftDocument({ updates: [], n: 0 });
    const take = (update: Uint8Array, userId: string): unknown => document.collect(() => document.take(update, userId));
    const ana = page(2);
    for (const letter of 'abc') ana.getText(ROOT).insert(0, letter);
    take(all(ana), 'ana');
    expect(document.text).toBe('cba');
    /** A page that claims that ana wrote the same letters in this order, and on which somebody else wrote between the first two. */
    const claiming = (id: number, order: number[]): Uint8Array => {
      const claimed = page(2);
      for (const at of order) claimed.getText(ROOT).insert(at, 'x');
      const mal = page(id, claimed);
      mal.getText(ROOT).insert(1, 'M');
      return all(mal, claimed);
    };
    expect(() => take(claiming(50, [0, 1, 2]), 'mal')).toThrow('in this order');
    expect(() => take(claiming(51, [0, 0, 1]), 'mal')).toThrow('in this order');
    take(claiming(52, [0, 0, 0]), 'ben');
    expect(document.text).toBe('cMba');
  });

  it('[CO-18] refuses the same inside one message: many authors, and neighbours that never stood side by side', () => {
    const empty = page(1);
    const crowd = Y.mergeUpdates(
      Array.from({ length: 8 }, (_, i) => {
        const doc = page(i + 10);
        prepend(doc, 400);
        return all(doc);
      }),
    );
    expect(steps(crowd, empty)).toBeGreaterThan(MOST_STEPS);
    // One author whose every run claims the same left neighbour and none on the right.
    const doc = page(5);
    const writer = doc.getText(ROOT);
    const updates: Uint8Array[] = [];
    doc.on('update', (update) => updates.push(update));
    for (let i = 0; i < 1_500; i++) writer.insert(0, 'x');
    const reading = readUpdate(Y.mergeUpdates(updates));
    for (const { item } of reading.runs) if (item) item.rightOrigin = null;
    expect(stepsToPlace(reading, empty, ROOT)).toBeGreaterThan(MOST_STEPS);
  });
});
