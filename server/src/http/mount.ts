// Mounts a contract route on a handler: shape, origin, caller and rights are checked here, once, for every address.
import type { Actor } from '@rejoinder/contracts/people';
import { ProblemBody, RefusedBody } from '@rejoinder/contracts/problems';
import { type Access, abilitiesOf, type Route } from '@rejoinder/contracts/route';
import { ROUTES, type RouteName } from '@rejoinder/contracts/routes';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Static, TSchema } from 'typebox';
import type { Caller } from '../people/session.ts';
import { actorOf, type Gate, type Member } from './gate.ts';
import type { Limit } from './limits.ts';
import { Problem } from './problems.ts';

type Shape<R, K extends string> = R extends { [k in K]: infer S extends TSchema } ? Static<S> : undefined;

/** What a handler gets. `actor` is set on routes of a room, `caller` on those that ask for a session. */
export type Call<R extends Route> = {
  params: Shape<R, 'params'>;
  query: Shape<R, 'query'>;
  body: Shape<R, 'body'>;
  actor: R['access'] extends 'member' | { ability: string } ? Actor : undefined;
  member: R['access'] extends 'member' | { ability: string } ? Member : undefined;
  caller: R['access'] extends 'anyone' ? undefined : Caller;
  /** From the header `operation-id`; always there on a change. */
  operationId: string;
  request: FastifyRequest;
  reply: FastifyReply;
};

export type Mounting = {
  app: FastifyInstance;
  gate: Gate;
  /** Whether the actor has one of these abilities of the room's playbook. @throws Problem `not-allowed` */
  requireAbility: (actor: Actor, roomId: string, abilities: string[]) => Promise<void>;
};

const OPERATION_ID = /^[A-Za-z0-9_-]{8,80}$/;
const ID = /^[A-Za-z0-9_.:-]{1,80}$/;

type Rights = { caller?: Caller; actor?: Actor; member?: Member };

/** The check of a route before anything of its body is read, and what it found out about the caller. */
export type Admission = {
  onRequest: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  rightsOf: (request: FastifyRequest) => Rights;
};

/** Who may not come in learns nothing else and costs nothing else: limits, origin, caller, membership, ability (PE-1). */
export function createAdmission(
  { gate, requireAbility }: Pick<Mounting, 'gate' | 'requireAbility'>,
  route: Route,
  limit?: Limit,
): Admission {
  const admitted = new WeakMap<FastifyRequest, Rights>();
  return {
    async onRequest(request, reply) {
      await limit?.(request, reply);
      if (route.method !== 'GET') gate.sameOrigin(request.headers);
      admitted.set(request, await admit(gate, requireAbility, route.access, request));
    },
    rightsOf: (request) => admitted.get(request) ?? {},
  };
}

export function mount<N extends RouteName>(
  mounting: Mounting,
  name: N,
  handler: (call: Call<(typeof ROUTES)[N]>) => Promise<Static<(typeof ROUTES)[N]['reply']>>,
  limit?: Limit,
): void {
  const route: Route = ROUTES[name];
  const changes = route.method !== 'GET';
  const admission = createAdmission(mounting, route, limit);
  mounting.app.route({
    method: route.method,
    url: route.path,
    schema: {
      operationId: name,
      summary: route.says,
      tags: [tagOf(route.path)],
      ...(route.params ? { params: route.params } : {}),
      ...(route.query ? { querystring: route.query } : {}),
      ...(route.body ? { body: route.body } : {}),
      ...(changes
        ? {
            headers: {
              type: 'object',
              properties: {
                'operation-id': {
                  type: 'string',
                  description: 'A fresh id for every change; send the same one to repeat safely.',
                },
              },
            },
          }
        : {}),
      response: { 200: route.reply, 409: RefusedBody, '4xx': ProblemBody },
    },
    onRequest: admission.onRequest,
    handler: async (request, reply) => {
      const rights = admission.rightsOf(request);
      const call = {
        params: request.params,
        query: request.query,
        body: request.body,
        ...rights,
        operationId: changes ? operationIdOf(request, route.access) : '',
        request,
        reply,
      };
      return handler(call as unknown as Call<(typeof ROUTES)[N]>);
    },
  });
}

async function admit(
  gate: Gate,
  requireAbility: Mounting['requireAbility'],
  access: Access,
  request: FastifyRequest,
): Promise<Rights> {
  if (access === 'anyone') return {};
  const caller = await gate.caller(request.headers);
  if (access === 'signed-in') return { caller };
  if (access === 'admin') {
    if (caller.kind !== 'person' || !caller.person.admin)
      throw new Problem('not-allowed', 'Only an administrator of this installation may do this.');
    return { caller };
  }
  const { roomId } = request.params as { roomId: string };
  if (!ID.test(roomId)) throw new Problem('not-found');
  const member = await gate.member(request.headers, roomId);
  const actor = actorOf(member);
  if (typeof access === 'object') await requireAbility(actor, roomId, abilitiesOf(access));
  return { caller, actor, member };
}

function operationIdOf(request: FastifyRequest, access: Access): string {
  const id = request.headers['operation-id'];
  if (typeof id === 'string' && OPERATION_ID.test(id)) return id;
  if (id === undefined && access === 'anyone') return '';
  throw new Problem(
    'bad-request',
    'Send the header operation-id with a fresh id (8 to 80 letters, digits, - or _) for every change, and the same one when you repeat it.',
  );
}

/** The part of the reference an address belongs to: what follows /api/rooms/:roomId, or what follows /api. */
const tagOf = (path: string): string => path.replace('/api/rooms/:roomId/', '/api/').split('/')[2] ?? 'rooms';
