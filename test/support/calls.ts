// Calls from a test over the network: a route by name with its reply checked, and signed webhook deliveries.
import type { CallOf, ReplyOf } from '@rejoinder/contracts/calls';
import type { ProblemBody, Refusal } from '@rejoinder/contracts/problems';
import type { Route } from '@rejoinder/contracts/route';
import { ROUTES, type RouteName } from '@rejoinder/contracts/routes';
import { Webhook } from 'standardwebhooks';
import { Check, Errors } from 'typebox/value';

/** What a call answered: the reply, a refusal, or a problem. Replies are checked against the route's schema. */
export type Answer<N extends RouteName> =
  | { status: 200; reply: ReplyOf<N> }
  | { status: number; refused: Refusal }
  | { status: number; problem: ProblemBody['problem'] };

/** Posts a body signed as Standard Webhooks say. */
export function deliverSigned(
  url: string,
  secret: string,
  body: string,
  id: string = crypto.randomUUID(),
  at: Date = new Date(),
): Promise<Response> {
  const signature = new Webhook(secret).sign(id, at, body);
  return fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': signature,
    },
    body,
  });
}

export async function callRoute<N extends RouteName>(
  base: string,
  origin: string,
  headers: Record<string, string>,
  name: N,
  input: CallOf<N>,
  operationId: string = crypto.randomUUID(),
): Promise<Answer<N>> {
  const route: Route = ROUTES[name];
  const {
    params = {},
    query,
    body,
  } = input as { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown };
  const path = route.path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(params[key] ?? ''));
  const search = query ? `?${new URLSearchParams(Object.entries(query).map(([k, v]) => [k, String(v)]))}` : '';
  const changes = route.method !== 'GET';
  const response = await fetch(base + path + search, {
    method: route.method,
    headers: {
      ...headers,
      ...(changes ? { origin, 'operation-id': operationId } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const json: unknown = await response.json();
  if (response.status !== 200) return { status: response.status, ...(json as { refused: Refusal }) };
  if (!Check(route.reply, json))
    throw new Error(
      `${name} answered what its schema does not allow: ${JSON.stringify(Errors(route.reply, json).slice(0, 3))}`,
    );
  return { status: 200, reply: json as ReplyOf<N> };
}
