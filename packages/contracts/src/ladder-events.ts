// The events of ladders; part of the one catalogue in events.ts.
import { Type } from 'typebox';
import { CardView } from './cards.ts';
import { LadderView } from './ladders.ts';
import { Id, Nullable, Strict } from './shapes.ts';

/** `cards` holds the card a ladder is about, and nothing for one about the room. */
const about = { cardId: Nullable(Id), cards: Type.Array(CardView), ladder: LadderView };
const step = Type.Integer({ minimum: 0 });

export const LADDER_EVENTS = {
  'ladder.started': {
    when: 'A ladder began: a card stands too long, a clock runs out, or the room itself waits for somebody.',
    data: Strict({ ...about }),
  },
  'ladder.asked': { when: 'The people of a step were asked.', data: Strict({ ...about, step }) },
  'ladder.skipped': {
    when: 'A step had nobody who could be asked and was passed over at once.',
    data: Strict({ ...about, step, says: Type.String() }),
  },
  'ladder.accepted': { when: 'Somebody accepted.', data: Strict({ ...about, by: Type.String() }) },
  'ladder.passedOn': {
    when: 'Somebody who was asked passed it on, with a reason.',
    data: Strict({ ...about, by: Type.String(), reason: Type.String() }),
  },
  'ladder.unreachable': {
    when: 'Every way to somebody who was asked failed; the ladder went on at once.',
    data: Strict({ ...about, name: Type.String(), says: Type.String() }),
  },
  'ladder.exhausted': {
    when: 'Everybody of a ladder was asked and nobody accepted; after a while it begins anew.',
    data: Strict({ ...about }),
  },
  'ladder.reopened': {
    when: 'A ladder began its next round: nothing came of what was accepted, or nobody had accepted.',
    data: Strict({ ...about, says: Type.String() }),
  },
  'ladder.ended': {
    when: 'What a ladder was about is over; it asks nobody any more.',
    data: Strict({ ...about, why: Type.String() }),
  },
} as const;
