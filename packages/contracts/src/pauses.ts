// Time that stands still: for what a clock may pause, since when, and the spans that are over.
import { type Static, Type } from 'typebox';
import { Instant, Strict } from './shapes.ts';

/** The person was answered and has not written since; the room has stood down. */
export const PauseReason = Type.Union([Type.Literal('waiting_for_author'), Type.Literal('stood_down')]);

/** A clock's time stands still since then. The instants a paused clock shows are those it would keep if it went on at once. */
export const Paused = Strict({ since: Instant, why: Type.Array(PauseReason) });

/** A time in which a clock stood still, kept as it was. Spans of one clock rise and never meet. */
export const StoodStill = Strict({ from: Instant, until: Instant, why: Type.Array(PauseReason) });

export type PauseReason = Static<typeof PauseReason>;
export type Paused = Static<typeof Paused>;
export type StoodStill = Static<typeof StoodStill>;
