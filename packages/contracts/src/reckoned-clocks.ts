// The clocks of each card that an event of the whole room changed.
import { Type } from 'typebox';
import { ClockView } from './cards.ts';
import { Id, Strict } from './shapes.ts';

export const ReckonedClocks = Type.Array(Strict({ cardId: Id, clocks: Type.Array(ClockView) }));
