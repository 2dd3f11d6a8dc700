// Routes of what was said privately with a person.
import { Type } from 'typebox';
import { PrivateEntry, PrivateKind } from './private-talk.ts';
import { CardReply, onCard, route } from './route.ts';
import { Id, Instant, Nullable, Strict } from './shapes.ts';

export const PRIVATE_ROUTES = {
  privateTalk: route({
    method: 'GET',
    path: '/api/rooms/:roomId/cards/:cardId/private',
    access: 'member',
    says: 'What was said privately with this person, for those who work the private stage.',
    params: onCard,
    reply: Strict({ entries: Type.Array(PrivateEntry) }),
  }),
  notePrivately: route({
    method: 'POST',
    path: '/api/rooms/:roomId/cards/:cardId/private',
    access: { ability: 'draft' },
    says: 'Write down what was said privately, or a note about it. The words are in no event and in no other answer.',
    params: onCard,
    body: Strict({
      kind: PrivateKind,
      text: Type.String({ minLength: 1, maxLength: 10_000 }),
      /** When it was said; now where left out. */
      saidAt: Type.Optional(Instant),
    }),
    reply: CardReply,
  }),
  redactPrivately: route({
    method: 'POST',
    path: '/api/rooms/:roomId/cards/:cardId/private/redactions',
    access: 'member',
    says: 'Replace the words of one entry, or of all of them; who and when stay. It cannot be taken back.',
    params: onCard,
    body: Strict({ entryId: Nullable(Id) }),
    reply: CardReply,
  }),
} as const;
