// The tables of a crisis, as Kysely sees them: what the room owes by when, criteria, updates, what is frozen, statements.
import type { FrozenItem } from '@rejoinder/contracts/crisis';
import type { Paused, StoodStill } from '@rejoinder/contracts/pauses';
import type { StatementGlass, StatementSignature, StatementView } from '@rejoinder/contracts/statements';
import type { Json } from './columns.ts';

export type RoomPromisesTable = {
  room_id: string;
  promise_id: string;
  name: string;
  clause: string;
  started_at: string;
  warn_at: string[];
  due_at: string;
  warned: number;
  missed_at: string | null;
  /** The next instant at which something is told; null once it was missed. */
  next_at: string | null;
  paused: Json<Paused> | null;
  stood_still: Json<StoodStill[]> | null;
};
/** `met_since` null: it does not hold. */
export type CriteriaTable = { room_id: string; criterion: string; met_since: string | null };
type Said = { room_id: string; text: string; at: string; by_id: string; by_name: string };
export type UpdatesTable = Said & {
  update_id: string;
  audience: 'internal' | 'public';
  url: string | null;
  statement_id: string | null;
  next_at: string | null;
};
export type FrozenItemsTable = {
  room_id: string;
  item_id: string;
  name: string;
  what: string;
  planned_for: string | null;
  added: Json<FrozenItem['added']>;
  released: Json<NonNullable<FrozenItem['released']>> | null;
};
export type StatementsTable = Said & {
  statement_id: string;
  plan_id: string;
  kind: StatementView['kind'];
  changed: boolean;
  liability: boolean;
  fingerprint: string;
  signatures: Json<StatementSignature[]>;
  glass: Json<StatementGlass> | null;
  posted: Json<NonNullable<StatementView['posted']>> | null;
};
