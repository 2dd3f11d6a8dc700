// Routes of comments on a reply's words, and of what a person is told.
import { Type } from 'typebox';
import { Anchor, COMMENT_LIMITS, NoticeView, ThreadView } from './comments.ts';
import { inRoom, Ok, onCard, route } from './route.ts';
import { Id, Strict } from './shapes.ts';

const onThread = Strict({ roomId: Id, cardId: Id, threadId: Id });
const CommentText = Type.String({ minLength: 1, maxLength: COMMENT_LIMITS.text });
const ThreadReply = Strict({ thread: ThreadView });

export const COMMENT_ROUTES = {
  comments: route({
    method: 'GET',
    path: '/api/rooms/:roomId/cards/:cardId/comments',
    access: 'member',
    says: 'The comments on the words of this card’s reply, resolved ones too, oldest first.',
    params: onCard,
    reply: Strict({ threads: Type.Array(ThreadView) }),
  }),
  addComment: route({
    method: 'POST',
    path: '/api/rooms/:roomId/cards/:cardId/comments',
    access: { ability: 'view' },
    says: 'Comment on words of the reply. The server reads the quoted words at the anchor itself; @ and a member’s name tells that colleague.',
    params: onCard,
    body: Strict({ generation: Type.Integer({ minimum: 1 }), anchor: Anchor, text: CommentText }),
    reply: ThreadReply,
  }),
  answerComment: route({
    method: 'POST',
    path: '/api/rooms/:roomId/cards/:cardId/comments/:threadId',
    access: { ability: 'view' },
    says: 'Answer a comment; who wrote in the thread is told.',
    params: onThread,
    body: Strict({ text: CommentText }),
    reply: ThreadReply,
  }),
  resolveComment: route({
    method: 'PUT',
    path: '/api/rooms/:roomId/cards/:cardId/comments/:threadId',
    access: { ability: 'view' },
    says: 'Resolve a comment, or open it again.',
    params: onThread,
    body: Strict({ resolved: Type.Boolean() }),
    reply: ThreadReply,
  }),
  notices: route({
    method: 'GET',
    path: '/api/rooms/:roomId/notices',
    access: 'member',
    says: 'What waits for you in this room, newest first, and how much of it you have not read.',
    params: inRoom,
    reply: Strict({ notices: Type.Array(NoticeView), unread: Type.Integer({ minimum: 0 }) }),
  }),
  readNotices: route({
    method: 'POST',
    path: '/api/rooms/:roomId/notices/read',
    access: 'member',
    says: 'Say that you have read what you were told; without ids, all of it.',
    params: inRoom,
    body: Strict({ ids: Type.Optional(Type.Array(Id, { maxItems: 100 })) }),
    reply: Ok,
  }),
} as const;
