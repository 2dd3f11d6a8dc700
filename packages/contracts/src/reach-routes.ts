// Routes of how people are reached: one's own choice and devices, the room's channels, and what became of messages.
import { Type } from 'typebox';
import { MessageView, OwnReach, ReachChoice, ReachTest, RoomChannelKind, RoomChannelView } from './reaching.ts';
import { inRoom, Ok, route } from './route.ts';
import { Id, Nullable, Strict } from './shapes.ts';

const Key = Type.String({ minLength: 16, maxLength: 200, pattern: '^[A-Za-z0-9_-]+=*$' });
const TestReply = Strict({ test: ReachTest });

export const REACH_ROUTES = {
  ownReach: route({
    method: 'GET',
    path: '/api/reach',
    access: 'signed-in',
    says: 'How you are reached: what you chose, your devices, and whether this installation sends e-mail.',
    reply: Strict({ reach: OwnReach }),
  }),
  chooseReach: route({
    method: 'PUT',
    path: '/api/reach',
    access: 'signed-in',
    says: 'Choose how you are reached. What is urgent always goes through.',
    body: ReachChoice,
    reply: Strict({ reach: OwnReach }),
  }),
  addDevice: route({
    method: 'POST',
    path: '/api/reach/devices',
    access: 'signed-in',
    says: 'Let this browser get your push messages: what its push subscription is.',
    body: Strict({
      endpoint: Type.String({ minLength: 10, maxLength: 2000 }),
      keys: Strict({ p256dh: Key, auth: Key }),
      label: Type.String({ minLength: 1, maxLength: 100 }),
    }),
    reply: Strict({ reach: OwnReach }),
  }),
  removeDevice: route({
    method: 'DELETE',
    path: '/api/reach/devices/:deviceId',
    access: 'signed-in',
    says: 'Push nothing to this browser any more.',
    params: Strict({ deviceId: Id }),
    reply: Strict({ reach: OwnReach }),
  }),
  testOwnReach: route({
    method: 'POST',
    path: '/api/reach/test',
    access: 'signed-in',
    says: 'Send yourself a message by e-mail or push and hear what the other side answered.',
    body: Strict({ way: Type.Union([Type.Literal('email'), Type.Literal('push')]) }),
    reply: Strict({ test: ReachTest, reach: OwnReach }),
  }),
  roomReach: route({
    method: 'GET',
    path: '/api/rooms/:roomId/reach',
    access: { ability: 'manage_people', or: 'raise_level' },
    says: 'The room’s own channels, and the newest 100 messages to its people with their state. Notices are their reader’s own matter.',
    params: inRoom,
    reply: Strict({ channels: Type.Array(RoomChannelView), messages: Type.Array(MessageView) }),
  }),
  messagesAbout: route({
    method: 'GET',
    path: '/api/rooms/:roomId/messages/:aboutId',
    access: 'member',
    says: 'What became of the messages about one ask, alarm or update.',
    params: Strict({ roomId: Id, aboutId: Id }),
    reply: Strict({ messages: Type.Array(MessageView) }),
  }),
  setChannel: route({
    method: 'PUT',
    path: '/api/rooms/:roomId/reach',
    access: { ability: 'manage_people' },
    says: 'Set the room’s chat (an address that takes `{text}`) or its signed webhook for calls and text messages. A new secret is shown once.',
    params: inRoom,
    body: Strict({ channel: RoomChannelKind, url: Type.String({ minLength: 1, maxLength: 2000 }) }),
    reply: Strict({ channel: RoomChannelView, secret: Nullable(Type.String()) }),
  }),
  dropChannel: route({
    method: 'DELETE',
    path: '/api/rooms/:roomId/reach/:channel',
    access: { ability: 'manage_people' },
    says: 'Take the channel out. Its address and secret are forgotten.',
    params: Strict({ roomId: Id, channel: RoomChannelKind }),
    reply: Ok,
  }),
  testChannel: route({
    method: 'POST',
    path: '/api/rooms/:roomId/reach/test',
    access: { ability: 'manage_people', or: 'raise_level' },
    says: 'Send a test message by this channel and hear what the other side answered.',
    params: inRoom,
    body: Strict({ channel: RoomChannelKind }),
    reply: TestReply,
  }),
} as const;
