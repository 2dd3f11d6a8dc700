// Turns whatever a handler throws into the one form of error the outside sees.
import { PROBLEMS, type ProblemBody, type ProblemCode } from '@rejoinder/contracts/problems';
import type { FastifyError, FastifyInstance } from 'fastify';
import { isPassing } from '../db/database.ts';
import { Problem, Refused } from './problems.ts';

const BY_FASTIFY: Record<string, ProblemCode> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'not-json',
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'bad-request',
  FST_ERR_CTP_INVALID_JSON_BODY: 'bad-request',
};

export function answerErrors(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) => reply.code(404).send(body(new Problem('not-found'))));
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    if (error instanceof Refused) return reply.code(409).send({ refused: error.refusal });
    const problem = error instanceof Problem ? error : problemOf(error, request.routeOptions.bodyLimit);
    if (problem.status >= 500) request.log.error({ err: error }, 'a request failed');
    if (problem.status === 503) void reply.header('retry-after', '2');
    return reply.code(problem.status).send(body(problem, request.id));
  });
}

function problemOf(
  error: FastifyError & { validation?: unknown; code?: string },
  bodyLimit: number | undefined,
): Problem {
  if (Array.isArray(error.validation)) {
    const places = error.validation.slice(0, 20).map((v: { instancePath?: string; message?: string }) => ({
      path: v.instancePath || '/',
      says: v.message ?? 'not valid',
    }));
    return new Problem(
      'bad-request',
      `The request is not in the form this address expects: ${places.map((p) => `${p.path} ${p.says}`).join('; ')}.`,
      places,
    );
  }
  const known = BY_FASTIFY[error.code ?? ''];
  if (known === 'too-large' && bodyLimit !== undefined)
    return new Problem(known, `This address takes at most ${bodyLimit / 1024} KiB at once. Send it in smaller parts.`);
  if (known) return new Problem(known, known === 'bad-request' ? 'The body is not valid JSON.' : undefined);
  if (error.statusCode === 429) return new Problem('too-many');
  if (isPassing(error))
    return new Problem('not-ready', 'The database does not answer. Nothing was changed; try again in a moment.');
  if (error.statusCode && error.statusCode >= 400 && error.statusCode < 500)
    return new Problem('bad-request', PROBLEMS['bad-request'].says);
  return new Problem('server-fault');
}

function body(problem: Problem, requestId?: string): ProblemBody {
  return {
    problem: {
      code: problem.code,
      says: problem.message,
      ...(problem.places ? { places: problem.places } : {}),
      ...(requestId ? { requestId } : {}),
    },
  };
}
