// What another crisis level would do to the room, told before anybody sets it.
import { type Static, Type } from 'typebox';
import { Id, Instant, Strict } from './shapes.ts';

/** A card whose promise another level moves so that it is late at once. */
export const LateCard = Strict({
  cardId: Id,
  author: Type.String(),
  /** When it would have been due under that level, and until when what was promised before holds. */
  dueAt: Instant,
  promisedUntil: Instant,
});

/** A card with valid signatures that would lack others: `kept` roles signed, of `missing` one each must. */
export const UnsignedCard = Strict({
  cardId: Id,
  author: Type.String(),
  kept: Type.Array(Type.String()),
  missing: Type.Array(Type.Array(Type.String())),
});

/** A sentence of the plan that says one thing at this level and another at that. */
export const LevelRule = Strict({ clause: Type.String(), says: Type.String(), from: Type.String(), to: Type.String() });

export const LevelPreview = Strict({
  from: Type.Integer(),
  to: Type.Integer(),
  /** Cards whose clocks are reckoned anew; on which a clock begins that the level has; on which one ends that it has not. */
  reckoned: Type.Integer({ minimum: 0 }),
  begins: Type.Integer({ minimum: 0 }),
  ends: Type.Integer({ minimum: 0 }),
  /** Those that are late at once, the latest first, fifty at most. */
  lateCount: Type.Integer({ minimum: 0 }),
  late: Type.Array(LateCard),
  unsignedCount: Type.Integer({ minimum: 0 }),
  unsigned: Type.Array(UnsignedCard),
  rules: Type.Array(LevelRule),
});

export type LateCard = Static<typeof LateCard>;
export type UnsignedCard = Static<typeof UnsignedCard>;
export type LevelRule = Static<typeof LevelRule>;
export type LevelPreview = Static<typeof LevelPreview>;
