// Sends a room's events in seq order without a gap: at once when the room was quiet, collected for a moment otherwise.
import type { RoomEvent } from '@rejoinder/contracts/events';

/** How long events are collected at most while a room is busy. Short enough to feel live, long enough to batch (performance.md). */
const WINDOW_MS = 50;
/** Sending is dear in a full room only: every so many sockets make the window a millisecond longer. */
const SOCKETS_A_MS = 8;
const LARGEST_BATCH = 200;
/** How long a gap is given to close by itself before the log is read, and before a failed reading is tried again. */
const GAP_MS = 20;
const RETRY_MS = 1000;

/** The head is not known yet. */
const UNKNOWN = -1;

type RoomQueue = {
  sent: number;
  waiting: Map<number, RoomEvent>;
  timer: NodeJS.Timeout | null;
  lastSentAt: number;
  /** A batch is on its way; the next one follows when every board has it. */
  sending: boolean;
  repairing: boolean;
  /** Settled once the head is known; until then what is heard waits. */
  ready: Promise<void>;
};

export type Batcher = {
  hear: (roomId: string, events: RoomEvent[]) => void;
  start: (roomId: string) => Promise<void>;
  forget: (roomId: string) => void;
  stop: () => void;
};

/**
 * @param head the seq of the newest committed event
 * @param read reads committed events after a seq, for what was not heard in order
 * @param send sends a run of events to everyone in the room; null when everybody has it already
 * @param sockets how many there are in the room
 */
export function createBatcher(
  head: (roomId: string) => Promise<number>,
  read: (roomId: string, since: number) => Promise<RoomEvent[]>,
  send: (roomId: string, events: RoomEvent[]) => Promise<void> | null,
  sockets: (roomId: string) => number,
): Batcher {
  const rooms = new Map<string, RoomQueue>();

  function flush(roomId: string, queue: RoomQueue): void {
    queue.timer = null;
    const run: RoomEvent[] = [];
    for (
      let next = queue.waiting.get(queue.sent + 1);
      next && run.length < LARGEST_BATCH;
      next = queue.waiting.get(queue.sent + 1)
    ) {
      run.push(next);
      queue.waiting.delete(next.seq);
      queue.sent = next.seq;
    }
    if (run.length > 0) queue.lastSentAt = performance.now();
    const sending = run.length > 0 ? send(roomId, run) : null;
    if (!sending) goOn(roomId, queue);
    else {
      queue.sending = true;
      const sent = (): void => {
        queue.sending = false;
        if (rooms.get(roomId) === queue) goOn(roomId, queue);
      };
      // A board that missed it sees the gap at the next batch, and reads the log.
      sending.then(sent, sent);
    }
  }

  function goOn(roomId: string, queue: RoomQueue): void {
    if (queue.waiting.has(queue.sent + 1)) schedule(roomId, queue);
    else if (queue.waiting.size > 0) void repair(roomId, queue);
  }

  function schedule(roomId: string, queue: RoomQueue): void {
    if (queue.timer || queue.sending) return;
    const since = performance.now() - queue.lastSentAt;
    const window = Math.min(WINDOW_MS, sockets(roomId) / SOCKETS_A_MS);
    if (since >= window) flush(roomId, queue);
    else queue.timer = setTimeout(() => flush(roomId, queue), window - since);
  }

  /** Commits are heard in commit order per room, but a later one may be heard first: the missing ones are read. */
  async function repair(roomId: string, queue: RoomQueue, after = GAP_MS): Promise<void> {
    if (queue.repairing) return;
    queue.repairing = true;
    let failed = false;
    try {
      await new Promise((resolve) => setTimeout(resolve, after));
      if (rooms.get(roomId) === queue && !queue.waiting.has(queue.sent + 1))
        for (const event of await read(roomId, queue.sent)) queue.waiting.set(event.seq, event);
    } catch {
      // The database is away: asked again in a moment, since no further event may come to remind us.
      failed = true;
    } finally {
      queue.repairing = false;
    }
    if (rooms.get(roomId) !== queue) return;
    for (const seq of queue.waiting.keys()) if (seq <= queue.sent) queue.waiting.delete(seq);
    if (queue.waiting.has(queue.sent + 1)) schedule(roomId, queue);
    else if (failed && queue.waiting.size > 0) void repair(roomId, queue, RETRY_MS);
  }

  async function findHead(roomId: string, queue: RoomQueue): Promise<void> {
    const seq = await head(roomId);
    queue.sent = seq;
    for (const heard of queue.waiting.keys()) if (heard <= seq) queue.waiting.delete(heard);
    if (queue.waiting.size > 0 && rooms.get(roomId) === queue) schedule(roomId, queue);
  }

  return {
    hear(roomId, events) {
      const queue = rooms.get(roomId);
      if (!queue) return;
      for (const event of events) if (event.seq > queue.sent) queue.waiting.set(event.seq, event);
      if (queue.sent >= 0) schedule(roomId, queue);
    },
    async start(roomId) {
      const known = rooms.get(roomId);
      if (known) return known.ready;
      const queue: RoomQueue = {
        sent: UNKNOWN,
        waiting: new Map(),
        timer: null,
        lastSentAt: 0,
        sending: false,
        repairing: false,
        ready: Promise.resolve(),
      };
      rooms.set(roomId, queue);
      queue.ready = findHead(roomId, queue);
      queue.ready.catch(() => {
        if (rooms.get(roomId) === queue) rooms.delete(roomId);
      });
      return queue.ready;
    },
    forget(roomId) {
      const queue = rooms.get(roomId);
      if (queue?.timer) clearTimeout(queue.timer);
      rooms.delete(roomId);
    },
    stop() {
      for (const roomId of [...rooms.keys()]) this.forget(roomId);
    },
  };
}
