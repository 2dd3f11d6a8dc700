// Every open draft of this process: opens and unloads them, pushes states, closes sockets, pings, shuts down.
import type { DraftState } from '@rejoinder/contracts/drafts';
import type { ProblemCode } from '@rejoinder/contracts/problems';
import type { WebSocket } from 'ws';
import { Connection, type Visitor } from './connection.ts';
import { DraftDocument } from './draft-document.ts';
import { type DraftFanOut, fanOutHere } from './draft-fan-out.ts';
import { DraftRoom } from './draft-room.ts';
import { type DraftKey, type DraftStore, keyOf } from './draft-store.ts';
import { LoopCounts, type LoopMetrics } from './loop-counts.ts';
import { savedFrame } from './wire.ts';
import { WorkBudget } from './work-budget.ts';

/** Which sockets are meant; what is left out matches all. */
export type Which = { roomId?: string; draftId?: string; generation?: number; userId?: string; sessionId?: string };

/** Someone on the way in: admitted, the draft loaded or loading, not yet upgraded. */
export type Entrant = { visitor: Visitor; state: DraftState; room: DraftRoom | null; refused: ProblemCode | null };

export type DraftRoomsOptions = {
  store: DraftStore;
  /** How other processes on the same database are told and heard; alone where left out. */
  fanOut?: DraftFanOut;
  now?: () => number;
  log?: (says: string, cause: unknown) => void;
  pingMs?: number;
  /** How long an empty draft stays in memory. */
  idleMs?: number;
};

const SOCKETS_PER_PERSON = 32;

export class DraftRooms {
  readonly #rooms = new Map<string, Promise<DraftRoom>>();
  readonly #open = new Set<DraftRoom>();
  readonly #entrants = new Set<Entrant>();
  readonly #idle = new Map<DraftRoom, NodeJS.Timeout>();
  readonly #counts = new LoopCounts();
  readonly #options: Required<DraftRoomsOptions>;
  readonly #timers: NodeJS.Timeout[];
  readonly #budgets = new Map<string, WorkBudget>();
  readonly #unlisten: () => void;
  #closing = false;

