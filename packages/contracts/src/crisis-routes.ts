// Routes of the crisis: declare and step, updates, freeze, stand-down, and its log.
import { Type } from 'typebox';
import { CrisisStep, CriterionView, FreezeView, FrozenItem, ScribeEntry, UpdateView, VolumeView } from './crisis.ts';
import { EventEnvelope } from './events.ts';
import { RoomView } from './rooms.ts';
import { inRoom, ReasonText, route } from './route.ts';
import { Id, Instant, Nullable, Strict } from './shapes.ts';

const RoomReply = Strict({ room: RoomView });
const onItem = Strict({ roomId: Id, itemId: Id });
const Url = Type.String({ minLength: 1, maxLength: 2000 });

export const CRISIS_ROUTES = {
  crisis: route({
    method: 'GET',
    path: '/api/rooms/:roomId/crisis',
    access: 'member',
    says: 'The crisis page: criteria of the stand-down, volume, the updates posted, since when there is a freeze, and what is held. A program that posts by a schedule asks here first.',
    params: inRoom,
    reply: Strict({
      criteria: Type.Array(CriterionView),
      volume: VolumeView,
      updates: Type.Array(UpdateView),
      /** Null while nothing is frozen. */
      freeze: Nullable(FreezeView),
      frozen: Type.Array(FrozenItem),
    }),
  }),
  declareCrisis: route({
    method: 'POST',
    path: '/api/rooms/:roomId/crisis/declare',
    access: 'member',
    says: 'Declare a crisis: who commands it, its type from the plan, the level, and why. A higher level is set in the same commit.',
    params: inRoom,
    body: Strict({
      commanderId: Id,
      kind: Nullable(Type.String({ maxLength: 40 })),
      level: Type.Integer({ minimum: 1, maximum: 9 }),
      reason: ReasonText,
    }),
    reply: RoomReply,
  }),
  stepCrisis: route({
    method: 'POST',
    path: '/api/rooms/:roomId/crisis/step',
    access: 'member',
    says: 'Take the crisis a step on or back, with a reason. A stand-down is refused with the list of what does not hold.',
    params: inRoom,
    body: Strict({ step: CrisisStep, reason: ReasonText }),
    reply: RoomReply,
  }),
  postUpdate: route({
    method: 'POST',
    path: '/api/rooms/:roomId/crisis/updates',
    access: 'member',
    says: 'Record an update as posted, with the time of the next. A public one says where it stands.',
    params: inRoom,
    body: Strict({
      audience: UpdateView.properties.audience,
      text: Type.String({ minLength: 1, maxLength: 5000 }),
      url: Nullable(Url),
      nextAt: Nullable(Instant),
    }),
    reply: Strict({ room: RoomView, update: UpdateView }),
  }),
  confirmFreeze: route({
    method: 'POST',
    path: '/api/rooms/:roomId/crisis/freeze',
    access: 'member',
    says: 'Confirm that what the plan says must stop has stopped.',
    params: inRoom,
    body: Strict({}),
    reply: RoomReply,
  }),
  freezeItem: route({
    method: 'POST',
    path: '/api/rooms/:roomId/crisis/frozen',
    access: { ability: 'triage' },
    says: 'Put something that would have gone out on the list of what is held.',
    params: inRoom,
    body: Strict({
      name: Type.String({ minLength: 1, maxLength: 300 }),
      what: Type.String({ minLength: 1, maxLength: 40 }),
      plannedFor: Nullable(Instant),
    }),
    reply: Strict({ item: FrozenItem }),
  }),
  releaseItem: route({
    method: 'POST',
    path: '/api/rooms/:roomId/crisis/frozen/:itemId/release',
    access: 'member',
    says: 'Let one thing that was held go out again, with a reason. Refused while the crisis is not stood down.',
    params: onItem,
    body: Strict({ reason: ReasonText }),
    reply: Strict({ item: FrozenItem }),
  }),
  setRetrospective: route({
    method: 'PUT',
    path: '/api/rooms/:roomId/crisis/retrospective',
    access: 'member',
    says: 'Set the date of the retrospective.',
    params: inRoom,
    body: Strict({ at: Instant }),
    reply: RoomReply,
  }),
  setBaseline: route({
    method: 'PUT',
    path: '/api/rooms/:roomId/crisis/baseline',
    access: 'member',
    says: 'Say how many posts an hour are an ordinary day, where the days before cannot tell, with a reason.',
    params: inRoom,
    body: Strict({ perHour: Type.Number({ minimum: 0, maximum: 1_000_000 }), reason: ReasonText }),
    reply: RoomReply,
  }),
  crisisLog: route({
    method: 'GET',
    path: '/api/rooms/:roomId/crisis/log',
    access: 'member',
    says: 'The decisive events of the room, newest first, a hundred at a time. `before` is the seq to go on from.',
    params: inRoom,
    query: Strict({
      before: Type.Optional(Type.Integer({ minimum: 1 })),
      only: Type.Optional(
        Type.Union([Type.Literal('decisions'), Type.Literal('words'), Type.Literal('late'), Type.Literal('notes')]),
      ),
    }),
    reply: Strict({ events: Type.Array(EventEnvelope), next: Nullable(Type.Integer()) }),
  }),
  noteCrisis: route({
    method: 'POST',
    path: '/api/rooms/:roomId/crisis/log',
    access: { ability: 'triage' },
    says: 'Write a line into the crisis log, or one that puts an earlier line right. Nothing in it is ever edited.',
    params: inRoom,
    body: Strict({
      text: Type.String({ minLength: 1, maxLength: 2000 }),
      happenedAt: Nullable(Instant),
      corrects: Nullable(Id),
    }),
    reply: Strict({ entry: ScribeEntry }),
  }),
} as const;
