// The clocks of each card that an event of the whole room changed.
import { Type } from 'typebox';
import { ClockView } from './cards.ts';
import { Id, Strict } from './shapes.ts';

/** `clocks` as they are now, begun ones among them; `gone` those the card has no more; the card's `breachesBefore` where it changed. */
export const ReckonedClocks = Type.Array(
  Strict({
    cardId: Id,
    clocks: Type.Array(ClockView),
    gone: Type.Optional(Type.Array(Type.String())),
    breachesBefore: Type.Optional(Type.Integer({ minimum: 1 })),
  }),
);
