// How many mentions came in each minute of the last hour: a picture of the tide that survives a stream longer than the board holds.
import type { RoomEvent } from '@rejoinder/contracts/events';
import type { BoardState } from '@rejoinder/contracts/rooms';

export const TIDE_MINUTES = 60;
const MINUTE = 60_000;

/** Counts by minute since 1970. `since` is the first minute the counts are whole from. */
export type Tide = { counts: Map<number, number>; since: number };

/** What the snapshot knows: everything when the board holds all mentions of the hour, otherwise only the part it holds whole. */
export function startTide(board: BoardState): Tide {
  const counts = new Map<number, number>();
  for (const mention of board.mentions) count(counts, mention.receivedAt);
  const [first] = board.mentions;
  const whole = board.mentions.length >= board.mentionCount || first === undefined;
  return { counts, since: whole ? 0 : minuteOf(first.receivedAt) + 1 };
}

/** Adds what arrived and forgets what is older than the picture. */
export function addToTide(tide: Tide, events: readonly RoomEvent[], now: number): void {
  for (const event of events)
    if (event.type === 'mention.received')
      for (const { receivedAt } of event.data.created) count(tide.counts, receivedAt);
  const oldest = Math.floor(now / MINUTE) - TIDE_MINUTES;
  for (const minute of tide.counts.keys()) if (minute < oldest) tide.counts.delete(minute);
}

/** The last hour, oldest minute first; null where it is not known. The last one is the running minute. */
export function readTide(tide: Tide, now: number): (number | null)[] {
  const last = Math.floor(now / MINUTE);
  return Array.from({ length: TIDE_MINUTES }, (_, i) => {
    const minute = last - TIDE_MINUTES + 1 + i;
    return minute < tide.since ? null : (tide.counts.get(minute) ?? 0);
  });
}

const minuteOf = (instant: string): number => Math.floor(Date.parse(instant) / MINUTE);

function count(counts: Map<number, number>, instant: string): void {
  const minute = minuteOf(instant);
  counts.set(minute, (counts.get(minute) ?? 0) + 1);
}
