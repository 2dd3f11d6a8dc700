// Routes of ladders: accept an ask or pass it on, from the board or by the short-lived link of one ask.
import { Type } from 'typebox';
import { AskPage, LadderView } from './ladders.ts';
import { inRoom, route } from './route.ts';
import { Id, Strict } from './shapes.ts';

const onLadder = Strict({ roomId: Id, ladderId: Id });
const byLink = Strict({ token: Type.String({ minLength: 20, maxLength: 100, pattern: '^[A-Za-z0-9_-]+$' }) });
const Why = Type.String({ minLength: 1, maxLength: 2000 });
const LadderReply = Strict({ ladder: LadderView });

export const LADDER_ROUTES = {
  ladders: route({
    method: 'GET',
    path: '/api/rooms/:roomId/ladders',
    access: 'member',
    says: 'Every ladder that runs in this room, oldest first, with the card it is about.',
    params: inRoom,
    reply: Strict({
      ladders: Type.Array(Strict({ cardId: Type.Union([Id, Type.Null()]), ladder: LadderView })),
    }),
  }),
  acceptLadder: route({
    method: 'POST',
    path: '/api/rooms/:roomId/ladders/:ladderId/accept',
    access: 'member',
    says: 'Accept what a ladder asks: it asks nobody else while you work on it. Open to whoever it asked and to whoever may own cards; a card without an owner becomes yours where your roles may own.',
    params: onLadder,
    body: Strict({}),
    reply: LadderReply,
  }),
  passOnLadder: route({
    method: 'POST',
    path: '/api/rooms/:roomId/ladders/:ladderId/pass',
    access: 'member',
    says: 'Pass on what a ladder asked you, with the reason; once nobody of its step is left to answer, the next step is asked at once.',
    params: onLadder,
    body: Strict({ reason: Why }),
    reply: LadderReply,
  }),
  ask: route({
    method: 'GET',
    path: '/api/asks/:token',
    access: 'anyone',
    says: 'What the holder of a short-lived link is asked, without personal data. The link is good for one ask, until it is answered and for 24 hours at most.',
    params: byLink,
    reply: Strict({ ask: AskPage }),
  }),
  acceptAsk: route({
    method: 'POST',
    path: '/api/asks/:token/accept',
    access: 'anyone',
    says: 'Accept by the link.',
    params: byLink,
    body: Strict({}),
    reply: Strict({ ask: AskPage }),
  }),
  passOnAsk: route({
    method: 'POST',
    path: '/api/asks/:token/pass',
    access: 'anyone',
    says: 'Pass on by the link, with the reason.',
    params: byLink,
    body: Strict({ reason: Why }),
    reply: Strict({ ask: AskPage }),
  }),
} as const;
