// A browser's board without the browser: watches a room over the live socket, folds what comes, catches up by seq alone.
import { applyAll } from '@rejoinder/board/apply';
import type { RoomEvent } from '@rejoinder/contracts/events';
import { type EventBatch, PROTOCOL, type WatchReply } from '@rejoinder/contracts/live';
import type { BoardState } from '@rejoinder/contracts/rooms';
import { io } from 'socket.io-client';

export type BoardWatcher = {
  state: () => BoardState;
  connected: () => boolean;
  /** How often the snapshot had to be fetched, the first time included. */
  reloads: () => number;
  stop: () => void;
};

/** @param load fetches the snapshot, @param since a state to begin with */
export async function watchBoard(
  origin: string,
  headers: Record<string, string>,
  roomId: string,
  load: () => Promise<BoardState>,
): Promise<BoardWatcher> {
  let state = await load();
  let reloads = 1;
  let isWatching = false;
  const socket = io(origin, {
    path: '/live',
    transports: ['websocket'],
    extraHeaders: headers,
    reconnectionDelay: 50,
    reconnectionDelayMax: 250,
  });
  const apply = (events: RoomEvent[]): void => {
    const next = applyAll(
      state,
      events.filter((event) => event.seq > state.seq),
    );
    if (next.gap) watch();
    else state = next.state;
  };
  const reload = async (): Promise<void> => {
    reloads += 1;
    state = await load();
    watch();
  };
  const watch = (): void => {
    socket.emit('watch', { roomId, since: state.seq, protocol: PROTOCOL }, (reply: WatchReply) => {
      isWatching = true;
      if (reply.kind === 'events') apply(reply.events);
      else if (reply.kind === 'reload') void reload().catch(() => undefined);
    });
  };
  socket.on('connect', watch);
  socket.on('disconnect', () => {
    isWatching = false;
  });
  socket.on('events', (batch: EventBatch) => apply(batch.events));
  return {
    state: () => state,
    connected: () => isWatching && socket.connected,
    reloads: () => reloads,
    stop: () => void socket.disconnect(),
  };
}
