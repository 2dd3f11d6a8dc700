// Closes sockets of those who lost the right to them: signed out, session ended, roles changed, no longer a member, token revoked (F31).
import type { ProblemCode } from '@rejoinder/contracts/problems';
import type { Deps } from '../deps.ts';
import { goodTokens, membershipsOf } from './people.repository.ts';

/** An open socket and the rights it was opened with. */
export type OpenSocket = {
  /** Null for a token; `userId` is then the token's id. */
  sessionId: string | null;
  userId: string;
  roomId: string;
  roles: string[];
  close: (code: ProblemCode) => void;
};

/** One look at sessions, memberships and tokens for all sockets together; run every second, so two seconds bound the delay. */
export async function closeRevoked(deps: Pick<Deps, 'db' | 'signIn'>, sockets: OpenSocket[]): Promise<number> {
  if (sockets.length === 0) return 0;
  const ids = (of: (socket: OpenSocket) => string | null): string[] => [
    ...new Set(sockets.map(of).filter((id) => id !== null)),
  ];
  const [live, memberships, tokens] = await Promise.all([
    deps.signIn.liveSessions(ids((s) => s.sessionId)),
    membershipsOf(
      deps.db,
      ids((s) => (s.sessionId === null ? null : s.userId)),
    ),
    goodTokens(
      deps.db,
      ids((s) => (s.sessionId === null ? s.userId : null)),
    ),
  ]);
  const roles = new Map(memberships.map((m) => [`${m.user_id} ${m.room_id}`, m.roles]));
  const judge = ({ sessionId, userId, roomId, roles: held }: OpenSocket): ProblemCode | null => {
    if (sessionId === null) return tokens.has(userId) ? null : 'signed-out';
    if (!live.has(sessionId)) return 'signed-out';
    const now = roles.get(`${userId} ${roomId}`);
    if (!now) return 'not-found';
    return sameRoles(now, held) ? null : 'resync';
  };
  let closed = 0;
  for (const socket of sockets) {
    const code = judge(socket);
    if (!code) continue;
    socket.close(code);
    closed++;
  }
  return closed;
}

const sameRoles = (a: string[], b: string[]): boolean => a.length === b.length && a.every((role) => b.includes(role));
