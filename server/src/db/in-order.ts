// Hands on the commits of a room in the order of their seq, where the answers of two connections were read the other way round.

/**
 * What follows the last commit handed on goes at once. What does not waits for the answers that are there to be read already, one turn of the
 * loop, and then goes all the same: what came before it may be another process's, and who listens knows how to ask for it.
 */
export function inOrder<C extends Commit>(handOn: (commit: C) => void): (commit: C) => void {
  const rooms = new Map<string, { last: number; early: C[] }>();

  function pass(room: { last: number }, commit: C): void {
    room.last = Math.max(room.last, commit.events.at(-1)?.seq ?? 0);
    handOn(commit);
  }

  /** @param all whether to hand on what still does not follow, too */
  function flush(room: { last: number; early: C[] }, all: boolean): void {
    room.early.sort((a, b) => firstOf(a) - firstOf(b));
    while (room.early[0] && (all || firstOf(room.early[0]) <= room.last + 1)) pass(room, room.early.shift() as C);
  }

  return (commit) => {
    const room = rooms.get(commit.roomId) ?? { last: firstOf(commit) - 1, early: [] };
    rooms.set(commit.roomId, room);
    room.early.push(commit);
    flush(room, false);
    if (room.early.length > 0) setImmediate(() => flush(room, true));
  };
}

type Commit = { roomId: string; events: readonly { seq: number }[] };

const firstOf = ({ events }: Commit): number => events[0]?.seq ?? 0;
