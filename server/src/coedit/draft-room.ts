// One open draft: queue, apply, append, commit, then tell the others, then "saved". What is not committed is never served (D1, I1).
import { DRAFT_LIMITS, type DraftState } from '@rejoinder/contracts/drafts';
import type { ProblemCode } from '@rejoinder/contracts/problems';
import { UpdateFault } from './check-update.ts';
import type { Connection } from './connection.ts';
import { DraftDocument, Poisoned } from './draft-document.ts';
import type { DraftKey, DraftStore } from './draft-store.ts';
import { closeCodeFor } from './fault-codes.ts';
import type { LoopCounts } from './loop-counts.ts';
import { Presence } from './presence.ts';
import { setAside } from './setting-aside.ts';
import { answerFrame, askFrame, readFrame, updateFrame } from './wire.ts';

/** A frame that carries content, in the order its socket sent it. */
type Entry = { connection: Connection; update: Uint8Array; whole: boolean; index: number };

/** After this long without what an update builds on, the socket is asked again; after the second, cut. */
const ASK_AGAIN_MS = 2_000;
const GIVE_UP_MS = 10_000;
const COMPACT_ROWS = 1_000; // after which the log is folded even while people type
/** Milliseconds of changes taken at once; what is left waits until the loop has seen to everybody else. */
const TURN_MS = 20;
const QUEUED_BYTES = 8 * 1024 * 1024; // that may wait for the write in flight

export type RoomDeps = {
  store: DraftStore;
  counts: LoopCounts;
  now: () => number;
  log: (says: string, cause: unknown) => void;
};

export class DraftRoom {
  readonly key: DraftKey;
  readonly connections = new Set<Connection>();
  readonly presence: Presence;
  /** Set when the room failed or was unloaded: it takes nobody any more. */
  gone = false;
  readonly #deps: RoomDeps;
  readonly #onGone: (room: DraftRoom) => void;
  readonly #waiting = new Map<Connection, Uint8Array>();
  #document: DraftDocument;
  #pending: Entry[] = [];
  #queuedBytes = 0;
  #appending = false;
  #writing: Promise<void> | null = null;
  #compacting: Promise<void> | null = null;

  constructor(key: DraftKey, document: DraftDocument, deps: RoomDeps, onGone: (room: DraftRoom) => void) {
    this.key = key;
    this.#document = document;
    this.#deps = deps;
    this.#onGone = onGone;
    this.presence = new Presence(this.connections, deps.now);
  }

