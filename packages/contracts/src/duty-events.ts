// The events of the roster, of contacts and of nobody being there; part of the one catalogue in events.ts.
import { ContactCheck, ShiftView } from './duty.ts';
import { RoomView } from './rooms.ts';
import { Id, Strict } from './shapes.ts';

export const DUTY_EVENTS = {
  'shift.planned': { when: 'Somebody was put on duty for a time.', data: Strict({ shift: ShiftView }) },
  'shift.cancelled': {
    when: 'A shift that was not over was taken off the roster.',
    data: Strict({ shiftId: Id, userId: Id }),
  },
  'duty.handedOver': {
    when: 'Somebody wrote down what whoever is on duty next has to know.',
    data: Strict({ shift: ShiftView }),
  },
  'contact.reached': {
    when: 'Somebody reached a contact of the plan on purpose, to see that the way works.',
    data: Strict({ check: ContactCheck }),
  },
  'room.unattended': {
    when: 'People wait for an answer and nobody who could give one has had the board open for a while.',
    data: Strict({ room: RoomView }),
  },
  'room.attended': {
    when: 'Somebody is on the board again, or nobody waits any more.',
    data: Strict({ room: RoomView }),
  },
} as const;
