// Sends a packet to every board of a room: framed and packed once, and to a slice of the boards at a time, so that the process can do other work in between.

/** A board's end of the line. */
export type Line = {
  /** Bytes that wait for its reader. */
  queued: () => number;
  write: (packet: Packet) => void;
  cut: () => void;
};

/** `text` is the packet as engine.io knows it, `frame` the same as bytes on the wire, `packed` those for who can unpack them. */
export type Packet = { text: string; frame: Buffer; packed: Buffer };

/** A reader this far behind is cut off and told to come back; memory stays bounded (D9). */
const QUEUE_HARD_BYTES = 1024 * 1024;
/** How long a slice may hold the process. */
const SLICE_MS = 5;

/**
 * @param boards who is in the room now
 * @param lineOf the line of a board that is still in the room
 * @returns null when everybody has it already, else what settles once they do
 */
export function broadcast(
  packet: Packet,
  boards: Iterable<string>,
  lineOf: (board: string) => Line | undefined,
): Promise<void> | null {
  // Who joins from now on reads the log and has these events from there.
  const left = [...boards];
  let next = 0;
  const slice = (): boolean => {
    const until = performance.now() + SLICE_MS;
    while (next < left.length) {
      // Whoever has left meanwhile gets nothing more.
      const line = lineOf(left[next++] ?? '');
      if (line && line.queued() > QUEUE_HARD_BYTES) line.cut();
      else line?.write(packet);
      if (performance.now() > until) break;
    }
    return next >= left.length;
  };
  if (slice()) return null;
  return new Promise((resolve, reject) => {
    const goOn = (): void => {
      try {
        if (slice()) resolve();
        else setImmediate(goOn);
      } catch (error) {
        reject(error);
      }
    };
    setImmediate(goOn);
  });
}