  join(connection: Connection): void {
    this.connections.add(connection);
    connection.tellState();
    if (connection.state.state !== 'read-only') connection.send(askFrame(this.#document.vector()));
    this.#sendCarets(connection);
  }

  leave(connection: Connection): void {
    this.connections.delete(connection);
    this.#waiting.delete(connection);
    this.presence.leave(connection);
  }

  /** Takes one frame. Whatever it holds, only its own socket can suffer. */
  receive(connection: Connection, bytes: Uint8Array): void {
    try {
      const frame = readFrame(bytes);
      this.#deps.counts.frames += 1;
      if (frame.kind === 'update') this.#queue(connection, frame.update, frame.whole);
      else if (frame.kind === 'ask') this.#asked(connection, frame.vector);
      else if (frame.kind === 'awareness')
        this.presence.hear(connection, frame.entries, (id) => this.#document.owners.get(id));
      else if (connection.mayAsk(this.#deps.now())) this.#sendCarets(connection);
    } catch (cause) {
      this.#refuse(connection, cause instanceof UpdateFault ? cause.code : 'bad-request');
    }
  }

  setState(connection: Connection, state: DraftState): void {
    const before = connection.state.state;
    connection.setState(state);
    if (state.state === 'read-only') this.presence.leave(connection);
    // What was refused meanwhile is still in the client: ask for all it has.
    if (state.state === 'editable' && before !== 'editable') connection.send(askFrame(this.#document.vector()));
  }

  /** Once a second: sockets that still owe the predecessors of what they sent. */
  nag(): void {
    const now = this.#deps.now();
    for (const connection of this.connections) {
      if (!connection.lost || connection.state.state !== 'editable') continue;
      const waited = now - connection.lost.since;
      if (waited >= GIVE_UP_MS) this.#refuse(connection, 'resync');
      else if (waited >= ASK_AGAIN_MS) connection.send(askFrame(this.#document.vector()));
    }
  }

  /** Resolves when nothing is being written any more. */
  async settle(): Promise<void> {
    while (this.#writing || this.#compacting) await Promise.allSettled([this.#writing, this.#compacting]);
  }

  /** Folds the log into one row. Only rows this room has loaded or written are folded. */
  async compact(): Promise<void> {
    if (this.#compacting || this.#appending || this.gone || this.#document.rowsSinceCompaction < 2) return;
    const snapshot = this.#document.since();
    this.#document.rowsSinceCompaction = 1;
    this.#compacting = this.#deps.store
      .compact(this.key, this.#document.n, snapshot)
      .then(() => {
        this.#deps.counts.compactions += 1;
      })
      .catch((cause: unknown) => this.#deps.log('A draft’s log could not be folded.', cause))
      .finally(() => {
        this.#compacting = null;
      });
    await this.#compacting;
  }

  /** Ends the room: nobody is served from this memory again. */
  drop(): void {
    if (this.gone) return;
    this.gone = true;
    this.presence.stop();
    this.#pending = [];
    this.#onGone(this);
    this.#document.destroy();
  }

  #queue(connection: Connection, update: Uint8Array, whole: boolean): void {
    if (update.byteLength > DRAFT_LIMITS.frameBytes)
      throw new UpdateFault('too-large', 'One change is larger than 64 KiB.');
    connection.received += 1;
    if (this.#queuedBytes > QUEUED_BYTES) throw new UpdateFault('too-many', 'Too many changes at once.');
    this.#queuedBytes += update.byteLength;
    this.#pending.push({ connection, update, whole, index: connection.received });
    if (!this.#writing)
      this.#writing = this.#write().finally(() => {
        this.#writing = null;
      });
  }

  async #write(): Promise<void> {
    try {
      while (this.#pending.length > 0 && !this.gone) {
        const batch = this.#pending;
        this.#pending = [];
        this.#queuedBytes = 0;
        const waiting = batch.length;
        await this.#writeBatch(batch);
        this.#answerAll();
        if (batch.length < waiting) await new Promise((next) => setImmediate(next));
        if (this.#document.rowsSinceCompaction > COMPACT_ROWS) void this.compact();
      }
    } catch (cause) {
      this.#fail(cause);
    }
  }

  async #writeBatch(batch: Entry[]): Promise<void> {
    const saved = new Map<Connection, number>();
    const writers = new Set<Connection>();
    const byUser = new Map<string, Set<number>>();
    const applied = this.#apply(batch, saved, writers, byUser);
    if (applied.kind === 'poisoned') return this.#readAnew(batch, applied.culprit);
    const { fresh } = applied;
    if (fresh) {
      const authors = [...byUser].map(([userId, ids]) => ({ userId, clientIds: [...ids] }));
      const started = performance.now();
      this.#appending = true;
      const { n } = await this.#deps.store.append(this.key, { update: fresh, text: this.#document.text, authors });
      this.#appending = false;
      this.#deps.counts.wrote(performance.now() - started, batch.length);
      // Someone else wrote to this log: our memory lacks their rows.
      if (n !== this.#document.n + 1) throw new UpdateFault('resync', 'The draft was changed from elsewhere.');
      this.#document.n = n;
      this.#document.rowsSinceCompaction += 1;
      const frame = updateFrame(fresh);
      for (const connection of this.connections)
        if (!(writers.size === 1 && writers.has(connection))) connection.sendUpdate(fresh, frame);
    }
    for (const [connection, index] of saved) connection.acknowledge(index);
  }

  #apply(
    batch: Entry[],
    saved: Map<Connection, number>,
    writers: Set<Connection>,
    byUser: Map<string, Set<number>>,
  ): { kind: 'applied'; fresh: Uint8Array | null } | { kind: 'poisoned'; culprit: Connection } {
    let culprit: Connection | null = null;
    const fresh = this.#document.collect(() => {
      const turnEnds = performance.now() + TURN_MS;
      for (const [nth, entry] of batch.entries()) {
        if (nth > 0 && performance.now() > turnEnds) {
          const left = batch.splice(nth);
          for (const { update } of left) this.#queuedBytes += update.byteLength;
          this.#pending = [...left, ...this.#pending];
          return;
        }
        const { connection } = entry;
        if (connection.revoked || !this.#mayTake(entry)) continue;
        const userId = connection.visitor.actor.id;
        try {
          const started = performance.now();
          const taken = this.#document.take(entry.update, userId);
          connection.charge(performance.now() - started);
          if (taken.kind === 'missing') {
            this.#miss(connection);
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
          this.#refuse(connection, cause instanceof UpdateFault ? cause.code : 'not-valid');
        }
      }
    });
    return culprit ? { kind: 'poisoned', culprit } : { kind: 'applied', fresh };
  }

  /** Whether this frame may be looked at now; a refused one leaves its socket owing all it has. */
  #mayTake({ connection, update, whole }: Entry): boolean {
    if (connection.state.state !== 'editable') {
      if (whole && update.byteLength <= 2) return false;
      connection.lost ??= { since: this.#deps.now() };
      this.#deps.counts.refused += 1;
      connection.tellState();
      setAside(this.#deps, this.key, this.#document, { connection, update, whole });
      return false;
    }
    return whole || connection.lost === null;
  }

  #miss(connection: Connection): void {
    if (connection.lost) return;
    connection.lost = { since: this.#deps.now() };
    connection.send(askFrame(this.#document.vector()));
  }

  /** Reads the document from the log again, without the update that broke it, and takes the rest once more. */
  async #readAnew(batch: Entry[], culprit: Connection): Promise<void> {
    this.#refuse(culprit, 'not-valid');
    culprit.revoked = true;
    const document = new DraftDocument(await this.#deps.store.load(this.key));
    this.#document.destroy();
    this.#document = document;
    this.#pending = [...batch.filter((entry) => !entry.connection.revoked), ...this.#pending];
  }

  #asked(connection: Connection, vector: Uint8Array): void {
    if (!connection.mayAsk(this.#deps.now())) throw new UpdateFault('too-many', 'Asked too often.');
    if (this.#writing !== null) this.#waiting.set(connection, vector);
    else connection.send(answerFrame(this.#document.since(vector)));
  }

  /** Between two writes memory and log are equal: the moment to answer those who asked. */
  #answerAll(): void {
    for (const [connection, vector] of this.#waiting) {
      try {
        connection.send(answerFrame(this.#document.since(vector)));
      } catch {
        this.#refuse(connection, 'bad-request');
      }
    }
    this.#waiting.clear();
  }

  #sendCarets(connection: Connection): void {
    const carets = this.presence.all();
    if (carets) connection.sendPresence(carets);
  }

  #refuse(connection: Connection, code: ProblemCode): void {
    this.#deps.counts.closed(code);
    connection.close(code);
  }

  /** Memory may hold what the log does not: close everybody and read the log at the next open. */
  #fail(cause: unknown): void {
    const code = closeCodeFor(cause);
    if (code === null) this.#deps.log('A draft could not be saved.', cause);
    this.#deps.counts.failures += 1;
    for (const connection of this.connections) connection.close(code ?? 'failed');
    this.drop();
  }
}
