// A WebSocket that counts the frames with content it sent, so that "saved" can be compared with what the server says (frame 4).

const SYNC = 0;
const STEP_2 = 1;
const UPDATE = 2;

/** Frames of one connection that carry content: sync step 2 and update. */
export class SentCount {
  sent = 0;
  onchange: () => void = () => undefined;
}

/** A WebSocket class for the provider that counts into `count`, from nothing at each new connection. */
export function countingSocket(count: SentCount): typeof WebSocket {
  return class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      count.sent = 0;
      count.onchange();
    }
    override send(data: Parameters<WebSocket['send']>[0]): void {
      super.send(data);
      if (!(data instanceof Uint8Array) || data[0] !== SYNC) return;
      if (data[1] !== STEP_2 && data[1] !== UPDATE) return;
      count.sent += 1;
      count.onchange();
    }
  };
}
