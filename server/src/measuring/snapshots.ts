// Snapshots ready to send: the board of a room as JSON, made once for each seq however many pages ask for it.
import type { BoardState } from '@rejoinder/contracts/rooms';
import { type Packed, packed } from '../packed.ts';

/** Rooms whose snapshot is kept; a big board is about two megabytes. */
const KEPT = 16;

export type Snapshot = Packed & { seq: number };
export type Snapshots = { read: (roomId: string) => Promise<Snapshot> };

/**
 * What a snapshot shows is a function of its seq (EV-2), so an unchanged seq means an unchanged board. Pages that ask while one
 * is being made share it, as long as it is not older than what they would have read themselves.
 */
export function createSnapshots(
  seqOf: (roomId: string) => Promise<number>,
  readBoard: (roomId: string) => Promise<BoardState>,
): Snapshots {
  const kept = new Map<string, Snapshot>();
  const making = new Map<string, Promise<Snapshot>>();

  function make(roomId: string): Promise<Snapshot> {
    const made = readBoard(roomId)
      .then(async (board) => ({ seq: board.seq, ...(await packed(board)) }))
      .then((snapshot) => {
        if ((kept.get(roomId)?.seq ?? -1) <= snapshot.seq) keep(roomId, snapshot);
        return snapshot;
      })
      .finally(() => {
        if (making.get(roomId) === made) making.delete(roomId);
      });
    making.set(roomId, made);
    return made;
  }
  function keep(roomId: string, snapshot: Snapshot): void {
    kept.delete(roomId);
    kept.set(roomId, snapshot);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  }
  return {
    async read(roomId) {
      const seq = await seqOf(roomId);
      const ready = kept.get(roomId);
      if (ready?.seq === seq) return ready;
      const shared = await making.get(roomId)?.catch(() => undefined);
      return shared && shared.seq >= seq ? shared : make(roomId);
    },
  };
}
