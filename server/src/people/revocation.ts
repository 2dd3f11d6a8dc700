// Closes sockets of those who lost the right to them: signed out, session ended, roles changed, no longer a member (PE-3).
import type { ProblemCode } from '@rejoinder/contracts/problems';
import type { Deps } from '../deps.ts';
import { membershipsOf } from './people.repository.ts';

/** An open socket and the rights it was opened with. */
export type OpenSocket = {
  sessionId: string | null;
  userId: string;
  roomId: string;
  roles: string[];
  close: (code: ProblemCode) => void;
};

/** One look at sessions and one at memberships for all sockets together; run every second, so two seconds bound the delay. */
export async function closeRevoked(deps: Pick<Deps, 'db' | 'signIn'>, sockets: OpenSocket[]): Promise<number> {
  const people = sockets.filter((socket) => socket.sessionId !== null);
  if (people.length === 0) return 0;
  const live = await deps.signIn.liveSessions([...new Set(people.map((s) => s.sessionId ?? ''))]);
  const memberships = new Map(
    (await membershipsOf(deps.db, [...new Set(people.map((s) => s.userId))])).map((m) => [
      `${m.user_id} ${m.room_id}`,
      m.roles,
    ]),
  );
  let closed = 0;
  for (const socket of people) {
    const roles = memberships.get(`${socket.userId} ${socket.roomId}`);
    const code: ProblemCode | null = !live.has(socket.sessionId ?? '')
      ? 'signed-out'
      : !roles
        ? 'not-found'
        : sameRoles(roles, socket.roles)
          ? null
          : 'resync';
    if (!code) continue;
    socket.close(code);
    closed++;
  }
  return closed;
}

const sameRoles = (a: string[], b: string[]): boolean => a.length === b.length && a.every((role) => b.includes(role));
