// The tables of the roster, of contacts and of who was last on a board, as Kysely sees them.
import type { ContactPart, ShiftView } from '@rejoinder/contracts/duty';
import type { Json } from './columns.ts';

export type ShiftsTable = {
  room_id: string;
  shift_id: string;
  user_id: string;
  name: string;
  starts_at: string;
  ends_at: string;
  note: string;
  hand_over: Json<ShiftView['handOver']> | null;
};
export type ContactChecksTable = {
  room_id: string;
  department: string;
  part: ContactPart;
  name: string;
  at: string;
  by_name: string;
};
/** When somebody who could answer was last on the board. */
export type AttendanceTable = { room_id: string; seen_at: string };
