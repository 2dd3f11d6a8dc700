// Sends a room's events in seq order without a gap: at once when the room was quiet, collected for a moment otherwise.
import type { RoomEvent } from '@rejoinder/contracts/events';

/** How long events are collected while a room is busy. Short enough to feel live, long enough to batch (performance.md). */
const WINDOW_MS = 50;
const LARGEST_BATCH = 200;

type RoomQueue = {
  sent: number;
  waiting: Map<number, RoomEvent>;
  timer: NodeJS.Timeout | null;
  lastSentAt: number;
  repairing: boolean;
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
 * @param send sends a run of events to everyone in the room
 */
export function createBatcher(
  head: (roomId: string) => Promise<number>,
  read: (roomId: string, since: number) => Promise<RoomEvent[]>,
  send: (roomId: string, events: RoomEvent[]) => void,
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
    if (run.length > 0) {
      queue.lastSentAt = performance.now();
      send(roomId, run);
    }
    if (queue.waiting.has(queue.sent + 1)) schedule(roomId, queue);
    else if (queue.waiting.size > 0) void repair(roomId, queue);
  }

  function schedule(roomId: string, queue: RoomQueue): void {
    if (queue.timer) return;
    const since = performance.now() - queue.lastSentAt;
    if (since >= WINDOW_MS) flush(roomId, queue);
    else queue.timer = setTimeout(() => flush(roomId, queue), WINDOW_MS - since);
  }

  /** Commits are heard in commit order per room, but a later one may be heard first: the missing ones are read. */
  async function repair(roomId: string, queue: RoomQueue): Promise<void> {
    if (queue.repairing) return;
    queue.repairing = true;
    try {
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (queue.waiting.has(queue.sent + 1)) return;
      for (const event of await read(roomId, queue.sent))
        if (event.seq > queue.sent) queue.waiting.set(event.seq, event);
    } catch {
      // The database is away; the next event or the client's own probe asks again.
    } finally {
      queue.repairing = false;
    }
    for (const seq of queue.waiting.keys()) if (seq <= queue.sent) queue.waiting.delete(seq);
    if (queue.waiting.has(queue.sent + 1)) schedule(roomId, queue);
  }

  return {
    hear(roomId, events) {
      const queue = rooms.get(roomId);
      if (!queue) return;
      for (const event of events) if (event.seq > queue.sent) queue.waiting.set(event.seq, event);
      schedule(roomId, queue);
    },
    async start(roomId) {
      if (rooms.has(roomId)) return;
      const queue: RoomQueue = {
        sent: Number.MAX_SAFE_INTEGER,
        waiting: new Map(),
        timer: null,
        lastSentAt: 0,
        repairing: false,
      };
      rooms.set(roomId, queue);
      // Until the head is known nothing heard is kept; whoever joins now reads it from the log.
      queue.sent = await head(roomId);
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
