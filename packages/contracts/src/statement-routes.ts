// Routes of statements: filled, signed, let out by two people, posted from our accounts or by hand, and looked at again.
import { Type } from 'typebox';
import { RoomView } from './rooms.ts';
import { inRoom, ReasonText, route } from './route.ts';
import { Extended, Id, Instant, Nullable, Strict } from './shapes.ts';
import { STATEMENT_LIMITS } from './statement-limits.ts';
import { StatementLine } from './statements.ts';

const onStatement = Strict({ roomId: Id, statementId: Id });
const onPosting = Strict({ roomId: Id, statementId: Id, accountId: Id });
const Url = Type.String({ minLength: 1, maxLength: 2000 });

export const STATEMENT_ROUTES = {
  statements: route({
    method: 'GET',
    path: '/api/rooms/:roomId/statements',
    access: 'member',
    says: 'The statements prepared in this room, newest first, each with who still has to sign it and where it went out.',
    params: inRoom,
    reply: Strict({ statements: Type.Array(StatementLine) }),
  }),
  prepareStatement: route({
    method: 'POST',
    path: '/api/rooms/:roomId/statements',
    access: { ability: 'draft' },
    says: 'Fill the slots of a cleared text; with `text` other words are given, and then signatures are asked for.',
    params: inRoom,
    body: Strict({
      planId: Type.String({ minLength: 1, maxLength: 60 }),
      slots: Type.Record(Type.String({ maxLength: 60 }), Type.String({ maxLength: STATEMENT_LIMITS.slot })),
      text: Nullable(Type.String({ maxLength: STATEMENT_LIMITS.text })),
    }),
    reply: StatementLine,
  }),
  signStatement: route({
    method: 'POST',
    path: '/api/rooms/:roomId/statements/:statementId/sign',
    access: { ability: 'sign' },
    says: 'Agree to exactly these words, in a role you hold.',
    params: onStatement,
    body: Strict({ fingerprint: Type.String({ maxLength: 100 }), role: Type.String({ minLength: 1, maxLength: 40 }) }),
    reply: StatementLine,
  }),
  breakGlassStatement: route({
    method: 'POST',
    path: '/api/rooms/:roomId/statements/:statementId/glass',
    access: { ability: 'break_glass' },
    says: 'Ask to let these words out over missing signatures, or agree to it as the second person.',
    params: onStatement,
    body: Strict({ reason: ReasonText }),
    reply: StatementLine,
  }),
  postStatement: route({
    method: 'POST',
    path: '/api/rooms/:roomId/statements/:statementId/posted',
    access: { ability: 'publish' },
    says: 'Record that you posted exactly these words yourself, and where. Refused while a signature is missing.',
    params: onStatement,
    body: Strict({ url: Url, nextAt: Nullable(Instant) }),
    reply: Extended(StatementLine, { room: RoomView }),
  }),
  publishStatement: route({
    method: 'POST',
    path: '/api/rooms/:roomId/statements/:statementId/publish',
    access: { ability: 'publish' },
    says: 'Queue exactly these words for posting from these accounts, once from each. `nextAt`: when the public hears next.',
    params: onStatement,
    body: Strict({
      fingerprint: Type.String({ maxLength: 100 }),
      accountIds: Type.Array(Id, { minItems: 1, maxItems: 20, uniqueItems: true }),
      nextAt: Nullable(Instant),
    }),
    reply: StatementLine,
  }),
  cancelStatement: route({
    method: 'POST',
    path: '/api/rooms/:roomId/statements/:statementId/postings/:accountId/cancel',
    access: { ability: 'publish' },
    says: 'Take a queued or held posting back before it leaves. Refused once it is on its way.',
    params: onPosting,
    body: Strict({ reason: ReasonText }),
    reply: StatementLine,
  }),
  settleStatement: route({
    method: 'POST',
    path: '/api/rooms/:roomId/statements/:statementId/postings/:accountId/settle',
    access: { ability: 'settle' },
    says: 'Say, after looking, whether a statement nobody knows about was posted from this account.',
    params: onPosting,
    body: Strict({
      outcome: Type.Union([Type.Literal('published'), Type.Literal('not-published')]),
      url: Type.Optional(Type.String({ maxLength: 2000 })),
      note: Type.String({ minLength: 1, maxLength: 1000 }),
    }),
    reply: StatementLine,
  }),
  reviewStatementGlass: route({
    method: 'POST',
    path: '/api/rooms/:roomId/statements/:statementId/glass/review',
    access: 'member',
    says: 'Say that you looked at words two people let out over missing signatures. The marks end.',
    params: onStatement,
    body: Strict({ note: Type.String({ minLength: 1, maxLength: 2000 }) }),
    reply: StatementLine,
  }),
} as const;
