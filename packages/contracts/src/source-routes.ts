// Routes of sources, imports and reply accounts.
import { Type } from 'typebox';
import { RoomView, SourceKind, SourceView } from './rooms.ts';
import { inRoom, route } from './route.ts';
import { Id, Nullable, Strict } from './shapes.ts';

export const SOURCE_ROUTES = {
  sources: route({
    method: 'GET',
    path: '/api/rooms/:roomId/sources',
    access: 'member',
    says: 'Sources with state, last item and lag.',
    params: inRoom,
    reply: Strict({ sources: Type.Array(SourceView) }),
  }),
  addSource: route({
    method: 'POST',
    path: '/api/rooms/:roomId/sources',
    access: { ability: 'manage_sources' },
    says: 'Add a signed webhook or a feed. A webhook secret is shown once.',
    params: inRoom,
    body: Strict({
      kind: SourceKind,
      name: Type.String({ minLength: 1, maxLength: 100 }),
      url: Type.Optional(Type.String({ maxLength: 2000 })),
      everySeconds: Type.Optional(Type.Integer({ minimum: 5, maximum: 86_400 })),
    }),
    reply: Strict({ source: SourceView, secret: Nullable(Type.String()) }),
  }),
  setSourceState: route({
    method: 'PUT',
    path: '/api/rooms/:roomId/sources/:sourceId/state',
    access: { ability: 'manage_sources' },
    says: 'Pause or resume a source.',
    params: Strict({ roomId: Id, sourceId: Id }),
    body: Strict({ state: Type.Union([Type.Literal('running'), Type.Literal('paused')]) }),
    reply: Strict({ source: SourceView }),
  }),
  importMentions: route({
    method: 'POST',
    path: '/api/rooms/:roomId/imports',
    access: { ability: 'manage_sources' },
    says: 'Import an NDJSON file of source mentions (content-type application/x-ndjson). Answers at once with an id to follow.',
    params: inRoom,
    query: Strict({ name: Type.Optional(Type.String({ maxLength: 200 })) }),
    reply: Strict({ importId: Id }),
  }),
  importProgress: route({
    method: 'GET',
    path: '/api/rooms/:roomId/imports/:importId',
    access: 'member',
    says: 'How far an import is, and which lines were wrong.',
    params: Strict({ roomId: Id, importId: Id }),
    reply: Strict({
      state: Type.Union([Type.Literal('running'), Type.Literal('done'), Type.Literal('failed')]),
      lines: Type.Integer(),
      stored: Type.Integer(),
      known: Type.Integer(),
      bad: Type.Array(Strict({ line: Type.Integer(), says: Type.String() })),
    }),
  }),
  addAccount: route({
    method: 'POST',
    path: '/api/rooms/:roomId/accounts',
    access: { ability: 'manage_sources' },
    says: 'Add an account replies go out from, over a signed webhook. The secret is shown once.',
    params: inRoom,
    body: Strict({
      platform: Type.String({ minLength: 1, maxLength: 40, pattern: '^[a-z0-9][a-z0-9-]*$' }),
      name: Type.String({ minLength: 1, maxLength: 100 }),
      url: Type.String({ maxLength: 2000 }),
      readBack: Type.Optional(Type.String({ maxLength: 2000 })),
    }),
    reply: Strict({ room: RoomView, secret: Type.String() }),
  }),
} as const;
