// Routes of the roster and of the contacts.
import { Type } from 'typebox';
import { ContactCheck, ContactPart, DutyView, SHIFT_LIMITS, ShiftView } from './duty.ts';
import { inRoom, Ok, route } from './route.ts';
import { Id, Instant, Strict } from './shapes.ts';

const onShift = Strict({ roomId: Id, shiftId: Id });

export const DUTY_ROUTES = {
  duty: route({
    method: 'GET',
    path: '/api/rooms/:roomId/duty',
    access: 'member',
    says: 'The roster from a week ago on, who is on duty now, and the contacts of the plan with when they were last reached.',
    params: inRoom,
    reply: DutyView,
  }),
  planShift: route({
    method: 'POST',
    path: '/api/rooms/:roomId/duty/shifts',
    access: 'member',
    says: 'Put a member on duty for a time: yourself, or anybody where your role may raise the level or manage people.',
    params: inRoom,
    body: Strict({
      userId: Id,
      from: Instant,
      until: Instant,
      note: Type.String({ maxLength: SHIFT_LIMITS.note }),
    }),
    reply: Strict({ shift: ShiftView }),
  }),
  cancelShift: route({
    method: 'DELETE',
    path: '/api/rooms/:roomId/duty/shifts/:shiftId',
    access: 'member',
    says: 'Take a shift that is not over off the roster. One that runs ends now.',
    params: onShift,
    reply: Ok,
  }),
  handOver: route({
    method: 'PUT',
    path: '/api/rooms/:roomId/duty/shifts/:shiftId/hand-over',
    access: 'member',
    says: 'Write what whoever is on duty next has to know.',
    params: onShift,
    body: Strict({ text: Type.String({ minLength: 1, maxLength: SHIFT_LIMITS.handOver }) }),
    reply: Strict({ shift: ShiftView }),
  }),
  contactReached: route({
    method: 'POST',
    path: '/api/rooms/:roomId/duty/contacts/reached',
    access: 'member',
    says: 'Write down that a contact of the plan was reached just now, as a check that the way works.',
    params: inRoom,
    body: Strict({ department: Type.String({ maxLength: 80 }), part: ContactPart }),
    reply: Strict({ check: ContactCheck }),
  }),
} as const;