  constructor(options: DraftRoomsOptions) {
    const log = (says: string, cause: unknown): void => console.error(says, cause);
    this.#options = { now: Date.now, log, pingMs: 10_000, idleMs: 5_000, fanOut: fanOutHere()(), ...options };
    this.#unlisten = this.#options.fanOut.listen((heard, n) => {
      void this.#rooms.get(keyOf(heard))?.then(
        (room) => room.hear(n),
        () => undefined,
      );
    });
    this.#timers = [setInterval(() => this.#ping(), this.#options.pingMs), setInterval(() => this.#nag(), 1_000)];
    for (const timer of this.#timers) timer.unref();
  }

  /** Loads the draft for someone the gate admitted. Throws what the store throws; the caller answers before the upgrade. */
  async enter(visitor: Visitor, state: DraftState): Promise<Entrant> {
    const entrant: Entrant = { visitor, state, room: null, refused: this.#closing ? 'not-ready' : null };
    if (this.#countOf(visitor.actor.id) >= SOCKETS_PER_PERSON) entrant.refused = 'too-many';
    if (entrant.refused) return entrant;
    this.#entrants.add(entrant);
    try {
      entrant.room = await this.#room(visitor.key);
      this.#stay(entrant.room);
    } catch (cause) {
      this.#entrants.delete(entrant);
      throw cause;
    }
    return entrant;
  }

  /** Gives up an entry that never became a socket. */
  abandon(entrant: Entrant): void {
    this.#entrants.delete(entrant);
    if (entrant.room) this.#rest(entrant.room);
  }

  /** Joins an entrant's new socket to its draft. Handlers are on before the first byte is read. */
  open(entrant: Entrant, ws: WebSocket): void {
    this.#entrants.delete(entrant);
    const budget = this.#budgetOf(entrant.visitor.actor.id);
    const connection = new Connection(entrant.visitor, entrant.state, ws, budget);
    const { room } = entrant;
    ws.on('error', () => ws.terminate());
    if (!room || room.gone || entrant.refused || this.#closing) {
      connection.close(entrant.refused ?? (this.#closing ? 'restart' : 'resync'));
      if (room) this.#rest(room);
      return;
    }
    ws.on('message', (data, isBinary) => {
      connection.alive = true;
      if (!connection.open || connection.revoked) return;
      if (isBinary && data instanceof Uint8Array) room.receive(connection, data);
      else connection.close('bad-request');
    });
    ws.on('pong', () => {
      connection.alive = true;
    });
    budget.join(ws);
    ws.on('close', () => {
      budget.leave(ws);
      room.leave(connection);
      this.#rest(room);
    });
    this.#stay(room);
    room.join(connection);
  }

  /** Pushes a new state to sockets; a function may answer differently for each person. */
  setState(which: Which, state: DraftState | ((visitor: Visitor) => DraftState)): void {
    const of = (visitor: Visitor): DraftState => (typeof state === 'function' ? state(visitor) : state);
    for (const entrant of this.#entrants) if (matches(which, entrant.visitor)) entrant.state = of(entrant.visitor);
    for (const room of this.#open)
      for (const connection of [...room.connections])
        if (matches(which, connection.visitor)) room.setState(connection, of(connection.visitor));
  }

  /** Closes sockets, and those on their way in. What they sent and was not taken yet is not taken any more. */
  closeFor(which: Which, code: ProblemCode): void {
    for (const entrant of this.#entrants) if (matches(which, entrant.visitor)) entrant.refused = code;
    for (const room of this.#open)
      for (const connection of [...room.connections])
        if (matches(which, connection.visitor)) {
          connection.revoked = true;
          this.#counts.closed(code);
          connection.close(code);
        }
  }

  /** Everyone with a socket, for the sweep that closes those who lost their rights. */
  visitors(): Visitor[] {
    return [...this.#open].flatMap((room) => [...room.connections].map((connection) => connection.visitor));
  }

  metrics(): LoopMetrics {
    let connections = 0;
    for (const room of this.#open) connections += room.connections.size;
    return this.#counts.read(this.#open.size, connections);
  }

  /** Finishes what is being written, says goodbye to everyone, and unloads. */
  async shutdown(): Promise<void> {
    this.#closing = true;
    this.#unlisten();
    for (const timer of this.#timers) clearInterval(timer);
    const rooms = [...this.#open];
    await Promise.allSettled(rooms.map((room) => room.settle()));
    for (const room of rooms) for (const connection of room.connections) connection.close('restart');
    await Promise.allSettled(rooms.map((room) => room.compact()));
    for (const room of rooms) room.drop();
  }

  #room(key: DraftKey): Promise<DraftRoom> {
    const name = keyOf(key);
    const known = this.#rooms.get(name);
    if (known) return known;
    const { store, fanOut, now, log } = this.#options;
    const loading = store.load(key).then((loaded) => {
      const deps = { store, fanOut, now, log, counts: this.#counts };
      const room = new DraftRoom(key, new DraftDocument(loaded), deps, (gone) => this.#forget(gone));
      this.#open.add(room);
      return room;
    });
    this.#rooms.set(name, loading);
    loading.catch(() => {
      if (this.#rooms.get(name) === loading) this.#rooms.delete(name);
    });
    return loading;
  }

  #stay(room: DraftRoom): void {
    clearTimeout(this.#idle.get(room));
    this.#idle.delete(room);
  }

  /** When the last person has left: fold the log, and after a while forget the text. */
  #rest(room: DraftRoom): void {
    if (room.gone || room.connections.size > 0 || this.#closing) return;
    this.#stay(room);
    const timer = setTimeout(() => void this.#unload(room), this.#options.idleMs);
    timer.unref();
    this.#idle.set(room, timer);
  }

  async #unload(room: DraftRoom): Promise<void> {
    const awaited = (): boolean =>
      room.connections.size > 0 || [...this.#entrants].some(({ visitor }) => keyOf(visitor.key) === keyOf(room.key));
    await room.settle();
    await room.compact();
    if (!awaited()) room.drop();
  }

  #forget(room: DraftRoom): void {
    this.#stay(room);
    this.#open.delete(room);
    this.#rooms.delete(keyOf(room.key));
  }

  /** A socket that missed a whole ping round is dead. The saved count goes with the ping, so that a quiet client hears us too. */
  #ping(): void {
    for (const room of this.#open)
      for (const connection of room.connections) {
        if (!connection.alive) {
          connection.ws.terminate();
          continue;
        }
        connection.alive = false;
        if (!connection.open) continue;
        connection.ws.ping();
        connection.send(savedFrame(connection.saved));
      }
  }

  #nag(): void {
    for (const [userId, budget] of this.#budgets) if (!budget.isNeeded) this.#budgets.delete(userId);
    for (const room of this.#open) room.nag();
  }

  /** One for all sockets of a person; it outlives them while something is owed (CO-22). */
  #budgetOf(userId: string): WorkBudget {
    const budget = this.#budgets.get(userId) ?? new WorkBudget();
    this.#budgets.set(userId, budget);
    return budget;
  }

  #countOf(userId: string): number {
    let count = 0;
    for (const room of this.#open) for (const c of room.connections) if (c.visitor.actor.id === userId) count += 1;
    return count;
  }
}

const matches = (which: Which, { key, actor, sessionId }: Visitor): boolean =>
  (which.roomId === undefined || which.roomId === key.roomId) &&
  (which.draftId === undefined || which.draftId === key.draftId) &&
  (which.generation === undefined || which.generation === key.generation) &&
  (which.userId === undefined || which.userId === actor.id) &&
  (which.sessionId === undefined || which.sessionId === sessionId);
