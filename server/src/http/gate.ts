// The one gate: who calls, from which origin, with which rights. Used by HTTP routes and by both socket upgrades.
import type { IncomingHttpHeaders } from 'node:http';
import type { Actor } from '@rejoinder/contracts/people';
import type { Caller, Sessions } from '../people/session.ts';
import { Problem } from './problems.ts';

export type Member = Actor & { hue: number; sessionId: string | null };

export type Gate = {
  /** @throws Problem `signed-out` */
  caller: (headers: IncomingHttpHeaders) => Promise<Caller>;
  /** @throws Problem `signed-out`, or `not-found` for someone who is not a member (not found and not allowed look alike) */
  member: (headers: IncomingHttpHeaders, roomId: string) => Promise<Member>;
  /** Cookies travel by themselves, so whoever carries one must come from our own page (T6). @throws Problem `foreign-origin` */
  sameOrigin: (headers: IncomingHttpHeaders) => void;
};

export function createGate(sessions: Sessions, publicOrigin: string): Gate {
  const gate: Gate = {
    async caller(headers) {
      const caller = await sessions.callerOf(headers);
      if (!caller) throw new Problem('signed-out');
      return caller;
    },
    async member(headers, roomId) {
      const caller = await gate.caller(headers);
      const actor = await sessions.actorIn(caller, roomId);
      if (!actor) throw new Problem('not-found');
      return { ...actor, sessionId: caller.kind === 'person' ? caller.person.sessionId : null };
    },
    sameOrigin(headers) {
      if (headers.authorization && !headers.cookie) return;
      if (headers.origin === publicOrigin) return;
      throw new Problem(
        'foreign-origin',
        `This Rejoinder answers to ${publicOrigin} alone${headers.origin ? `, not to ${headers.origin}` : ''}. Open that address, or set PUBLIC_ORIGIN.`,
      );
    },
  };
  return gate;
}

/** An actor as it is stored and sent: without what only the connection needs. */
export const actorOf = ({ kind, id, name, roles }: Actor): Actor => ({ kind, id, name, roles });
