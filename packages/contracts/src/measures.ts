// The figures that wall, report and API share; packages/measure computes them.
import { type Static, Type } from 'typebox';
import { Paused } from './pauses.ts';
import { Id, Nullable, Strict } from './shapes.ts';

/** The figures the wall and the report share (packages/measure). Durations in seconds. */
export const Measures = Strict({
  asOf: Type.String(),
  seq: Type.Integer(),
  level: Type.Integer(),
  mentions: Type.Integer(),
  cards: Type.Integer(),
  open: Type.Integer(),
  answered: Type.Integer(),
  /** Answered of all cards that need an answer, 0..1; null when there are none. */
  shareAnswered: Nullable(Type.Number()),
  /** Seconds from the first post to the public reply. */
  medianReply: Nullable(Type.Number()),
  p90Reply: Nullable(Type.Number()),
  breaches: Type.Integer(),
  breachedOpen: Type.Integer(),
  /** Open cards past what a raised level asks, and not yet past what was promised before. */
  lateOpen: Type.Integer(),
  loopsClosed: Type.Integer(),
  byStage: Type.Array(
    Strict({ stage: Type.String(), title: Type.String(), count: Type.Integer(), breached: Type.Integer() }),
  ),
  oldestUnanswered: Nullable(
    Strict({
      cardId: Id,
      since: Type.String(),
      warnAt: Type.Array(Type.String()),
      dueAt: Nullable(Type.String()),
      /** Left out where it is `dueAt`: what was promised before a level rose. */
      promisedUntil: Type.Optional(Type.String()),
      /** Left out while its time runs. */
      paused: Type.Optional(Paused),
    }),
  ),
  awaiting: Type.Array(
    Strict({ role: Type.String(), title: Type.String(), count: Type.Integer(), since: Type.String() }),
  ),
});
export type Measures = Static<typeof Measures>;
