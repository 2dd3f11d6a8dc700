// What travels over the live socket: hints, batches of events, and who is here. Changes never do (they go over HTTP).
import { type Static, Type } from 'typebox';
import type { RoomEvent } from './events.ts';
import { Id, Nullable, Strict } from './shapes.ts';

/** Raised when an older page could misread what the server sends; a page with another number reloads itself. */
export const PROTOCOL = 2;

/** Client → server `watch`, answered by an acknowledgement of type WatchReply. `since` is the last seq the client has applied. */
export const Watch = Strict({ roomId: Id, since: Type.Integer({ minimum: 0 }), protocol: Type.Integer() });

/** Client → server `looking`: where this person is, for presence. */
export const Looking = Strict({ roomId: Id, cardId: Nullable(Id) });

export type Watch = Static<typeof Watch>;
export type Looking = Static<typeof Looking>;

/** `none`: nothing new. `events`: apply these in order. `reload`: too far behind, fetch the snapshot. `refused`: signed out or not a member. */
export type WatchReply =
  | { kind: 'none'; seq: number }
  | { kind: 'events'; events: RoomEvent[] }
  | { kind: 'reload'; seq: number }
  | { kind: 'refused'; code: string; says: string };

/** Server → client `events`: seq `from`..`to` of one room, without a gap. */
export type EventBatch = { roomId: string; from: number; to: number; events: RoomEvent[] };

/** Server → client `here`: who has the room open, and the card each is looking at. Built by the server from sessions. */
export type Here = { roomId: string; people: { userId: string; name: string; hue: number; cardId: string | null }[] };

/** Server → client `bye`: the server is about to close this socket, and why. */
export type Bye = { code: string; says: string };

export type ServerToClient = {
  events: (batch: EventBatch) => void;
  here: (here: Here) => void;
  bye: (bye: Bye) => void;
};
export type ClientToServer = {
  watch: (watch: Watch, reply: (answer: WatchReply) => void) => void;
  looking: (looking: Looking) => void;
};

/** More missed events than this and the client is told to reload the snapshot. */
export const REPLAY_LIMIT = 2_000;
