// The events of messages to our own people; part of the one catalogue in events.ts.
import { Type } from 'typebox';
import { ReachBy } from './plan-people.ts';
import { ReachAbout, RoomChannelKind } from './reaching.ts';
import { Id, Strict } from './shapes.ts';

export const REACH_EVENTS = {
  'message.delivered': {
    when: 'A channel took a message to one of our people. What is not urgent and a mere notice is not told.',
    data: Strict({ messageId: Id, about: ReachAbout, way: ReachBy }),
  },
  'message.failed': {
    when: 'Every way to reach the person with this message failed; `says` names what each answered.',
    data: Strict({ messageId: Id, about: ReachAbout, says: Type.String() }),
  },
  'reach.channelChanged': {
    when: 'The room’s chat or signed webhook was set, changed or taken out; the address is in no event.',
    data: Strict({ channel: RoomChannelKind, set: Type.Boolean(), host: Type.String() }),
  },
} as const;
