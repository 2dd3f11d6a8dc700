// The only socket.io user: who watches which room, batches of events in order, presence, and closing those who lost their rights.
import type { Server as HttpServer } from 'node:http';
import type { RoomEvent } from '@rejoinder/contracts/events';
import {
  type ClientToServer,
  type EventBatch,
  Looking,
  PROTOCOL,
  type ServerToClient,
  Watch,
  type WatchReply,
} from '@rejoinder/contracts/live';
import { PROBLEMS, type ProblemCode } from '@rejoinder/contracts/problems';
import { Server, type Socket } from 'socket.io';
import { Check } from 'typebox/value';
import type { Deps } from '../deps.ts';
import type { Gate, Member } from '../http/gate.ts';
import { Problem } from '../http/problems.ts';
import { createBatcher } from './batcher.ts';
import { broadcast, type Line, type Packet } from './broadcast.ts';
import { AGREED, packedOnce, packetOf } from './frames.ts';
import { createPresence } from './presence.ts';
import { headSeq, replaySince } from './replay.ts';

type Watching = { roomId: string; member: Member };
/** `turn` puts the watches of one socket in a row; `idle` closes a socket that watches nothing. */
type SocketData = {
  watching: Watching | null;
  turn: Promise<unknown>;
  idle: NodeJS.Timeout | undefined;
  /** Whether it takes packed frames. */
  unpacks: boolean;
};
type LiveServer = Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>;
export type LiveSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>;

export type Gateway = {
  /** Everyone who watches, for the sweep that closes whoever lost the right to. */
  watchers: () => {
    socketId: string;
    sessionId: string | null;
    userId: string;
    roomId: string;
    roles: string[];
  }[];
  close: (socketId: string, code: ProblemCode) => void;
  count: () => number;
  stop: () => Promise<void>;
};

const SOCKETS_PER_PERSON = 50;
/** From so many boards on a batch is packed. */
const MANY = 8;
/** A socket that watches no room holds memory for nothing. */
const IDLE_MS = 30_000;
/** How long a stop waits for boards to say goodbye. */
const FAREWELL_MS = 500;

export function startLive(deps: Deps, http: HttpServer, gate: Gate): Gateway {
  const io: LiveServer = new Server({
    path: '/live',
    transports: ['websocket'],
    serveClient: false,
    destroyUpgrade: false,
    perMessageDeflate: AGREED,
    maxHttpBufferSize: 64 * 1024,
    pingInterval: 4_000,
    pingTimeout: 8_000,
    allowRequest: (request, decide) => {
      try {
        gate.sameOrigin(request.headers);
      } catch {
        return decide('foreign-origin', false);
      }
      gate.caller(request.headers).then(
        () => decide(null, true),
        (error) => decide(error instanceof Problem ? error.code : 'not-ready', false),
      );
    },
  });
  io.attach(http, {
    path: '/live',
    transports: ['websocket'],
    destroyUpgrade: false,
    perMessageDeflate: AGREED,
    maxHttpBufferSize: 64 * 1024,
    pingInterval: 4_000,
    pingTimeout: 8_000,
  });
  const presence = createPresence((roomId, here) => io.to(roomId).emit('here', here));
  const batcher = createBatcher(
    (roomId) => headSeq(deps.db, roomId),
    (roomId, since) => deps.events.read(roomId, since, 500),
    (roomId, events) => sendBatch(io, roomId, events),
    (roomId) => io.sockets.adapter.rooms.get(roomId)?.size ?? 0,
  );
  const unlisten = deps.events.listen(({ roomId, events }) => batcher.hear(roomId, events));

  io.on('connection', (socket) => {
    socket.data.watching = null;
    socket.data.turn = Promise.resolve();
    socket.data.unpacks = unpacks(socket);
    // Said to engine.io: frames made beforehand may go out as they are.
    Object.assign(socket.conn.transport, { perMessageDeflate: null });
    expectWatch(socket);
    socket.on('watch', (asked, reply) => {
      if (typeof reply !== 'function') return;
      // One after the other: two at once could leave a socket in a room that nobody knows it is in (LV-6).
      const answered = socket.data.turn.then(() => watch(socket, asked));
      socket.data.turn = answered.then(reply, (error) => reply(refusedBy(deps, error)));
    });
    socket.on('looking', (looking) => {
      const { watching } = socket.data;
      if (watching && Check(Looking, looking) && looking.roomId === watching.roomId)
        presence.look(watching.roomId, socket.id, looking.cardId);
    });
    socket.on('disconnect', () => {
      leave(socket);
      clearTimeout(socket.data.idle);
    });
  });

  function expectWatch(socket: LiveSocket): void {
    clearTimeout(socket.data.idle);
    socket.data.idle = setTimeout(() => {
      if (socket.data.watching === null) socket.disconnect(true);
    }, IDLE_MS).unref();
  }

  async function watch(socket: LiveSocket, asked: unknown): Promise<WatchReply> {
    if (!Check(Watch, asked)) throw new Problem('bad-request', 'watch takes { roomId, since, protocol }.');
    if (asked.protocol !== PROTOCOL) return { kind: 'reload', seq: 0 };
    const member = await gate.member(socket.handshake.headers, asked.roomId);
    const mine = [...io.sockets.sockets.values()].filter((s) => s.data.watching?.member.id === member.id).length;
    if (mine >= SOCKETS_PER_PERSON) throw new Problem('too-many');
    leave(socket);
    const watching = { roomId: asked.roomId, member };
    socket.data.watching = watching;
    await batcher.start(asked.roomId);
    // Whoever hung up meanwhile has left already and must not be put back.
    if (!socket.connected || socket.data.watching !== watching) throw new Problem('resync');
    // Join before reading: what is committed in between arrives as a batch and is skipped or applied by its seq.
    void socket.join(asked.roomId);
    if (member.kind === 'person') presence.enter(asked.roomId, socket.id, member);
    return replaySince(deps.db, asked.roomId, asked.since);
  }

  function leave(socket: LiveSocket): void {
    const { watching } = socket.data;
    if (!watching) return;
    socket.data.watching = null;
    expectWatch(socket);
    void socket.leave(watching.roomId);
    presence.leave(watching.roomId, socket.id);
    const isLast = ![...io.sockets.sockets.values()].some((s) => s.data.watching?.roomId === watching.roomId);
    if (isLast) batcher.forget(watching.roomId);
  }

  return {
    watchers: () =>
      [...io.sockets.sockets.values()].flatMap((socket) => {
        const { watching } = socket.data;
        return watching
          ? [
              {
                socketId: socket.id,
                sessionId: watching.member.sessionId,
                userId: watching.member.id,
                roomId: watching.roomId,
                roles: watching.member.roles,
              },
            ]
          : [];
      }),
    close(socketId, code) {
      const socket = io.sockets.sockets.get(socketId);
      socket?.emit('bye', { code, says: PROBLEMS[code].says });
      socket?.disconnect(true);
    },
    count: () => io.sockets.sockets.size,
    async stop() {
      unlisten();
      batcher.stop();
      presence.stop();
      const lines = [...io.sockets.sockets.values()].map(rawSocket);
      io.disconnectSockets(true);
      // Who does not answer the farewell, such as a page that has lost its network, is not waited for.
      const cut = setTimeout(() => {
        for (const line of lines) line?.terminate();
      }, FAREWELL_MS);
      await io.close();
      clearTimeout(cut);
    },
  };
}

