// The two ways to say no: a refusal by a rule (409) and a problem with the request (one catalogue of codes).
import { type Static, Type } from 'typebox';
import { Nullable, Strict } from './shapes.ts';

/** A thing to do that would mend a failing rule; the interface turns it into a button. */
export const Fix = Type.Union([
  Strict({ do: Type.Literal('set-field'), field: Type.String(), says: Type.String() }),
  Strict({ do: Type.Literal('take-card'), says: Type.String() }),
  Strict({ do: Type.Literal('accept-card'), says: Type.String() }),
  Strict({
    do: Type.Literal('open-draft'),
    from: Nullable(Type.Integer()),
    to: Nullable(Type.Integer()),
    says: Type.String(),
  }),
  Strict({ do: Type.Literal('ask-sign-off'), role: Type.String(), says: Type.String() }),
  Strict({ do: Type.Literal('read-posts'), says: Type.String() }),
  Strict({ do: Type.Literal('read-comments'), says: Type.String() }),
  Strict({ do: Type.Literal('publish'), says: Type.String() }),
  Strict({ do: Type.Literal('give-reason'), says: Type.String() }),
  Strict({ do: Type.Literal('record-follow-up'), says: Type.String() }),
  Strict({ do: Type.Literal('deliver-remedy'), says: Type.String() }),
  Strict({ do: Type.Literal('move-first'), stage: Type.String(), says: Type.String() }),
  Strict({ do: Type.Literal('wait'), until: Nullable(Type.String()), says: Type.String() }),
  Strict({ do: Type.Literal('say-remedy'), says: Type.String() }),
  Strict({ do: Type.Literal('give-card'), role: Type.String(), says: Type.String() }),
  Strict({ do: Type.Literal('record-fact'), fact: Type.String(), says: Type.String() }),
  Strict({ do: Type.Literal('tick'), stage: Type.String(), item: Type.String(), says: Type.String() }),
  Strict({
    do: Type.Literal('see-room'),
    part: Type.Union([
      Type.Literal('board'),
      Type.Literal('people'),
      Type.Literal('playbook'),
      Type.Literal('crisis'),
      Type.Literal('wall'),
    ]),
    says: Type.String(),
  }),
  Strict({ do: Type.Literal('settle'), says: Type.String() }),
  Strict({ do: Type.Literal('reload'), says: Type.String() }),
]);

/** One unmet condition: which rule and clause, what is missing in one sentence, who can supply it, and what to press. */
export const Missing = Strict({
  rule: Type.String(),
  clause: Type.String(),
  says: Type.String(),
  /** Role ids that can supply it; empty means anyone who works the stage. */
  who: Type.Array(Type.String()),
  fix: Type.Array(Fix),
});

/** An expected no (HTTP 409). `rule` and `clause` are those of the first unmet condition. */
export const Refusal = Strict({
  rule: Type.String(),
  clause: Type.String(),
  says: Type.String(),
  missing: Type.Array(Missing),
  who: Type.Array(Type.String()),
  fix: Type.Array(Fix),
});

export type Fix = Static<typeof Fix>;
export type Missing = Static<typeof Missing>;
export type Refusal = Static<typeof Refusal>;

/** The catalogue of broken requests: HTTP status, websocket close code, and the plain sentence. */
export const PROBLEMS = {
  'bad-request': { status: 400, close: 4400, says: 'The request is not in the form this address expects.' },
  'bad-signature': {
    status: 401,
    close: 4401,
    says: 'The signature does not match the body. Check the secret and sign the raw bytes.',
  },
  'stale-signature': {
    status: 401,
    close: 4401,
    says: 'The signed time is more than five minutes off. Check the clock of the sender.',
  },
  'signed-out': { status: 401, close: 4401, says: 'You are signed out. Sign in again; what you typed is kept.' },
  'wrong-password': { status: 401, close: 4401, says: 'E-mail or password is wrong.' },
  'foreign-origin': {
    status: 403,
    close: 4403,
    says: 'This page was not served by this Rejoinder. Open it at its own address.',
  },
  'not-allowed': { status: 403, close: 4403, says: 'Your roles in this room do not allow this.' },
  'not-found': { status: 404, close: 4404, says: 'There is nothing here, or you may not see it.' },
  'stale-generation': {
    status: 409,
    close: 4409,
    says: 'This draft was started anew. Reload it; your text is kept for copying.',
  },
  'already-done': {
    status: 409,
    close: 4409,
    says: 'This was done already with other content under the same operation id.',
  },
  'too-large': { status: 413, close: 4413, says: 'That is larger than this address takes.' },
  'not-json': { status: 415, close: 4415, says: 'Send JSON with the header content-type: application/json.' },
  'not-valid': { status: 422, close: 4422, says: 'The content is not valid.' },
  'too-many': { status: 429, close: 4429, says: 'Too many requests. Wait a moment and try again.' },
  resync: { status: 409, close: 4410, says: 'You fell behind. Reconnect to catch up.' },
  'not-ready': { status: 503, close: 4503, says: 'The server is not ready yet. Try again in a moment.' },
  'server-fault': {
    status: 500,
    close: 4500,
    says: 'Something went wrong on the server. Nothing was changed; try again.',
  },
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

export const ProblemBody = Strict({
  problem: Strict({
    code: Type.String(),
    says: Type.String(),
    /** Places in the request that are wrong, when known: path and what is expected there. */
    places: Type.Optional(Type.Array(Strict({ path: Type.String(), says: Type.String() }))),
    requestId: Type.Optional(Type.String()),
  }),
});
export const RefusedBody = Strict({ refused: Refusal });
export type ProblemBody = Static<typeof ProblemBody>;
export type RefusedBody = Static<typeof RefusedBody>;
