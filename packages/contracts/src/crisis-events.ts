// The events of a crisis; part of the one catalogue in events.ts.
import { Type } from 'typebox';
import { CrisisState, CrisisStep, FrozenItem, RoomPromise, ScribeEntry, UpdateView } from './crisis.ts';
import { RoomView } from './rooms.ts';
import { Strict } from './shapes.ts';
import { StatementView } from './statements.ts';

const room = { room: RoomView };

export const CRISIS_EVENTS = {
  'crisis.declared': {
    when: 'A crisis was declared: who commands it, of which type it is, and why.',
    data: Strict({ ...room, from: CrisisState, reason: Type.String() }),
  },
  'crisis.stepped': {
    when: 'The crisis went a step on or back: active, stabilising, stood down, reviewed, or called off.',
    data: Strict({ ...room, from: CrisisState, step: CrisisStep, reason: Type.String() }),
  },
  'crisis.promiseWarned': {
    when: 'A time the room owes came near: a warning point passed.',
    data: Strict({ ...room, promise: RoomPromise, point: Type.Integer({ minimum: 1 }) }),
  },
  'crisis.promiseMissed': {
    when: 'A time the room owes passed: an update, the freeze, or a clock of the room.',
    data: Strict({ ...room, promise: RoomPromise }),
  },
  'crisis.updatePosted': {
    when: 'Colleagues or the public were told how it stands, and when they hear next.',
    data: Strict({ ...room, update: UpdateView }),
  },
  'crisis.freezeConfirmed': {
    when: 'Somebody the plan names confirmed that what must stop has stopped.',
    data: Strict({ ...room }),
  },
  'crisis.frozen': {
    when: 'Something that would have gone out was put on the list of what is held.',
    data: Strict({ item: FrozenItem }),
  },
  'crisis.released': {
    when: 'One thing that was held may go out again, with the reason.',
    data: Strict({ item: FrozenItem }),
  },
  'crisis.retrospectiveSet': { when: 'The date of the retrospective was set.', data: Strict({ ...room }) },
  'crisis.baselineSet': {
    when: 'Somebody said how many posts an hour are an ordinary day, with the reason.',
    data: Strict({ ...room }),
  },
  'crisis.noted': {
    when: 'Somebody wrote a line into the crisis log, or put an earlier one right.',
    data: Strict({ entry: ScribeEntry }),
  },
  'statement.prepared': {
    when: 'A statement of the plan was filled; where more than its slots changed it has to be signed.',
    data: Strict({ statement: StatementView }),
  },
  'statement.signed': {
    when: 'Somebody agreed to the exact words of a statement.',
    data: Strict({ statement: StatementView }),
  },
  'statement.glassAsked': {
    when: 'Somebody asked to let a statement out over missing signatures; a second person may agree.',
    data: Strict({ statement: StatementView }),
  },
  'statement.glassBroken': {
    when: 'Two people let a statement out over missing signatures.',
    data: Strict({ statement: StatementView }),
  },
  'statement.posted': {
    when: 'A person posted a statement and recorded where it stands, word for word.',
    data: Strict({ ...room, statement: StatementView }),
  },
} as const;
