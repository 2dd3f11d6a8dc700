// Routes of a reply's life: look back at it, see who wrote what, bring a version back.
import { Type } from 'typebox';
import { DraftHistory, DraftWriter, SetAside } from './history.ts';
import { CardReply, Ok, onCard, route } from './route.ts';
import { Id, Strict } from './shapes.ts';

export const HISTORY_ROUTES = {
  draftHistory: route({
    method: 'GET',
    path: '/api/rooms/:roomId/cards/:cardId/draft/history',
    access: 'member',
    says: 'One generation of the draft step by step, the newest unless another is asked for, with its writers and named versions.',
    params: onCard,
    query: Strict({ generation: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })) }),
    reply: DraftHistory,
  }),
  draftWriters: route({
    method: 'GET',
    path: '/api/rooms/:roomId/cards/:cardId/draft/writers',
    access: 'member',
    says: 'Whose Yjs client ids are whose in the running text.',
    params: onCard,
    reply: Strict({ generation: Type.Integer({ minimum: 1 }), writers: Type.Array(DraftWriter) }),
  }),
  restoreDraft: route({
    method: 'POST',
    path: '/api/rooms/:roomId/cards/:cardId/draft/restore',
    access: { ability: 'draft' },
    says: 'Bring a version back as the next generation; what was signed is void. Answers with the card.',
    params: onCard,
    body: Strict({
      generation: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
      n: Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 }),
      reason: Type.String({ minLength: 1, maxLength: 1000 }),
    }),
    reply: CardReply,
  }),
  setAside: route({
    method: 'GET',
    path: '/api/rooms/:roomId/cards/:cardId/draft/set-aside',
    access: 'member',
    says: 'What you typed as the text was frozen and have neither put back nor let go; nobody else sees it.',
    params: onCard,
    reply: Strict({ asides: Type.Array(SetAside) }),
  }),
  settleAside: route({
    method: 'POST',
    path: '/api/rooms/:roomId/cards/:cardId/draft/set-aside/:asideId',
    access: 'member',
    says: 'Say that you put it back, over the draft socket, or that you let it go.',
    params: Strict({ roomId: Id, cardId: Id, asideId: Id }),
    body: Strict({ how: Type.Union([Type.Literal('put-back'), Type.Literal('let-go')]) }),
    reply: Ok,
  }),
} as const;
