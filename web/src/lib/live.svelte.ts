// One room, live: snapshot, then events in order without a gap, and an honest word about how current it is.
import { applyAll } from '@rejoinder/board/apply';
import type { CardView } from '@rejoinder/contracts/cards';
import type { RoomEvent } from '@rejoinder/contracts/events';
import { type Here, PROTOCOL, type WatchReply } from '@rejoinder/contracts/live';
import type { Actor } from '@rejoinder/contracts/people';
import type { Ability, Playbook } from '@rejoinder/contracts/playbooks';
import type { BoardState } from '@rejoinder/contracts/rooms';
import type { PlanSection } from '@rejoinder/playbook/render';
import { abilitiesOf, actorOf } from './actor.ts';
import { attempt, type Problem } from './api.ts';
import { whenDrawn } from './later.svelte.ts';
import { type LiveSocket, openLiveSocket } from './live-socket.ts';
import { noteInstant, serverInstant, serverNow } from './server-clock.ts';
import { session } from './session.svelte.ts';
import { onWakeUps } from './wake-ups.ts';
import { words } from './words.ts';

/**
 * loading: no snapshot yet. live: everything up to now is here. catching-up: asking for what was missed.
 * offline: the connection is lost. stale: nothing was heard for STALE_AFTER; what is shown may be wrong.
 */
export type LiveState = 'loading' | 'live' | 'catching-up' | 'offline' | 'stale';

const STALE_AFTER = 10_000;
/** Longer than the server's heartbeat, so that a quiet line is not asked for nothing. */
const PROBE_AFTER = 6_000;
const ANSWER_WITHIN = 3_500;

export class LiveRoom {
  readonly roomId: string;
  /** The board as folded so far. Raw: replaced whole at most once a frame; cards keep their identity. */
  board: BoardState | null = $state.raw(null);
  playbook: Playbook | null = $state.raw(null);
  /** The plan rendered in parts and its text, as route `playbook` answers them. */
  plan: { text: string; sections: readonly PlanSection[] } | null = $state.raw(null);
  state: LiveState = $state('loading');
  /** Since when the board is not known to be current; null while live. */
  since: string | null = $state(null);
  /** Why the room cannot be shown at all. */
  problem: Problem | null = $state.raw(null);
  here: Here['people'] = $state.raw([]);

  readonly ready = $derived(this.state === 'live');
  /** Why actions are off, in a sentence for the person; null when they are on. */
  readonly notReady = $derived(this.ready ? null : words.live[this.state]);
  /** The signed-in person as the playbook judges them. */
  readonly actor: Actor | null = $derived(actorOf(session.me, this.board));
  readonly abilities: ReadonlySet<Ability> = $derived(abilitiesOf(this.playbook, this.actor?.roles ?? []));

  #socket: LiveSocket | null = null;
  #connecting = false;
  #closed = false;
  #queue: RoomEvent[] = [];
  #frame = 0;
  #asking = false;
  #askAgain = false;
  #heardAt = 0;
  #askedWho = 0;
  #reloads = 0;
  #cardId: string | null = null;
  #readers = new Set<(events: readonly RoomEvent[]) => void>();
  #stop = () => {};

  constructor(roomId: string) {
    this.roomId = roomId;
  }

  can(ability: Ability): boolean {
    return this.abilities.has(ability);
  }

  card(cardId: string): CardView | null {
    return this.board?.cards[cardId] ?? null;
  }

  /** Milliseconds since the board was last known to be current. */
  age(): number {
    return this.#heardAt === 0 ? Number.POSITIVE_INFINITY : Math.max(0, serverNow() - this.#heardAt);
  }

  /** Calls back after each fold with the events that were applied; answers how to stop. */
  subscribe(reader: (events: readonly RoomEvent[]) => void): () => void {
    this.#readers.add(reader);
    return () => this.#readers.delete(reader);
  }

  /** Tells the others which card this person has open. */
  looking(cardId: string | null): void {
    this.#cardId = cardId;
    this.#socket?.emit('looking', { roomId: this.roomId, cardId });
  }

