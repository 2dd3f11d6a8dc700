// One open draft: queue, apply, append, commit, then tell the others, then "saved". What is not committed is never served (D1, I1).
import { DRAFT_LIMITS, type DraftState } from '@rejoinder/contracts/drafts';
import { UpdateFault } from './check-update.ts';
import type { Connection } from './connection.ts';
import { DraftDocument } from './draft-document.ts';
import type { DraftAuthors, DraftKey } from './draft-store.ts';
import { closeCodeFor, codeOf } from './fault-codes.ts';
import { Presence } from './presence.ts';
import { type Entry, type RoomDeps, refuse, takeTurn } from './taking.ts';
import { answerFrame, askFrame, readFrame, updateFrame } from './wire.ts';

/** After this long without what an update builds on, the socket is asked again; after the second, cut. */
const ASK_AGAIN_MS = 2_000;
const GIVE_UP_MS = 10_000;
const COMPACT_ROWS = 1_000; // after which the log is folded even while people type
const QUEUED_BYTES = 8 * 1024 * 1024; // that may wait for the write in flight

/** As often a write is tried anew because other processes wrote in between; then everybody comes back and reads. */
const MOST_BEHIND = 20;

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
  /** The newest row another process told of. */
  #heard = 0;
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
      refuse(this.#deps, connection, cause instanceof UpdateFault ? cause.code : 'bad-request');
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
      if (waited >= GIVE_UP_MS) refuse(this.#deps, connection, 'resync');
      else if (waited >= ASK_AGAIN_MS) connection.send(askFrame(this.#document.vector()));
    }
  }

  /** Another process committed row `n`: it is read when its turn comes. */
  hear(n: number): void {
    if (this.gone || n <= this.#document.n) return;
    this.#heard = Math.max(this.#heard, n);
    this.#wake();
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
    this.#wake();
  }

  #wake(): void {
    this.#writing ??= this.#write().finally(() => {
      this.#writing = null;
    });
  }

  async #write(): Promise<void> {
    try {
      while ((this.#pending.length > 0 || this.#heard > this.#document.n) && !this.gone) {
        if (this.#heard > this.#document.n) await this.#catchUp();
        const batch = this.#pending;
        this.#pending = [];
        this.#queuedBytes = 0;
        const isWhole = await this.#writeBatch(batch);
        this.#answerAll();
        // The first comes in the same round of the loop as what was just read; everybody else's turn is before the second.
        if (!isWhole) await new Promise((next) => setImmediate(() => setImmediate(next)));
        if (this.#document.rowsSinceCompaction > COMPACT_ROWS) void this.compact();
      }
    } catch (cause) {
      this.#fail(cause);
    }
  }

  /** False when the turn was over before the batch was. */
  async #writeBatch(batch: Entry[]): Promise<boolean> {
    const turn = takeTurn({ key: this.key, document: this.#document, deps: this.#deps }, batch);
    if (turn.kind === 'poisoned') {
      await this.#readAnew(batch, turn.culprit);
      return true;
    }
    const { fresh, saved, writers, authors, left } = turn;
    for (const { update } of left) this.#queuedBytes += update.byteLength;
    this.#pending = [...left, ...this.#pending];
    if (fresh) {
      const started = performance.now();
      this.#appending = true;
      const n = await this.#append(fresh, authors).finally(() => {
        this.#appending = false;
      });
      this.#document.n = n;
      this.#document.rowsSinceCompaction += 1;
      this.#tell(fresh, (connection) => !(writers.size === 1 && writers.has(connection)));
      this.#deps.counts.wrote(performance.now() - started, batch.length - left.length);
      this.#deps.fanOut.grew(this.key, n);
    }
    for (const [connection, index] of saved) connection.acknowledge(index);
    return left.length === 0;
  }

  /** Where another process wrote first nothing was written: their rows are read, and the text as it is with them is written (CO-23). */
  async #append(update: Uint8Array, authors: DraftAuthors): Promise<number> {
    for (let behind = 0; ; behind++) {
      try {
        const { n, text } = this.#document;
        return (await this.#deps.store.append(this.key, { update, text, authors, after: n })).n;
      } catch (cause) {
        if (codeOf(cause) !== 'resync' || behind >= MOST_BEHIND) throw cause;
        await this.#catchUp();
      }
    }
  }

  /** Takes in the rows other processes committed, and shows them to everybody here. */
  async #catchUp(): Promise<void> {
    const heard = this.#heard;
    const missed = await this.#deps.store.load(this.key, this.#document.n);
    const fresh = this.#document.takeRows(missed);
    // What was heard of meanwhile may not have been read.
    if (this.#heard === heard) this.#heard = 0;
    if (fresh) this.#tell(fresh, () => true);
  }

  #tell(update: Uint8Array, hears: (connection: Connection) => boolean): void {
    const frame = updateFrame(update);
    for (const connection of this.connections) if (hears(connection)) connection.sendUpdate(update, frame);
  }

  /** Reads the document from the log again, without the update that broke it, and takes the rest once more. */
  async #readAnew(batch: Entry[], culprit: Connection): Promise<void> {
    refuse(this.#deps, culprit, 'not-valid');
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
        refuse(this.#deps, connection, 'bad-request');
      }
    }
    this.#waiting.clear();
  }

  #sendCarets(connection: Connection): void {
    const carets = this.presence.all();
    if (carets) connection.sendPresence(carets);
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
