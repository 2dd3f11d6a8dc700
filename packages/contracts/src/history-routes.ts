// Routes of a reply's life: look back at it, see who wrote what, bring a version back.
import { Type } from 'typebox';
import { DraftHistory, DraftWriter } from './history.ts';
import { CardReply, onCard, route } from './route.ts';
import { Strict } from './shapes.ts';

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
} as const;
