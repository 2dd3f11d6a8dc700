// One open draft: the shared text, its connection, and what may be said about saving. Loaded only when a draft is opened.
import {
  DRAFT_LIMITS,
  DRAFT_ROOT,
  type DraftState,
  draftPath,
  FRAME_SAVED,
  FRAME_SET_ASIDE,
  FRAME_STATE,
} from '@rejoinder/contracts/drafts';
import * as decoding from 'lib0/decoding';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { countingSocket, SentCount } from './counting-socket.ts';
import { HueAwareness } from './hue-awareness.ts';
import { type SavedMark, savedMark } from './saved-mark.ts';
import { forgetUnsaved, keepUnsaved, readUnsaved } from './unsaved.ts';

type Where = { roomId: string; draftId: string; generation: number; userId: string };

/** Close codes after which trying again cannot help: asked too much, not allowed, started anew, too large, not valid. */
const FINAL = new Set([4400, 4401, 4403, 4404, 4409, 4413, 4422, 1009]);
const KEEP_AFTER_MS = 400;
/** The server says something every 10 s; silence for longer means a dead line (F35). */
const SILENT_MS = 22_000;
const LOOK_MS = 1_000;

export class DraftSession {
  readonly doc = new Y.Doc();
  readonly ytext = this.doc.getText(DRAFT_ROOT);
  readonly awareness = new HueAwareness(this.doc);
  readonly name: string;
  text = $state('');
  mark: SavedMark = $state('offline');
  state: DraftState | null = $state.raw(null);
  others: { userId: string; name: string; hue: number }[] = $state.raw([]);
  /** The code the server closed with for good; what was typed stays on the page. */
  closed: number | null = $state(null);
  /** The server keeps what came too late for the frozen text: this page starts from the server's text again. */
  setAside = $state(false);
  /** True once the server's text has been seen on this page. */
  loaded = $state(false);

  readonly #where: Where;
  readonly #provider: WebsocketProvider;
  readonly #count = new SentCount();
  #saved = 0;
  #keepTimer: ReturnType<typeof setTimeout> | undefined;
  #ended = false;
  #waitingSince: number | null = null;
  readonly #watch = setInterval(() => this.#look(), LOOK_MS);
  /** Something was typed here that no server has confirmed yet. */
  #dirty = false;

  constructor(where: Where) {
    this.#where = where;
    this.name = draftPath(where.roomId, where.draftId, where.generation);
    const base = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}`;
    this.#provider = new WebsocketProvider(base, this.name.slice(1), this.doc, {
      awareness: this.awareness,
      WebSocketPolyfill: countingSocket(this.#count),
      disableBc: true,
      connect: false,
      maxBackoffTime: 4_000,
      shouldReconnect: (event) => !FINAL.has(event.code),
    });
    this.#listen();
  }

  /** Brings back what an earlier page could not save, then connects. */
  async open(): Promise<void> {
    const kept = await readUnsaved(this.#where.userId, this.name);
    if (this.#ended) return;
    if (kept !== null) Y.applyUpdate(this.doc, kept, 'kept');
    this.#provider.connect();
  }

  get generation(): number {
    return this.#where.generation;
  }

  get editable(): boolean {
    return this.closed === null && (this.state === null || this.state.state === 'editable');
  }

  /** Whether leaving now would leave something unsaved behind. */
  get unsaved(): boolean {
    return this.text !== '' && (this.mark === 'saving' || this.mark === 'offline') && this.#dirty;
  }

  reconnect(): void {
    this.closed = null;
    this.#provider.connect();
  }

  /** Forgets what this browser kept of the draft: the next page starts from the server's text. */
  async discard(): Promise<void> {
    this.#ended = true;
    clearTimeout(this.#keepTimer);
    await forgetUnsaved(this.#where.userId, this.name);
  }

  close(): void {
    this.#ended = true;
    clearTimeout(this.#keepTimer);
    clearInterval(this.#watch);
    this.#provider.destroy();
    this.awareness.destroy();
    this.doc.destroy();
  }

  #listen(): void {
    const provider = this.#provider;
    this.#count.onchange = () => this.#judge();
    provider.messageHandlers[FRAME_SAVED] = (_e: unknown, decoder: decoding.Decoder) => {
      this.#saved = decoding.readVarUint(decoder);
      this.#judge();
    };
    provider.messageHandlers[FRAME_STATE] = (_e: unknown, decoder: decoding.Decoder) => {
      this.state = JSON.parse(decoding.readVarString(decoder)) as DraftState;
      this.#judge();
    };
    provider.messageHandlers[FRAME_SET_ASIDE] = () => {
      this.setAside = true;
    };
    provider.on('sync', (synced: boolean) => {
      if (synced) this.loaded = true;
      this.#judge();
    });
    provider.on('status', ({ status }: { status: string }) => {
      if (status === 'connecting') this.#saved = 0;
      this.#judge();
    });
    provider.on('closed', ({ code }: { code: number }) => {
      this.closed = code;
    });
    this.doc.on('update', (_update: Uint8Array, origin: unknown) => {
      this.text = this.ytext.toString();
      if (origin === provider) return;
      this.#dirty = true;
      this.#judge();
    });
    this.awareness.on('change', () => {
      this.others = this.awareness.others(this.#where.userId);
    });
  }

  /** A line that went dead without saying so is cut, so that the provider makes a new one. */
  #look(): void {
    const { wsconnected, wsLastMessageReceived } = this.#provider;
    if (wsconnected && Date.now() - wsLastMessageReceived > SILENT_MS) {
      this.#provider.disconnect();
      this.#provider.connect();
    }
    this.#judge();
  }

  #judge(): void {
    const { sent } = this.#count;
    const state = this.state?.state ?? null;
    const now = Date.now();
    this.#waitingSince = sent === this.#saved ? null : (this.#waitingSince ?? now);
    const waiting = this.#waitingSince === null ? 0 : now - this.#waitingSince;
    const { synced, ws } = this.#provider;
    const open = ws?.readyState === WebSocket.OPEN;
    this.mark = savedMark({ synced, open, sent, saved: this.#saved, state, waiting });
    if (this.mark === 'saved' && this.#dirty) {
      this.#dirty = false;
      clearTimeout(this.#keepTimer);
      this.#keepTimer = undefined;
      void forgetUnsaved(this.#where.userId, this.name);
    } else if (this.#dirty && this.#keepTimer === undefined) {
      this.#keepTimer = setTimeout(() => this.#keep(), KEEP_AFTER_MS);
    }
  }

  /** Puts away what the server has not confirmed, so that a reload or a crash does not lose it. */
  #keep(): void {
    this.#keepTimer = undefined;
    if (!this.#dirty || this.#ended) return;
    const all = Y.encodeStateAsUpdate(this.doc);
    if (all.byteLength <= DRAFT_LIMITS.stateBytes) void keepUnsaved(this.#where.userId, this.name, all);
  }
}
