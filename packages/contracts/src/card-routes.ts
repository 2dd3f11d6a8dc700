// Routes of cards, their drafts, sign-offs and publishing.

import { Type } from 'typebox';
import { CardView, FactView, ReplyKind, Via } from './cards.ts';
import { DraftText } from './drafts.ts';
import { EventEnvelope } from './events.ts';
import { MentionView } from './mentions.ts';
import { PicturesSeen, PictureView } from './pictures.ts';
import { Refusal } from './problems.ts';
import { CardReply, inRoom, onCard, ReasonText, route, SeenVersion } from './route.ts';
import { Id, Nullable, Strict } from './shapes.ts';

export const BulkOutcome = Type.Union([
  Strict({ cardId: Id, ok: Type.Literal(true), card: CardView }),
  Strict({ cardId: Id, ok: Type.Literal(false), refused: Refusal }),
]);

export const CARD_ROUTES = {
  card: route({
    method: 'GET',
    path: '/api/rooms/:roomId/cards/:cardId',
    access: 'member',
    says: 'A card with its conversation, its earlier replies and its timeline.',
    params: onCard,
    reply: Strict({
      card: CardView,
      posts: Type.Array(MentionView),
      replies: Type.Array(
        Strict({
          text: Type.String(),
          publishedAt: Type.String(),
          url: Nullable(Type.String()),
          kind: Type.Optional(ReplyKind),
          pictures: Type.Optional(Type.Array(PictureView)),
        }),
      ),
      timeline: Type.Array(EventEnvelope),
    }),
  }),
  assessCard: route({
    method: 'PUT',
    path: '/api/rooms/:roomId/cards/:cardId/fields',
    access: { ability: 'triage' },
    says: 'Set assessment fields; an empty string clears one.',
    params: onCard,
    body: Strict({
      fields: Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 500 })),
      seenVersion: SeenVersion,
    }),
    reply: CardReply,
  }),
  takeCard: route({
    method: 'POST',
    path: '/api/rooms/:roomId/cards/:cardId/take',
    access: { ability: 'own' },
    says: 'Become the owner and accept. Refused when a colleague has it already, unless `over` is true.',
    params: onCard,
    body: Strict({ over: Type.Optional(Type.Boolean()) }),
    reply: CardReply,
  }),
  assignCard: route({
    method: 'PUT',
    path: '/api/rooms/:roomId/cards/:cardId/owner',
    access: { ability: 'own' },
    says: 'Give the card to someone who then must accept, or to nobody.',
    params: onCard,
    body: Strict({ userId: Nullable(Id) }),
    reply: CardReply,
  }),
  moveCard: route({
    method: 'POST',
    path: '/api/rooms/:roomId/cards/:cardId/move',
    access: 'member',
    says: 'Move the card to a stage. Fields given with it are set first, in the same transaction.',
    params: onCard,
    body: Strict({
      to: Type.String({ maxLength: 60 }),
      via: Type.Optional(Via),
      reason: Type.Optional(ReasonText),
      fields: Type.Optional(Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 500 }))),
      take: Type.Optional(Type.Boolean()),
      seenVersion: SeenVersion,
    }),
    reply: CardReply,
  }),
  moveCards: route({
    method: 'POST',
    path: '/api/rooms/:roomId/moves',
    access: 'member',
    says: 'Move many cards; each is judged by itself and has its own outcome.',
    params: inRoom,
    body: Strict({
      cardIds: Type.Array(Id, { minItems: 1, maxItems: 200 }),
      to: Type.String({ maxLength: 60 }),
      reason: Type.Optional(ReasonText),
      seenVersions: Type.Optional(
        Type.Record(Type.String(), Type.Integer({ minimum: 1 }), {
          description: 'By card id, the version you saw; a newer one refuses that card.',
        }),
      ),
    }),
    reply: Strict({ outcomes: Type.Array(BulkOutcome) }),
  }),
  seePosts: route({
    method: 'POST',
    path: '/api/rooms/:roomId/cards/:cardId/posts-seen',
    access: 'member',
    says: 'Say that you have read the posts up to this count.',
    params: onCard,
    body: Strict({ count: Type.Integer({ minimum: 0 }) }),
    reply: CardReply,
  }),
  setRemedy: route({
    method: 'PUT',
    path: '/api/rooms/:roomId/cards/:cardId/remedy',
    access: { ability: 'triage' },
    says: 'Promise a remedy with its worth and kind, or mark it delivered.',
    params: onCard,
    body: Strict({
      promised: Type.String({ maxLength: 500 }),
      delivered: Type.Boolean(),
      worth: Type.Optional(Nullable(Type.Number({ minimum: 0, maximum: 1e12 }))),
      kind: Type.Optional(Nullable(Type.String({ maxLength: 60 }))),
    }),
    reply: CardReply,
  }),
  followUp: route({
    method: 'PUT',
    path: '/api/rooms/:roomId/cards/:cardId/follow-up',
    access: { ability: 'draft' },
    says: 'Record that the public follow-up was posted, or that the person declined one.',
    params: onCard,
    body: Strict({
      state: Type.Union([Type.Literal('posted'), Type.Literal('declined')]),
      note: Type.String({ maxLength: 1000 }),
    }),
    reply: CardReply,
  }),

  tickItem: route({
    method: 'PUT',
    path: '/api/rooms/:roomId/cards/:cardId/checks',
    access: 'member',
    says: 'Tick an item of the checklist of the stage the card stands in, or take the tick back.',
    params: onCard,
    body: Strict({ item: Type.String({ minLength: 1, maxLength: 500 }), done: Type.Boolean() }),
    reply: CardReply,
  }),
  recordFact: route({
    method: 'PUT',
    path: '/api/rooms/:roomId/cards/:cardId/facts',
    access: 'member',
    says: 'Record what no machine can see: whom of the department you asked, that the claims of these words are checked, where in public we point to a private talk. An empty note takes it back.',
    params: onCard,
    body: Strict({ fact: FactView.properties.fact, note: Type.String({ maxLength: 1000 }) }),
    reply: CardReply,
  }),
  askBreakGlass: route({
    method: 'POST',
    path: '/api/rooms/:roomId/cards/:cardId/break-glass',
    access: 'member',
    says: 'Ask for break-glass: move the card although guards say no, as far as the plan lets two people pass over them.',
    params: onCard,
    body: Strict({ to: Type.String({ maxLength: 60 }), reason: ReasonText }),
    reply: CardReply,
  }),
  agreeBreakGlass: route({
    method: 'POST',
    path: '/api/rooms/:roomId/cards/:cardId/break-glass/agree',
    access: 'member',
    says: 'Agree to break-glass as the second person, in another role of the plan; the card moves at once.',
    params: onCard,
    body: Strict({ glassId: Id }),
    reply: CardReply,
  }),
  reviewBreakGlass: route({
    method: 'POST',
    path: '/api/rooms/:roomId/cards/:cardId/break-glass/review',
    access: 'member',
    says: 'Review a used break-glass, as somebody who had no hand in it; the marks end.',
    params: onCard,
    body: Strict({ glassId: Id, note: Type.String({ minLength: 1, maxLength: 2000 }) }),
    reply: CardReply,
  }),

  startDraft: route({
    method: 'POST',
    path: '/api/rooms/:roomId/cards/:cardId/draft',
    access: { ability: 'draft' },
    says: 'Start the draft, or with `anew` the next generation. Answers with the card; its draft names the socket path.',
    params: onCard,
    body: Strict({ anew: Type.Optional(Type.Boolean()) }),
    reply: CardReply,
  }),
  draftText: route({
    method: 'GET',
    path: '/api/rooms/:roomId/cards/:cardId/draft',
    access: 'member',
    says: 'The exact words on the server and their fingerprint.',
    params: onCard,
    reply: DraftText,
  }),
  sign: route({
    method: 'POST',
    path: '/api/rooms/:roomId/cards/:cardId/sign-offs',
    access: { ability: 'sign' },
    says: 'Agree to the exact words with this fingerprint, in a role you hold; as the deputy of a silent role with `standsFor`.',
    params: onCard,
    body: Strict({
      fingerprint: Type.String({ maxLength: 100 }),
      role: Type.String({ maxLength: 40 }),
      standsFor: Type.Optional(Type.String({ maxLength: 40 })),
    }),
    reply: CardReply,
  }),
  sendBack: route({
    method: 'POST',
    path: '/api/rooms/:roomId/cards/:cardId/send-back',
    access: { ability: 'sign' },
    says: 'Send the draft back with a reason; your sign-off, if any, is withdrawn.',
    params: onCard,
    body: Strict({ reason: Type.String({ minLength: 1, maxLength: 2000 }) }),
    reply: CardReply,
  }),
  publish: route({
    method: 'POST',
    path: '/api/rooms/:roomId/cards/:cardId/publish',
    access: { ability: 'publish' },
    says: 'Queue the signed words for publishing, once. `pictures` are those you saw; needed where the plan’s signatures leave pictures out.',
    params: onCard,
    body: Strict({ fingerprint: Type.String({ maxLength: 100 }), pictures: Type.Optional(PicturesSeen) }),
    reply: CardReply,
  }),
  settle: route({
    method: 'POST',
    path: '/api/rooms/:roomId/cards/:cardId/settle',
    access: { ability: 'settle' },
    says: 'Settle an unknown outcome: it is posted (where), or it is not.',
    params: onCard,
    body: Strict({
      outcome: Type.Union([Type.Literal('published'), Type.Literal('not-published')]),
      url: Type.Optional(Type.String({ maxLength: 2000 })),
      note: Type.String({ minLength: 1, maxLength: 1000 }),
    }),
    reply: CardReply,
  }),
} as const;
