// Sends an answer that is ready, packed to whoever takes it so.
import type { FastifyReply, FastifyRequest } from 'fastify';

/** What a handler returns to send a ready answer the way the caller takes it. */
export function asTaken<T>(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  ready: { json: string; packed: Buffer },
): T {
  const takesPacked = /\bgzip\b/.test(headers['accept-encoding'] ?? '');
  void reply.type('application/json; charset=utf-8').header('vary', 'accept-encoding');
  if (takesPacked) void reply.header('content-encoding', 'gzip');
  // JSON already: the frame sends what has this type and is no object as it is.
  return (takesPacked ? ready.packed : ready.json) as T;
}
