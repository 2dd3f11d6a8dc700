// The door of the draft socket: who you are and which draft is settled before the upgrade, answered in HTTP (stack.md 8).
import type { IncomingMessage } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { DRAFT_LIMITS, type DraftState } from '@rejoinder/contracts/drafts';
import type { Actor } from '@rejoinder/contracts/people';
import { PROBLEMS, type ProblemCode } from '@rejoinder/contracts/problems';
import { WebSocketServer } from 'ws';
import type { DraftRooms } from './draft-rooms.ts';
import type { DraftKey } from './draft-store.ts';
import { codeOf } from './fault-codes.ts';

/** What the gate says of a request that may come in. */
export type Admission = { actor: Actor; hue: number; key: DraftKey; state: DraftState; sessionId: string };

/** Session, origin, membership and the draft's state. Answers with a problem's code when the request may not come in. */
export type Admit = (request: IncomingMessage) => Promise<Admission | ProblemCode>;

export const DRAFT_SOCKETS = '/yjs/';

/** Room above the cap for the frame's own few bytes; past it ws itself hangs up (1009). */
const MAX_PAYLOAD = 2 * DRAFT_LIMITS.frameBytes;
const ADMIT_MS = 10_000;
const ID = /^[A-Za-z0-9_.:-]{1,80}$/;

/** Reads `/yjs/<roomId>/<draftId>.<generation>`; null when it is not such a path. */
export function readDraftPath(url: string): DraftKey | null {
  const path = url.split('?', 1)[0] ?? '';
  if (!path.startsWith(DRAFT_SOCKETS)) return null;
  const [roomId, name, ...more] = path.slice(DRAFT_SOCKETS.length).split('/');
  const cut = name?.lastIndexOf('.') ?? -1;
  if (!roomId || !name || more.length > 0 || cut < 1) return null;
  const draftId = name.slice(0, cut);
  const digits = name.slice(cut + 1);
  if (!ID.test(roomId) || !ID.test(draftId) || !/^[1-9]\d{0,8}$/.test(digits)) return null;
  return { roomId, draftId, generation: Number(digits) };
}

/** The handler for upgrades below DRAFT_SOCKETS. Never throws and never leaves a socket hanging. */
export function createDraftUpgrade(rooms: DraftRooms, admit: Admit) {
  const wss = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MAX_PAYLOAD,
    clientTracking: false,
  });
  return (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const hangUp = (): void => {
      socket.destroy();
    };
    socket.on('error', hangUp);
    const work = async (): Promise<void> => {
      const found = await withinTime(admit(request));
      if (typeof found === 'string') return answer(socket, found);
      const { actor, hue, key, sessionId, state } = found;
      const entering = rooms.enter({ actor, hue, key, sessionId }, state);
      const entrant = await withinTime(entering).catch((cause: unknown) => {
        // Too late: whoever comes out of it after all is let go again.
        entering.then((late) => rooms.abandon(late)).catch(() => undefined);
        throw cause;
      });
      if (entrant.refused || socket.destroyed) {
        rooms.abandon(entrant);
        return answer(socket, entrant.refused ?? 'bad-request');
      }
      const lost = (): void => rooms.abandon(entrant);
      socket.once('close', lost);
      wss.handleUpgrade(request, socket, head, (ws) => {
        socket.off('close', lost);
        socket.off('error', hangUp);
        rooms.open(entrant, ws);
      });
    };
    work().catch((cause: unknown) => answer(socket, codeOf(cause) ?? 'not-ready'));
  };
}

/** Answers in plain HTTP on the raw socket and closes it. */
export function answer(socket: Duplex, code: ProblemCode): void {
  if (socket.destroyed || !socket.writable) return;
  const { status, says } = PROBLEMS[code];
  const body = JSON.stringify({ problem: { code, says } });
  const retry = status === 503 ? 'retry-after: 2\r\n' : '';
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\ncontent-type: application/json; charset=utf-8\r\n${retry}`;
  socket.end(`${head}content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`);
}

async function withinTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('admission took too long')), ADMIT_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