/** One frame a room, whatever the number of sockets, packed where it goes to many; a socket that does not drain is cut off. */
function sendBatch(io: LiveServer, roomId: string, events: RoomEvent[]): Promise<void> | null {
  const from = events[0]?.seq;
  const to = events.at(-1)?.seq;
  if (from === undefined || to === undefined) return null;
  const packet = packetOf('events', { roomId, from, to, events } satisfies EventBatch);
  const { rooms } = io.sockets.adapter;
  const send = (ready: Packet) =>
    broadcast(ready, rooms.get(roomId) ?? [], (id) => {
      const socket = rooms.get(roomId)?.has(id) ? io.sockets.sockets.get(id) : undefined;
      return socket && lineOf(socket);
    });
  if ((rooms.get(roomId)?.size ?? 0) < MANY) return send(packet);
  return packedOnce(packet)
    .catch(() => packet)
    .then(async (ready) => {
      await send(ready);
    });
}

function lineOf(socket: LiveSocket): Line {
  return {
    queued: () => queuedBytes(socket),
    write({ text, frame, packed }) {
      // As socket.io's own broadcasts do it, but for the frame in one piece.
      const wsPreEncodedFrame = [socket.data.unpacks ? packed : frame];
      socket.conn.write(text, { compress: false, wsPreEncodedFrame } as { compress: boolean });
    },
    cut: () => rawSocket(socket)?.terminate(),
  };
}

/** Whether the two ends agreed on packed messages, in the one form that is the same for everybody. */
function unpacks(socket: LiveSocket): boolean {
  const params = rawSocket(socket)?._extensions?.['permessage-deflate']?.params;
  return params !== undefined && params.server_max_window_bits === undefined;
}

/** The websocket below engine.io. Whoever does not read cannot be told to go either, so it is cut without a word. */
const rawSocket = (socket: LiveSocket): RawSocket | undefined =>
  (socket.conn.transport as unknown as { socket?: RawSocket }).socket;

type RawSocket = {
  bufferedAmount: number;
  terminate: () => void;
  _extensions?: { 'permessage-deflate'?: { params?: { server_max_window_bits?: number } } };
};

/** What waits for a reader: the bytes in its websocket, and the packets engine.io holds back until those have gone. */
function queuedBytes(socket: LiveSocket): number {
  const { writeBuffer } = socket.conn as unknown as { writeBuffer: Waiting[] };
  let bytes = rawSocket(socket)?.bufferedAmount ?? 0;
  for (const { data, options } of writeBuffer)
    bytes += options?.wsPreEncodedFrame?.[0]?.length ?? (typeof data === 'string' ? data.length : 100);
  return bytes;
}
type Waiting = { data?: unknown; options?: { wsPreEncodedFrame?: Buffer[] } };

function refusedBy(deps: Deps, error: unknown): WatchReply {
  if (error instanceof Problem) return { kind: 'refused', code: error.code, says: error.message };
  deps.log.error({ err: error }, 'a watch failed');
  return { kind: 'refused', code: 'not-ready', says: PROBLEMS['not-ready'].says };
}
