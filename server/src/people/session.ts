// Who is calling: resolves a cookie session or an API token to an actor, with a memory of one second.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Actor } from '@rejoinder/contracts/people';
import type { Deps } from '../deps.ts';
import { findMember, findToken } from './people.repository.ts';
import type { SignedIn } from './sign-in.ts';

/** How long a good session is believed without asking the database; the bound on revocation (F31). */
const MEMORY_MS = 1000;

/** A person with a session, or a token of one room. */
export type Caller =
  | { kind: 'person'; person: SignedIn }
  | { kind: 'token'; roomId: string; tokenId: string; name: string; roles: string[] };

export type Sessions = {
  callerOf: (headers: { cookie?: string | undefined; authorization?: string | undefined }) => Promise<Caller | null>;
  /** The caller as an actor in a room; null when not a member, which looks like "not found" from outside. */
  actorIn: (caller: Caller, roomId: string) => Promise<(Actor & { hue: number }) | null>;
  forget: (userId: string) => void;
  /** After a sign-out, whose cookie is gone already. */
  forgetAll: () => void;
};

type Remembered<T> = { at: number; value: T };

export function createSessions(deps: Pick<Deps, 'db' | 'signIn'>): Sessions {
  const people = new Map<string, Remembered<SignedIn>>();
  const actors = new Map<string, Remembered<Actor & { hue: number }>>();
  return {
    async callerOf({ cookie, authorization }) {
      if (authorization?.startsWith('Bearer ')) return tokenCaller(deps, authorization.slice(7));
      if (!cookie) return null;
      const known = fresh(people, cookie);
      if (known) return { kind: 'person', person: known };
      const person = await deps.signIn.sessionOf(new Headers({ cookie }));
      if (!person) return null;
      remember(people, cookie, person);
      return { kind: 'person', person };
    },
    async actorIn(caller, roomId) {
      if (caller.kind === 'token') {
        return caller.roomId === roomId
          ? { kind: 'token', id: caller.tokenId, name: caller.name, roles: caller.roles, hue: 0 }
          : null;
      }
      const key = `${caller.person.userId} ${roomId}`;
      const known = fresh(actors, key);
      if (known) return known;
      const member = await findMember(deps.db, roomId, caller.person.userId);
      if (!member) return null;
      const actor = {
        kind: 'person' as const,
        id: member.user_id,
        name: member.name,
        roles: member.roles,
        hue: member.hue,
      };
      remember(actors, key, actor);
      return actor;
    },
    forget(userId) {
      for (const [cookie, { value }] of people) if (value.userId === userId) people.delete(cookie);
      for (const key of actors.keys()) if (key.startsWith(`${userId} `)) actors.delete(key);
    },
    forgetAll() {
      people.clear();
      actors.clear();
    },
  };
}

/** A token reads `rj.<room>.<token>.<secret>`; only a hash of the secret is stored. */
export const tokenText = (roomId: string, tokenId: string, secret: string): string =>
  `rj.${roomId}.${tokenId}.${secret}`;
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

async function tokenCaller(deps: Pick<Deps, 'db'>, text: string): Promise<Caller | null> {
  const [mark, roomId, tokenId, secret] = text.split('.');
  if (mark !== 'rj' || !roomId || !tokenId || !secret) return null;
  const token = await findToken(deps.db, roomId, tokenId);
  if (!token || token.revoked_at) return null;
  if (!timingSafeEqual(Buffer.from(token.secret_hash), Buffer.from(hashSecret(secret)))) return null;
  return { kind: 'token', roomId, tokenId, name: token.name, roles: token.roles };
}

function fresh<T>(memory: Map<string, Remembered<T>>, key: string): T | undefined {
  const found = memory.get(key);
  if (found && performance.now() - found.at < MEMORY_MS) return found.value;
  if (found) memory.delete(key);
  return undefined;
}

function remember<T>(memory: Map<string, Remembered<T>>, key: string, value: T): void {
  if (memory.size > 10_000) memory.clear();
  memory.set(key, { at: performance.now(), value });
}
