// Routes of rooms: the board, its log, its figures and its level.
import { Type } from 'typebox';
import { EventEnvelope } from './events.ts';
import { LevelPreview } from './levels.ts';
import { Measures } from './measures.ts';
import { BoardState, RoomSummary, RoomView } from './rooms.ts';
import { inRoom, ReasonText, route } from './route.ts';
import { Nullable, Strict } from './shapes.ts';

export const ROOM_ROUTES = {
  rooms: route({
    method: 'GET',
    path: '/api/rooms',
    access: 'signed-in',
    says: 'The rooms you are a member of.',
    reply: Strict({ rooms: Type.Array(RoomSummary) }),
  }),
  openRoom: route({
    method: 'POST',
    path: '/api/rooms',
    access: 'admin',
    says: 'Open a room with the default playbook; you become its administrator and commander.',
    body: Strict({ name: Type.String({ minLength: 1, maxLength: 120 }), zone: Type.String({ maxLength: 60 }) }),
    reply: Strict({ room: RoomView }),
  }),
  board: route({
    method: 'GET',
    path: '/api/rooms/:roomId/board',
    access: 'member',
    says: 'The board as it stands, with its seq. Watch the live socket from that seq.',
    params: inRoom,
    reply: BoardState,
  }),
  events: route({
    method: 'GET',
    path: '/api/rooms/:roomId/events',
    access: 'member',
    says: 'Events after `since`, or that the snapshot must be loaded.',
    params: inRoom,
    query: Strict({
      since: Type.Integer({ minimum: 0 }),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 2000 })),
    }),
    reply: Strict({
      kind: Type.Union([Type.Literal('none'), Type.Literal('events'), Type.Literal('reload')]),
      seq: Type.Integer(),
      events: Type.Array(EventEnvelope),
    }),
  }),
  measures: route({
    method: 'GET',
    path: '/api/rooms/:roomId/measures',
    access: 'member',
    says: 'The figures of the wall and the report.',
    params: inRoom,
    reply: Measures,
  }),
  verifyLog: route({
    method: 'GET',
    path: '/api/rooms/:roomId/log/verify',
    access: 'member',
    says: 'Whether the hash chain of the log holds, and where it breaks.',
    params: inRoom,
    reply: Strict({ ok: Type.Boolean(), events: Type.Integer(), brokenAt: Nullable(Type.Integer()) }),
  }),
  previewLevel: route({
    method: 'GET',
    path: '/api/rooms/:roomId/level/preview',
    access: 'member',
    says: 'What another crisis level would do: clocks, signatures and the rules that say something else then. Nothing is changed.',
    params: inRoom,
    query: Strict({ level: Type.Integer({ minimum: 1, maximum: 9 }) }),
    reply: Strict({ preview: LevelPreview }),
  }),
  setLevel: route({
    method: 'PUT',
    path: '/api/rooms/:roomId/level',
    access: 'member',
    says: 'Raise or lower the crisis level, with a reason.',
    params: inRoom,
    body: Strict({ level: Type.Integer({ minimum: 1, maximum: 9 }), reason: ReasonText }),
    reply: Strict({ room: RoomView }),
  }),
} as const;
