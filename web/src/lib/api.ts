// The only door to the server's addresses: typed calls, safe repeats, and the two ways to hear no.

import addresses from 'virtual:addresses';
import type { CallOf, ReplyOf } from '@rejoinder/contracts/calls';
import type { ProblemBody, Refusal } from '@rejoinder/contracts/problems';
import type { RouteName } from '@rejoinder/contracts/routes';
import { takeEarly } from './early.ts';
import { noteDateHeader } from './server-clock.ts';

export type { CallOf, ReplyOf, RouteName };
export type Problem = ProblemBody['problem'];

/** A rule of the playbook said no (409). Nothing changed; everything typed is still the caller's. */
export class ApiRefused extends Error {
  override readonly name = 'ApiRefused';
  readonly refused: Refusal;
  constructor(refused: Refusal) {
    super(refused.says);
    this.refused = refused;
  }
}

/** The request did not work. `status` is 0 and the code `offline` when no answer came at all. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly problem: Problem;
  readonly status: number;
  constructor(problem: Problem, status: number) {
    super(problem.says);
    this.problem = problem;
    this.status = status;
  }
}

export type Outcome<T> =
  | { ok: true; reply: T }
  | { ok: false; refused: Refusal; problem?: undefined }
  | { ok: false; problem: Problem; refused?: undefined };

type Extras = {
  /** The same id makes a repeat safe; made anew for every call unless given. */
  operationId?: string;
  /** Do not ask the person to sign in when signed out. */
  quiet?: boolean;
  signal?: AbortSignal;
};

/**
 * Calls a route by name. Answers with its reply, throws ApiRefused or ApiProblem.
 * When signed out it asks the person to sign in over the page and then goes on, so that nothing typed is lost.
 */
export async function call<N extends RouteName>(name: N, input: CallOf<N>, extras: Extras = {}): Promise<ReplyOf<N>> {
  const { params, query, body } = input as Loose;
  const [method, path] = addresses[name];
  const json = body === undefined ? undefined : JSON.stringify(body);
  return (await send(method, addressOf(path, params, query), json, 'application/json', extras)) as ReplyOf<N>;
}

/** Like `call`, with the two kinds of no as values. Anything else is a bug and is thrown. */
export async function attempt<N extends RouteName>(
  name: N,
  input: CallOf<N>,
  extras: Extras = {},
): Promise<Outcome<ReplyOf<N>>> {
  try {
    return { ok: true, reply: await call(name, input, extras) };
  } catch (fault) {
    if (fault instanceof ApiRefused) return { ok: false, refused: fault.refused };
    if (fault instanceof ApiProblem) return { ok: false, problem: fault.problem };
    throw fault;
  }
}

/** Sends a file as it is to a route that takes raw lines. */
export async function upload<N extends RouteName>(
  name: N,
  input: CallOf<N>,
  file: Blob,
  type: string,
): Promise<ReplyOf<N>> {
  const { params, query } = input as Loose;
  const [method, path] = addresses[name];
  return (await send(method, addressOf(path, params, query), file, type, {})) as ReplyOf<N>;
}

/** The session addresses, which belong to the sign-in library and are not in the catalogue. */
export const session = {
  signIn: (email: string, password: string): Promise<unknown> =>
    send('POST', '/api/auth/sign-in/email', JSON.stringify({ email, password }), 'application/json', { quiet: true }),
  signOut: (): Promise<unknown> => send('POST', '/api/auth/sign-out', '{}', 'application/json', { quiet: true }),
};

let askSignIn: () => Promise<boolean> = () => Promise.resolve(false);

/** Who shows the sign-in over the page; answers true when somebody signed in. Set once by the session. */
export function onSignedOut(ask: () => Promise<boolean>): void {
  askSignIn = ask;
}

type Loose = { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown };

const ATTEMPTS = 4;
const ANSWER_WITHIN = 15_000;

async function send(method: string, url: string, body: BodyInit | undefined, type: string, extras: Extras) {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = type;
  if (method !== 'GET') headers['operation-id'] = extras.operationId ?? crypto.randomUUID();
  const early = method === 'GET' ? await takeEarly(url) : null;
  if (early !== null) {
    noteDateHeader(early.reply.headers.get('date'), early.sentAt, early.heardAt);
    return early.content;
  }
  for (let tried = 1; ; tried += 1) {
    const answer = await reach(url, { method, headers, body, signal: extras.signal, credentials: 'same-origin' });
    const again = answer === null || answer.status === 502 || answer.status === 503 || answer.status === 504;
    if (again && tried < ATTEMPTS && !extras.signal?.aborted) {
      await pause(250 * 2 ** tried * (0.5 + Math.random()));
      continue;
    }
    if (answer === null) throw new ApiProblem(OFFLINE, 0);
    const content = await contentOf(answer);
    if (answer.ok) return content;
    const fault = faultOf(content, answer.status);
    const signedOut = fault instanceof ApiProblem && fault.problem.code === 'signed-out';
    if (signedOut && extras.quiet !== true && (await askSignIn())) continue;
    throw fault;
  }
}

async function reach(url: string, init: RequestInit): Promise<Response | null> {
  const sentAt = Date.now();
  // A file may take its time; anything else that takes this long is lost, and asking again is safe.
  const limit = init.body instanceof Blob ? [] : [AbortSignal.timeout(ANSWER_WITHIN)];
  try {
    const answer = await fetch(url, {
      ...init,
      signal: AbortSignal.any([...limit, ...(init.signal ? [init.signal] : [])]),
    });
    noteDateHeader(answer.headers.get('date'), sentAt, Date.now());
    return answer;
  } catch (fault) {
    if (fault instanceof DOMException && fault.name === 'AbortError') throw fault;
    return null;
  }
}

async function contentOf(answer: Response): Promise<unknown> {
  if (!(answer.headers.get('content-type') ?? '').includes('json')) return null;
  return answer.json().catch(() => null);
}

function faultOf(content: unknown, status: number): ApiRefused | ApiProblem {
  if (typeof content === 'object' && content !== null) {
    if ('refused' in content) return new ApiRefused(content.refused as Refusal);
    if ('problem' in content) return new ApiProblem(content.problem as Problem, status);
    if ('message' in content && typeof content.message === 'string')
      return new ApiProblem({ code: status === 401 ? 'wrong-password' : 'bad-request', says: content.message }, status);
  }
  return new ApiProblem({ code: 'server-fault', says: `The server answered ${status} without saying why.` }, status);
}

function addressOf(path: string, params: Loose['params'], query: Loose['query']): string {
  const filled = path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(params?.[key] ?? '')));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) if (value !== undefined) search.set(key, String(value));
  return search.size > 0 ? `${filled}?${search}` : filled;
}

const OFFLINE: Problem = {
  code: 'offline',
  says: 'The server cannot be reached. Nothing was lost; try again when the connection is back.',
};
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
