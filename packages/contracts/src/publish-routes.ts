// Routes of what happens to a reply after the press: taken back, corrected, and its account mended.
import { Type } from 'typebox';
import { RoomView } from './rooms.ts';
import { CardReply, onCard, ReasonText, route } from './route.ts';
import { Id, Nullable, Strict } from './shapes.ts';

export const PUBLISH_ROUTES = {
  cancelReply: route({
    method: 'POST',
    path: '/api/rooms/:roomId/cards/:cardId/cancel-reply',
    access: { ability: 'publish' },
    says: 'Take a queued or held reply back before it leaves. Refused once it is on its way.',
    params: onCard,
    body: Strict({ reason: ReasonText }),
    reply: CardReply,
  }),
  correctReply: route({
    method: 'POST',
    path: '/api/rooms/:roomId/cards/:cardId/corrections',
    access: { ability: 'draft' },
    says: 'Correct or take back the published reply: starts a draft of its own about it, and moves the card back to where replies are written.',
    params: onCard,
    body: Strict({ kind: Type.Union([Type.Literal('correction'), Type.Literal('retraction')]), reason: ReasonText }),
    reply: CardReply,
  }),
  mendAccount: route({
    method: 'PUT',
    path: '/api/rooms/:roomId/accounts/:accountId',
    access: { ability: 'manage_sources' },
    says: 'Change an account, or say that it works again; replies that were held for it are queued. A new secret is shown once.',
    params: Strict({ roomId: Id, accountId: Id }),
    body: Strict({
      url: Type.Optional(Type.String({ maxLength: 2000 })),
      readBack: Type.Optional(Nullable(Type.String({ maxLength: 2000 }))),
      renewSecret: Type.Optional(Type.Boolean()),
    }),
    reply: Strict({ room: RoomView, secret: Nullable(Type.String()) }),
  }),
} as const;
