// Who is here: built by the server from sessions alone, told to a room at most four times a second.
import type { Here } from '@rejoinder/contracts/live';
import type { Member } from '../http/gate.ts';

const WINDOW_MS = 250;

type Someone = { userId: string; name: string; hue: number; cardId: string | null };

export type Presence = {
  enter: (roomId: string, socketId: string, member: Member) => void;
  look: (roomId: string, socketId: string, cardId: string | null) => void;
  leave: (roomId: string, socketId: string) => void;
  stop: () => void;
};

export function createPresence(tell: (roomId: string, here: Here) => void): Presence {
  const rooms = new Map<string, Map<string, Someone>>();
  const timers = new Map<string, NodeJS.Timeout>();

  function soon(roomId: string): void {
    if (timers.has(roomId)) return;
    timers.set(
      roomId,
      setTimeout(() => {
        timers.delete(roomId);
        tell(roomId, { roomId, people: onePerPerson(rooms.get(roomId)?.values() ?? []) });
      }, WINDOW_MS),
    );
  }

  return {
    enter(roomId, socketId, { id, name, hue }) {
      const people = rooms.get(roomId) ?? new Map<string, Someone>();
      rooms.set(roomId, people.set(socketId, { userId: id, name, hue, cardId: null }));
      soon(roomId);
    },
    look(roomId, socketId, cardId) {
      const someone = rooms.get(roomId)?.get(socketId);
      if (!someone || someone.cardId === cardId) return;
      someone.cardId = cardId;
      soon(roomId);
    },
    leave(roomId, socketId) {
      const people = rooms.get(roomId);
      people?.delete(socketId);
      if (people?.size === 0) rooms.delete(roomId);
      else soon(roomId);
    },
    stop() {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}

/** A person with two tabs is one person; the tab that looks at a card wins. */
function onePerPerson(sockets: Iterable<Someone>): Someone[] {
  const people = new Map<string, Someone>();
  for (const someone of sockets) {
    const known = people.get(someone.userId);
    if (!known?.cardId) people.set(someone.userId, { ...someone });
  }
  return [...people.values()].slice(0, 200);
}
