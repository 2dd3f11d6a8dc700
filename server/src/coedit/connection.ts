// One person's socket on one draft: what it may do, what was acknowledged, and a bounded outgoing queue (D9).
import { DRAFT_LIMITS, type DraftState } from '@rejoinder/contracts/drafts';
import type { Actor } from '@rejoinder/contracts/people';
import { PROBLEMS, type ProblemCode } from '@rejoinder/contracts/problems';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import type { DraftKey } from './draft-store.ts';
import { savedFrame, stateFrame, updateFrame } from './wire.ts';
import type { WorkBudget } from './work-budget.ts';

/** Who is at the other end, as the gate found them. */
export type Visitor = { actor: Actor; hue: number; key: DraftKey; sessionId: string };

/** Milliseconds a closing socket may take to say goodbye before it is cut. */
const GOODBYE_MS = 2_000;
const ASKS_PER_WINDOW = 20;
const WINDOW_MS = 10_000;

export class Connection {
  readonly visitor: Visitor;
  readonly ws: WebSocket;
  state: DraftState;
  /** Update frames received, and how many of them (a prefix) are committed or covered by a committed one. */
  received = 0;
  saved = 0;
  /** Some frame was not taken: nothing more is, until the client has sent all it has. */
  lost: { since: number } | null = null;
  /** The Yjs client id this socket announced. */
  clientId: number | null = null;
  /** In a frozen draft: it owes the answer to a question for all it has. */
  askedForAll = false;
  alive = true;
  revoked = false;
  #backlog: Uint8Array[] = [];
  #backlogBytes = 0;
  #asks: number[] = [];
  readonly #budget: WorkBudget;

  constructor(visitor: Visitor, state: DraftState, ws: WebSocket, budget: WorkBudget) {
    this.#budget = budget;
    this.visitor = visitor;
    this.state = state;
    this.ws = ws;
  }

  get open(): boolean {
    return this.ws.readyState === WebSocket.OPEN;
  }

  get queuedBytes(): number {
    return this.ws.bufferedAmount + this.#backlogBytes;
  }

  /** Sends a frame that must arrive. A reader too far behind is cut: it comes back and catches up. */
  send(frame: Uint8Array): void {
    if (!this.open) return;
    if (this.queuedBytes + frame.byteLength > DRAFT_LIMITS.queueHardBytes) {
      this.close('resync');
      return;
    }
    this.ws.send(frame, () => this.#drain());
  }

  /** Sends an update; behind the soft cap updates are kept and merged instead of queued. `frame` is `update` framed once for all. */
  sendUpdate(update: Uint8Array, frame: Uint8Array): void {
    if (!this.open) return;
    if (this.#backlog.length === 0 && this.ws.bufferedAmount <= DRAFT_LIMITS.queueSoftBytes) {
      this.send(frame);
      return;
    }
    this.#backlog.push(update);
    this.#backlogBytes += update.byteLength;
    if (this.queuedBytes > DRAFT_LIMITS.queueHardBytes) this.close('resync');
  }

  /** Sends presence, which may be dropped: the next one says it again. */
  sendPresence(frame: Uint8Array): void {
    if (this.open && this.queuedBytes <= DRAFT_LIMITS.queueSoftBytes) this.send(frame);
  }

  acknowledge(count: number): void {
    if (count <= this.saved) return;
    this.saved = count;
    this.send(savedFrame(count));
  }

  setState(state: DraftState): void {
    if (state.state === this.state.state && state.says === this.state.says) return;
    this.state = state;
    this.tellState();
  }

  tellState(): void {
    this.send(stateFrame(this.state));
  }

  /** Whether the client may ask for the whole state once more; asking is cheap for it and not for us. */
  mayAsk(now: number): boolean {
    this.#asks = this.#asks.filter((at) => now - at < WINDOW_MS);
    this.#asks.push(now);
    return this.#asks.length <= ASKS_PER_WINDOW;
  }

  /** Counts work done for this socket against what its person may cost. */
  charge(ms: number): void {
    this.#budget.charge(ms);
  }

  close(code: ProblemCode | 'restart' | 'failed'): void {
    this.#backlog = [];
    this.#backlogBytes = 0;
    if (this.ws.readyState >= WebSocket.CLOSING) return;
    if (code === 'restart') this.ws.close(1012, 'The server restarts.');
    else if (code === 'failed') this.ws.close(1011, 'Saving failed.');
    else this.ws.close(PROBLEMS[code].close, code);
    setTimeout(() => this.ws.terminate(), GOODBYE_MS).unref();
  }

  #drain(): void {
    if (this.#backlog.length === 0 || !this.open || this.ws.bufferedAmount > DRAFT_LIMITS.queueSoftBytes / 2) return;
    const merged = Y.mergeUpdates(this.#backlog);
    this.#backlog = [];
    this.#backlogBytes = 0;
    this.send(updateFrame(merged));
  }
}
