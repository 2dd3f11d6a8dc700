// How often the doors that guess at secrets may be knocked on: by network (IPv6 by /64), and by network and account (T17).
import { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from './problems.ts';

/** @throws Problem `too-many`, with the header retry-after */
export type Limit = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

export type LimitOptions = {
  max: number;
  seconds: number;
  /** What is counted besides the caller's network, such as an account's name. */
  and?: (request: FastifyRequest) => string;
};

/** A whole office behind one address signs in at the start of a crisis, so the network's limit is wide and the account's is narrow. */
export const SIGN_IN_BY_NETWORK = { max: 60, seconds: 60 };
export const SIGN_IN_BY_ACCOUNT = { max: 10, seconds: 60 };
export const SET_UP_BY_NETWORK = { max: 10, seconds: 60 };
/** The links of asks: 192 bits nobody guesses, and no reason to let anybody try. */
export const ASKS_BY_NETWORK = { max: 120, seconds: 60 };
export const PERSONAS_BY_NETWORK = { max: 60, seconds: 60 };
/** A test reaches somebody else's server: people press it now and then, nothing presses it in a loop. */
export const TESTS_BY_NETWORK = { max: 60, seconds: 60 };

/** A counter of its own; a caller past it waits for the window to end. */
export function createLimit(app: FastifyInstance, { max, seconds, and }: LimitOptions): Limit {
  const count = app.createRateLimit({
    max,
    timeWindow: seconds * 1000,
    keyGenerator: (request) => `${normalizeIP(request.ip)} ${and?.(request) ?? ''}`,
  });
  return async (request, reply) => {
    const counted = await count(request);
    if (counted.isAllowed || !counted.isExceeded) return;
    void reply.header('retry-after', String(counted.ttlInSeconds));
    throw new Problem('too-many', `Too many attempts. Try again in ${counted.ttlInSeconds} seconds.`);
  };
}
