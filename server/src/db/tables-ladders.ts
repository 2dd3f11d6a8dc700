// The tables of ladders that run and of whom they asked, as Kysely sees them.
import type { AskView, LadderState } from '@rejoinder/contracts/ladders';
import type { Json } from './columns.ts';

export type LadderRunsTable = {
  room_id: string;
  run_id: string;
  card_id: string | null;
  /** The ladder in the plan, as it was when this one began. */
  ladder_id: string;
  name: string;
  clause: string;
  accepts: number;
  cause: string;
  says: string;
  /** `armed` waits for its stage's time to run out; neither it nor `ended` is shown. */
  state: LadderState | 'armed' | 'ended';
  round: number;
  /** The step that is taken at `next_at`. */
  step: number;
  /** When the card came to the stage, or the clock started: tells this cause from the same one later. */
  since: string;
  started_at: string;
  round_at: string;
  accepted_at: string | null;
  /** The next instant at which clockwork must act; null when there is none. */
  next_at: string | null;
  /** Steps of this round that were passed over. */
  skipped: Json<{ step: number; whom: string; at: string; says: string }[]>;
};
export type LadderAsksTable = {
  room_id: string;
  ask_id: string;
  run_id: string;
  round: number;
  step: number;
  whom: string;
  /** Who it is within a round: `user:…` or `contact:…`. */
  person_key: string;
  user_id: string | null;
  name: string;
  ways: AskView['ways'];
  state: AskView['state'];
  at: string;
  answered_at: string | null;
  says: string;
  token_hash: string | null;
};
