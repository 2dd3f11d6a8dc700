// The only socket.io user: who watches which room, batches of events in order, presence, and closing those who lost their rights.
import type { Server as HttpServer } from 'node:http';
import type { RoomEvent } from '@rejoinder/contracts/events';
import {
  type ClientToServer,
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
import { createPresence } from './presence.ts';
import { headSeq, replaySince } from './replay.ts';

type Watching = { roomId: string; member: Member };
type SocketData = { watching: Watching | null; sessionId: string | null };
export type LiveSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>;

export type Gateway = {
  /** Everyone who watches, for the sweep that closes whoever lost the right to. */
  watchers: () => { socketId: string; sessionId: string | null; userId: string; roomId: string; roles: string[] }[];
  close: (socketId: string, code: ProblemCode) => void;
  count: () => number;
  stop: () => Promise<void>;
};

const SOCKETS_PER_PERSON = 50;
/** A reader this far behind is cut off and told to come back; memory stays bounded (D9). */
const QUEUE_HARD_BYTES = 1024 * 1024;

export function startLive(deps: Deps, http: HttpServer, gate: Gate): Gateway {
  const io = new Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>({
    path: '/live',
    transports: ['websocket'],
    serveClient: false,
    destroyUpgrade: false,
    perMessageDeflate: false,
    maxHttpBufferSize: 64 * 1024,
    pingInterval: 10_000,
    pingTimeout: 10_000,
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
    perMessageDeflate: false,
    maxHttpBufferSize: 64 * 1024,
    pingInterval: 10_000,
    pingTimeout: 10_000,
  });
  const presence = createPresence((roomId, here) => io.to(roomId).emit('here', here));
  const batcher = createBatcher(
    (roomId) => headSeq(deps.db, roomId),
    (roomId, since) => deps.events.read(roomId, since, 500),
    (roomId, events) => sendBatch(io, roomId, events),
  );
  const unlisten = deps.events.listen(({ roomId, events }) => batcher.hear(roomId, events));

  io.on('connection', (socket) => {
    socket.data.watching = null;
    socket.data.sessionId = null;
    socket.on('watch', (asked, reply) => {
      if (typeof reply !== 'function') return;
      watch(socket, asked).then(reply, (error) => reply(refusedBy(deps, error)));
    });
    socket.on('looking', (looking) => {
      const { watching } = socket.data;
      if (watching && Check(Looking, looking) && looking.roomId === watching.roomId)
        presence.look(watching.roomId, socket.id, looking.cardId);
    });
    socket.on('disconnect', () => leave(socket));
  });

  async function watch(socket: LiveSocket, asked: unknown): Promise<WatchReply> {
    if (!Check(Watch, asked)) throw new Problem('bad-request', 'watch takes { roomId, since, protocol }.');
    if (asked.protocol !== PROTOCOL) return { kind: 'reload', seq: 0 };
    const member = await gate.member(socket.handshake.headers, asked.roomId);
    const mine = [...io.sockets.sockets.values()].filter((s) => s.data.watching?.member.id === member.id).length;
    if (mine >= SOCKETS_PER_PERSON) throw new Problem('too-many');
    leave(socket);
    socket.data.watching = { roomId: asked.roomId, member };
    socket.data.sessionId = member.sessionId;
    // Join before reading: what is committed in between arrives as a batch and is skipped or applied by its seq.
    await batcher.start(asked.roomId);
    await socket.join(asked.roomId);
    presence.enter(asked.roomId, socket.id, member);
    return replaySince(deps.db, asked.roomId, asked.since);
  }

  function leave(socket: LiveSocket): void {
    const { watching } = socket.data;
    if (!watching) return;
    socket.data.watching = null;
    void socket.leave(watching.roomId);
    presence.leave(watching.roomId, socket.id);
    if (!io.sockets.adapter.rooms.has(watching.roomId)) batcher.forget(watching.roomId);
  }

  return {
    watchers: () =>
      [...io.sockets.sockets.values()].flatMap((socket) => {
        const { watching, sessionId } = socket.data;
        return watching
          ? [
              {
                socketId: socket.id,
                sessionId,
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
      io.disconnectSockets(true);
      await io.close();
    },
  };
}

/** One frame a room, whatever the number of sockets; a socket that does not drain is cut off. */
function sendBatch(
  io: Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>,
  roomId: string,
  events: RoomEvent[],
): void {
  const from = events[0]?.seq;
  const to = events.at(-1)?.seq;
  if (from === undefined || to === undefined) return;
  for (const id of io.sockets.adapter.rooms.get(roomId) ?? []) {
    const socket = io.sockets.sockets.get(id);
    if (socket && queuedBytes(socket) > QUEUE_HARD_BYTES) socket.disconnect(true);
  }
  io.to(roomId).emit('events', { roomId, from, to, events });
}

/** Bytes waiting in the websocket below socket.io. */
function queuedBytes(socket: LiveSocket): number {
  const transport = socket.conn.transport as unknown as { socket?: { bufferedAmount?: number } };
  return transport.socket?.bufferedAmount ?? 0;
}

function refusedBy(deps: Deps, error: unknown): WatchReply {
  if (error instanceof Problem) return { kind: 'refused', code: error.code, says: error.message };
  deps.log.error({ err: error }, 'a watch failed');
  return { kind: 'refused', code: 'not-ready', says: PROBLEMS['not-ready'].says };
}
