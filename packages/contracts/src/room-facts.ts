// What the guards about a room are judged by: who is there, what was posted when, and how the storm stands. A snapshot, no look-ups.
import { type Static, Type } from 'typebox';
import { Instant, Nullable, Strict } from './shapes.ts';

const Since = Nullable(Instant);

/** Null means that nothing in the room supplies the fact (yet): the guard then fails and says so, it never passes. */
export const RoomFacts = Strict({
  now: Instant,
  level: Type.Integer({ minimum: 1 }),
  levelSince: Instant,
  members: Type.Array(Strict({ userId: Type.String(), roles: Type.Array(Type.String()) })),
  /** Who confirmed that they read which version of the plan the room runs; null where reading cannot be confirmed yet. */
  readers: Nullable(Type.Array(Strict({ userId: Type.String(), version: Type.Integer() }))),
  playbookVersion: Type.Integer({ minimum: 1 }),
  freezeConfirmedAt: Since,
  /** When the newest holding text was posted. */
  holdingPostedAt: Since,
  /** When the next update was promised for. */
  nextUpdateDueAt: Since,
  /** Clocks of open cards that ran out and still run. */
  openBreaches: Nullable(Type.Integer({ minimum: 0 })),
  /** When the longest waiting person posted; `nobody` when nobody waits. */
  oldestUnansweredAt: Nullable(Type.Union([Instant, Type.Literal('nobody')])),
  /** Since when the volume has been below its baseline without a break. */
  volumeBelowSince: Since,
  closingStatementAt: Since,
  retrospectiveAt: Since,
});

export type RoomFacts = Static<typeof RoomFacts>;
