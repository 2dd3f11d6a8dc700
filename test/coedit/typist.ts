// A person with the draft open: a real y-websocket client that counts what it sent and hears what was saved.
import { DRAFT_ROOT, type DraftState, FRAME_SAVED, FRAME_SET_ASIDE, FRAME_STATE } from '@rejoinder/contracts/drafts';
import * as decoding from 'lib0/decoding';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';

export type Typist = {
  doc: Y.Doc;
  text: Y.Text;
  provider: WebsocketProvider;
  readonly sent: number;
  readonly saved: number;
  readonly state: DraftState | null;
  /** How often the server said that it keeps what came too late. */
  readonly setAside: number;
  /** How many sockets were opened so far; `sent` and `saved` count on the newest alone. */
  readonly sockets: number;
  /** Close codes in the order they came. */
  closes: number[];
  allSaved: () => boolean;
  carets: () => { name: string; userId: string; hue: number }[];
  leave: () => void;
};

/** Who the server takes this page for: a name for the gate of the loop's own tests, or real headers. */
export type As = string | { headers: Record<string, string> };

/** @param base `ws://host:port/yjs`, @param name `<roomId>/<draftId>.<generation>` */
export function typist(base: string, name: string, as: As, doc = new Y.Doc(), reconnect = true): Typist {
  let sent = 0;
  let saved = 0;
  let setAside = 0;
  let sockets = 0;
  let state: DraftState | null = null;
  const closes: number[] = [];
  class Counting extends WebSocket {
    constructor(url: string) {
      super(url, typeof as === 'string' ? {} : { headers: as.headers });
      sent = 0;
      saved = 0;
      sockets += 1;
    }
    override send(data: Uint8Array): void {
      if (data[0] === 0 && (data[1] === 1 || data[1] === 2)) sent += 1;
      super.send(data);
    }
  }
  const provider = new WebsocketProvider(base, name, doc, {
    WebSocketPolyfill: Counting as unknown as typeof globalThis.WebSocket,
    params: typeof as === 'string' ? { as } : {},
    disableBc: true,
    maxBackoffTime: 300,
    shouldReconnect: () => reconnect,
  });
  provider.messageHandlers[FRAME_SAVED] = (_encoder: unknown, decoder: decoding.Decoder) => {
    saved = decoding.readVarUint(decoder);
  };
  provider.messageHandlers[FRAME_STATE] = (_encoder: unknown, decoder: decoding.Decoder) => {
    state = JSON.parse(decoding.readVarString(decoder)) as DraftState;
  };
  provider.messageHandlers[FRAME_SET_ASIDE] = () => {
    setAside += 1;
  };
  provider.on('connection-close', (event) => {
    if (event) closes.push(event.code);
  });
  return {
    doc,
    text: doc.getText(DRAFT_ROOT),
    provider,
    closes,
    get sent() {
      return sent;
    },
    get saved() {
      return saved;
    },
    get sockets() {
      return sockets;
    },
    get setAside() {
      return setAside;
    },
    get state() {
      return state;
    },
    // On a line that is closing the provider still says that it is connected, and sends nothing any more.
    allSaved: () => provider.synced && provider.ws?.readyState === WebSocket.OPEN && sent === saved,
    carets: () =>
      [...provider.awareness.getStates()].flatMap(([id, said]) => (id === doc.clientID ? [] : [said.user as never])),
    leave: () => {
      provider.destroy();
      doc.destroy();
    },
  };
}

/** Waits until `what` is true; fails with `says` after `ms`. */
export async function until(what: () => boolean | Promise<boolean>, says: string, ms = 8_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await what())) {
    if (Date.now() > end) throw new Error(`Never came true: ${says}`);
    await new Promise((next) => setTimeout(next, 5));
  }
}
