// The live connection of a page. Its library is fetched when the board stands: nothing is drawn with it.
import type { ClientToServer, ServerToClient } from '@rejoinder/contracts/live';
import type { Socket } from 'socket.io-client';
import { beginAnew } from './begin-anew.ts';

export type LiveSocket = Socket<ServerToClient, ClientToServer>;

/** Connects by itself, again and again. @throws when its library cannot be fetched now */
export async function openLiveSocket(): Promise<LiveSocket> {
  const { io } = await import('socket.io-client').catch((fault: unknown) => {
    beginAnew();
    throw fault;
  });
  return io({
    path: '/live',
    transports: ['websocket'],
    reconnectionDelay: 400,
    reconnectionDelayMax: 4_000,
    randomizationFactor: 0.5,
  });
}
