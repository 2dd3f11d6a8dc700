// The events of a crisis; part of the one catalogue in events.ts.
import { Type } from 'typebox';
import { CrisisState, CrisisStep, FrozenItem, RoomPromise, ScribeEntry, UpdateView } from './crisis.ts';
import { ReckonedClocks } from './reckoned-clocks.ts';
import { RoomView } from './rooms.ts';
import { Extended, Strict } from './shapes.ts';
import { StatementView } from './statements.ts';

const room = { room: RoomView };
const posting = Strict({ statement: StatementView, accountId: Type.String() });

export const CRISIS_EVENTS = {
  'crisis.declared': {
    when: 'A crisis was declared: who commands it, of which type it is, and why; `clocks` that go on by it.',
    data: Strict({ ...room, from: CrisisState, reason: Type.String(), clocks: Type.Optional(ReckonedClocks) }),
  },
  'crisis.stepped': {
    when: 'The crisis went a step on or back: active, stabilising, stood down, reviewed, or called off; `clocks` that stand still or go on by it.',
    data: Strict({
      ...room,
      from: CrisisState,
      step: CrisisStep,
      reason: Type.String(),
      clocks: Type.Optional(ReckonedClocks),
    }),
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
    // Logs written before it was marked on the wall have no room.
    data: Strict({ room: Type.Optional(RoomView), statement: StatementView }),
  },
  'statement.glassReviewed': {
    when: 'Somebody who had no hand in it looked at a statement let out over missing signatures.',
    data: Strict({ ...room, statement: StatementView }),
  },
  'statement.queued': {
    when: 'The exact words of a statement were queued for posting from one or more accounts.',
    data: Strict({ statement: StatementView, accountIds: Type.Array(Type.String()) }),
  },
  'statement.sending': { when: 'A statement is being sent to one account.', data: posting },
  'statement.posted': {
    when: 'A statement stands in public, word for word: the platform confirmed it, or a person posted it and recorded where.',
    data: Strict({ ...room, statement: StatementView }),
  },
  'statement.rejected': { when: 'It was not posted from this account, and will not be by itself.', data: posting },
  'statement.unknown': {
    when: 'It may or may not have been posted from this account; a person looks.',
    data: posting,
  },
  'statement.held': { when: 'It waits: the receiver asked for time, or the account needs attention.', data: posting },
  'statement.released': { when: 'The account it was held for works again.', data: posting },
  'statement.cancelled': {
    when: 'A queued statement was taken back before it left for this account.',
    data: Extended(posting, { reason: Type.String() }),
  },
  'statement.settled': {
    when: 'A person looked and said what became of an unknown posting.',
    data: Extended(posting, { outcome: Type.String(), note: Type.String() }),
  },
} as const;