  /** Loads and follows the room until `close`. */
  async open(): Promise<void> {
    this.#stop = onWakeUps({ eachSecond: () => this.#checkAge(), back: () => void this.probe() });
    if (await this.#loadSnapshot()) whenDrawn(() => void this.#connect());
  }

  close(): void {
    this.#stop();
    this.#closed = true;
    cancelAnimationFrame(this.#frame);
    this.#socket?.disconnect();
    this.#socket = null;
    this.#readers.clear();
  }

  /** Makes sure the room is current: reconnects at once or asks for what was missed. */
  async probe(): Promise<void> {
    if (this.board === null) {
      if (await this.#loadSnapshot()) void this.#connect();
    } else if (this.#socket?.connected) await this.#catchUp();
    else this.#socket?.connect();
  }

  async #loadSnapshot(): Promise<boolean> {
    const params = { roomId: this.roomId };
    const plan = this.playbook === null ? this.#loadPlaybook() : null;
    const outcome = await attempt('board', { params });
    await plan;
    if (!outcome.ok) {
      if (outcome.problem?.code === 'offline' || this.board !== null) this.#lose('offline');
      else this.problem = outcome.problem ?? null;
      return false;
    }
    this.problem = null;
    const before = this.board;
    this.board = outcome.reply;
    this.#heardAt = serverNow();
    if (this.playbook === null || (before && !samePlan(before, this.board))) await this.#loadPlaybook();
    return true;
  }

  async #loadPlaybook(): Promise<void> {
    const outcome = await attempt('playbook', { params: { roomId: this.roomId } }, { quiet: this.board === null });
    if (!outcome.ok) return;
    this.playbook = outcome.reply.playbook as Playbook;
    this.plan = { text: outcome.reply.text, sections: outcome.reply.plan as PlanSection[] };
  }

  async #connect(): Promise<void> {
    if (this.#socket !== null) {
      if (!this.#socket.connected) this.#socket.connect();
      return;
    }
    if (this.#connecting) return;
    this.#connecting = true;
    const socket = await openLiveSocket().catch(() => null);
    this.#connecting = false;
    if (this.#closed) return void socket?.disconnect();
    if (socket === null) {
      this.#lose('offline');
      return void setTimeout(() => !this.#closed && this.#connect(), 1_000);
    }
    this.#socket = socket;
    socket.on('connect', () => {
      socket.io.engine.on('packet', () => this.#hear());
      void this.#catchUp();
    });
    socket.on('disconnect', (reason) => {
      this.#lose('offline');
      // The library does not come back by itself when the server hung up.
      if (reason === 'io server disconnect') setTimeout(() => this.#socket?.connect(), 400 + Math.random() * 800);
    });
    socket.on('connect_error', () => {
      this.#lose('offline');
      void this.#askWhoIsHere();
    });
    socket.on('events', (batch) => {
      if (batch.roomId === this.roomId) this.#take(batch.events);
    });
    socket.on('here', (here) => {
      if (here.roomId === this.roomId) this.here = here.people;
    });
    socket.on('bye', (bye) => {
      if (bye.code === 'signed-out') void session.ask().then((yes) => (yes ? this.probe() : undefined));
    });
  }

  /** A refused connection does not say why; an ended session is found out over HTTP, at most every ten seconds. */
  async #askWhoIsHere(): Promise<void> {
    if (session.asking || Date.now() - this.#askedWho < 10_000) return;
    this.#askedWho = Date.now();
    const outcome = await attempt('me', {});
    if (outcome.ok && !this.#socket?.connected) this.#socket?.connect();
  }

  #hear(): void {
    if (this.state === 'live') this.#heardAt = serverNow();
  }

  #lose(state: 'offline' | 'stale'): void {
    this.since ??= this.#heardAt === 0 ? serverInstant() : new Date(this.#heardAt).toISOString();
    if (this.state !== 'stale') this.state = state;
    if (state === 'offline') this.here = [];
  }

  #checkAge(): void {
    if (this.board === null) return;
    const age = this.age();
    if (age > STALE_AFTER && this.state !== 'live') this.#lose('stale');
    if (age > STALE_AFTER && this.state === 'offline') this.state = 'stale';
    if (age > PROBE_AFTER && this.#socket?.connected) void this.#catchUp();
  }

  /** Asks for everything after the last applied event, once at a time. */
  async #catchUp(): Promise<void> {
    const socket = this.#socket;
    if (this.board === null || !socket?.connected) return;
    this.#askAgain = this.#asking;
    if (this.#asking) return;
    this.#asking = true;
    if (this.state === 'offline' || this.state === 'loading') this.state = 'catching-up';
    this.#fold();
    const ask = { roomId: this.roomId, since: this.board.seq, protocol: PROTOCOL };
    const reply = await (socket.timeout(ANSWER_WITHIN).emitWithAck('watch', ask) as Promise<WatchReply>).catch(
      () => null,
    );
    this.#asking = false;
    if (reply === null) return this.#hangUp(socket);
    if (reply.kind === 'refused') return this.#refused(reply);
    if (reply.kind === 'reload' && !(await this.#reload())) return;
    if (reply.kind === 'events') this.#queue = [...reply.events, ...this.#queue];
    this.#heardAt = serverNow();
    this.state = this.#askAgain ? 'catching-up' : 'live';
    this.#fold();
    if (this.state === 'live') {
      this.since = null;
      this.#reloads = 0;
    } else await this.#catchUp();
    if (this.#cardId !== null) this.looking(this.#cardId);
  }

  /** Too far behind for events: the snapshot anew. Told so again and again, this page is older than the server. */
  async #reload(): Promise<boolean> {
    this.#askAgain = true;
    this.#reloads += 1;
    if (this.#reloads > 3) {
      this.#lose('stale');
      setTimeout(() => location.reload(), 5_000 + Math.random() * 10_000);
      return false;
    }
    return this.#loadSnapshot();
  }

  /** No answer in time: the line is dead even if nobody said so. */
  #hangUp(socket: LiveSocket): void {
    this.#lose('stale');
    socket.io.engine.close();
  }

  async #refused(reply: { code: string; says: string }): Promise<void> {
    if (reply.code === 'signed-out' && (await session.ask())) {
      this.#socket?.disconnect().connect();
      return;
    }
    this.#lose('offline');
    if (reply.code === 'not-found' || reply.code === 'not-allowed') {
      this.problem = reply;
      this.board = null;
    } else setTimeout(() => void this.#catchUp(), 3_000);
  }

  #take(events: readonly RoomEvent[]): void {
    this.#queue.push(...events);
    this.#hear();
    if (this.#frame !== 0 || this.#asking) return;
    if (document.hidden) this.#fold();
    else this.#frame = requestAnimationFrame(() => this.#fold());
  }

  /** Folds what is queued, in one go; a gap asks the server. */
  #fold(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const events = this.#queue;
    const before = this.board;
    if (before === null || events.length === 0) return;
    this.#queue = [];
    const { state, gap } = applyAll(before, events);
    const last = events[events.length - 1];
    if (last) noteInstant(last.at, Date.now());
    if (state !== before) this.#adopt(before, state, events);
    if (gap) {
      this.#askAgain = true;
      if (!this.#asking) void this.#catchUp();
    }
  }

  #adopt(before: BoardState, state: BoardState, events: readonly RoomEvent[]): void {
    this.board = state;
    const applied = events.filter((e) => e.seq > before.seq && e.seq <= state.seq);
    for (const reader of this.#readers) reader(applied);
    if (!samePlan(before, state)) void this.#loadPlaybook();
  }
}

const samePlan = (a: BoardState, b: BoardState): boolean =>
  a.room.playbook.id === b.room.playbook.id && a.room.playbook.version === b.room.playbook.version;
