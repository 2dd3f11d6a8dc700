// One turn of what waits in a draft: changes are checked and applied one after the other, and it is told whose they were.
import type { ProblemCode } from '@rejoinder/contracts/problems';
import { UpdateFault } from './check-update.ts';
import type { Connection } from './connection.ts';
import { type DraftDocument, Poisoned } from './draft-document.ts';
import type { DraftFanOut } from './draft-fan-out.ts';
import type { DraftAuthors, DraftKey, DraftStore } from './draft-store.ts';
import type { LoopCounts } from './loop-counts.ts';
import { setAside } from './setting-aside.ts';
import { askFrame } from './wire.ts';

/** A frame that carries content, in the order its socket sent it. `looked`: a large one that was checked a turn ahead. */
export type Entry = { connection: Connection; update: Uint8Array; whole: boolean; index: number; looked?: boolean };

export type RoomDeps = {
  store: DraftStore;
  fanOut: DraftFanOut;
  counts: LoopCounts;
  now: () => number;
  log: (says: string, cause: unknown) => void;
};

/** `fresh` is the one merged update of what was new; `saved` is what each socket may be told once that is committed. */
export type Turn =
  | {
      kind: 'applied';
      fresh: Uint8Array | null;
      saved: Map<Connection, number>;
      writers: Set<Connection>;
      authors: DraftAuthors;
      /** What the turn had no time for. */
      left: Entry[];
    }
  | { kind: 'poisoned'; culprit: Connection };

/** Milliseconds of changes taken at once; what is left waits until the loop has seen to everybody else. */
const TURN_MS = 20;
/** Bytes from which on an update is checked in one turn and applied in the next, each of which may take as long. */
const LARGE = 8 * 1024;

type Room = { key: DraftKey; document: DraftDocument; deps: RoomDeps };

export function takeTurn(room: Room, batch: readonly Entry[]): Turn {
  const { document, deps } = room;
  const saved = new Map<Connection, number>();
  const writers = new Set<Connection>();
  const byUser = new Map<string, Set<number>>();
  let left: Entry[] = [];
  let culprit: Connection | null = null;
  const fresh = document.collect(() => {
    const turnEnds = performance.now() + TURN_MS;
    for (const [nth, entry] of batch.entries()) {
      if (nth > 0 && performance.now() > turnEnds) {
        left = batch.slice(nth);
        return;
      }
      const { connection } = entry;
      if (connection.revoked || !mayTake(room, entry)) continue;
      const userId = connection.visitor.actor.id;
      const isAhead = entry.update.byteLength > LARGE && !entry.looked;
      try {
        const started = performance.now();
        if (isAhead && nth === 0) {
          entry.looked = true;
          document.lookAt(entry.update, userId);
          connection.charge(performance.now() - started);
        }
        if (isAhead) {
          left = batch.slice(nth);
          return;
        }
        const taken = document.take(entry.update, userId);
        connection.charge(performance.now() - started);
        if (taken.kind === 'missing') {
          miss(room, connection);
          continue;
        }
        if (entry.whole) connection.lost = null;
        saved.set(connection, entry.index);
        writers.add(connection);
        const ids = byUser.get(userId) ?? new Set<number>();
        for (const id of taken.clientIds) ids.add(id);
        byUser.set(userId, ids);
      } catch (cause) {
        if (cause instanceof Poisoned) {
          culprit = connection;
          return;
        }
        refuse(deps, connection, cause instanceof UpdateFault ? cause.code : 'not-valid');
      }
    }
  });
  if (culprit) return { kind: 'poisoned', culprit };
  const authors = [...byUser].map(([userId, ids]) => ({ userId, clientIds: [...ids] }));
  return { kind: 'applied', fresh, saved, writers, authors, left };
}

/** Closes one socket for what it sent; nobody else notices. */
export function refuse({ counts }: Pick<RoomDeps, 'counts'>, connection: Connection, code: ProblemCode): void {
  counts.closed(code);
  connection.close(code);
}

/** Whether this frame may be looked at now; a refused one leaves its socket owing all it has. */
function mayTake({ key, document, deps }: Room, { connection, update, whole }: Entry): boolean {
  if (connection.state.state !== 'editable') {
    if (whole && update.byteLength <= 2) return false;
    connection.lost ??= { since: deps.now() };
    deps.counts.refused += 1;
    connection.tellState();
    setAside(deps, key, document, { connection, update, whole });
    return false;
  }
  return whole || connection.lost === null;
}

function miss({ document, deps }: Room, connection: Connection): void {
  if (connection.lost) return;
  connection.lost = { since: deps.now() };
  connection.send(askFrame(document.vector()));
}
