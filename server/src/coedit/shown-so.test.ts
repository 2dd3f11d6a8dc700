import { randomFrom } from '@rejoinder/scenario/random';
import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { UpdateFault } from './check-update.ts';
import { DraftDocument, Poisoned } from './draft-document.ts';

const ROOT = 'text';
const GAMES = Number(process.env.SHOWN_GAMES ?? 60);
type Id = { client: number; clock: number };

/** One run of one letter as somebody writes it who forges bytes: between any two neighbours. */
function forged(id: Id, origin: Id | null, right: Id | null): Uint8Array {
  return encoding.encode((encoder) => {
    const write = (...numbers: number[]): void => {
      for (const number of numbers) encoding.writeVarUint(encoder, number);
    };
    write(1, 1, id.client, id.clock);
    encoding.writeUint8(encoder, 4 | (origin ? 0x80 : 0) | (right ? 0x40 : 0));
    if (origin) write(origin.client, origin.clock);
    if (right) write(right.client, right.clock);
    if (!origin && !right) {
      write(1);
      encoding.writeVarString(encoder, ROOT);
    }
    encoding.writeVarString(encoder, String.fromCharCode(97 + (id.clock % 26)));
    write(0);
  });
}

/** The server's memory with the rows it would have committed. */
function server() {
  const document = new DraftDocument({ updates: [], n: 0 });
  const rows: Uint8Array[] = [];
  return {
    document,
    rows,
    /** False when it was refused before it was applied; throws Poisoned when it was found out afterwards. */
    take(updates: Uint8Array[], user: string): boolean {
      let isTaken = true;
      const fresh = document.collect(() => {
        for (const update of updates)
          try {
            isTaken = document.take(update, user).kind === 'taken' && isTaken;
          } catch (cause) {
            if (!(cause instanceof UpdateFault)) throw cause;
            isTaken = false;
          }
      });
      if (fresh) rows.push(fresh);
      return isTaken;
    },
  };
}
const read = (updates: readonly Uint8Array[]): string => {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc.getText(ROOT).toString();
};

describe('where runs were put', () => {
  it('[CO-18] what pages made in any order, offline and undone, is never doubted', () => {
    for (let game = 0; game < GAMES; game++) {
      const random = randomFrom(`honest ${game}`);
      const { document, take } = server();
      const pages = Array.from({ length: random.int(2, 6) }, (_, i) => {
        const doc = new Y.Doc();
        doc.clientID = random.int(1, 2 ** 32 - 1);
        const undo = new Y.UndoManager(doc.getText(ROOT), { captureTimeout: 0 });
        return { doc, text: doc.getText(ROOT), undo, user: `usr_${i}` };
      });
      for (let step = 0; step < 120; step++) {
        const { doc, text, undo, user } = random.pick(pages);
        const kind = random.int(0, 9);
        if (kind < 5) text.insert(random.int(0, text.length), random.pick(['a', 'bc', 'def ']));
        else if (kind === 5 && text.length > 0) text.delete(random.int(0, text.length - 1), 1);
        else if (kind === 6) undo.undo();
        else if (kind === 7) undo.redo();
        else if (kind === 8) expect(take([Y.encodeStateAsUpdate(doc, document.vector())], user)).toBe(true);
        else Y.applyUpdate(doc, document.since(Y.encodeStateVector(doc)));
      }
      for (const { doc, user } of pages) expect(take([Y.encodeStateAsUpdate(doc, document.vector())], user)).toBe(true);
      for (const { doc, text } of pages) {
        Y.applyUpdate(doc, document.since());
        expect(text.toString()).toBe(document.text);
      }
    }
  });

  it('[CO-18] whatever an editor forges, what is taken is read alike by memory, log, newcomers and pages', () => {
    let [taken, refused] = [0, 0];
    for (let game = 0; game < GAMES * 5; game++) {
      const random = randomFrom(`forged ${game}`);
      const { document, rows, take } = server();
      const clocks = new Map([3, 5, 8].map((client) => [client, 0]));
      const anyId = (but?: Id): Id | null => {
        const written = [...clocks].filter(([, clock]) => clock > 0);
        if (written.length === 0 || random.chance(0.2)) return null;
        const [client, clock] = random.pick(written);
        const id = { client, clock: random.int(0, clock - 1) };
        return but && but.client === id.client && but.clock === id.clock ? null : id;
      };
      for (let step = 0; step < 25; step++) {
        const before = new Map(clocks);
        const kept = [...rows];
        const updates = Array.from({ length: random.int(1, 3) }, () => {
          const client = random.pick([...clocks.keys()]);
          const id = { client, clock: clocks.get(client) ?? 0 };
          const origin = anyId();
          const update = forged(id, origin, anyId(origin ?? undefined));
          clocks.set(client, id.clock + 1);
          return update;
        });
        // As one message, or one after the other.
        const sent = random.chance(0.5) ? [Y.mergeUpdates(updates)] : updates;
        let isTaken = false;
        try {
          isTaken = take(sent, 'usr_forger');
        } catch (cause) {
          expect(cause).toBeInstanceOf(Poisoned);
          refused += 1;
          rows.splice(0, rows.length, ...kept);
          break;
        }
        if (!isTaken) {
          refused += 1;
          for (const client of before.keys()) clocks.set(client, Y.getState(document.doc.store, client));
        } else taken += 1;
        expect(read(rows), `game ${game}`).toBe(document.text);
        expect(read([document.since()]), `game ${game}`).toBe(document.text);
        expect(read([Y.mergeUpdates(rows)]), `game ${game}`).toBe(document.text);
      }
    }
    expect(Math.min(taken, refused)).toBeGreaterThan(50);
  });
});
