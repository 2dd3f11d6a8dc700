// What burns first: the order of cards in a column.
import type { CardView } from '@rejoinder/contracts/cards';
import { inMs, replyClock } from './fuse.ts';

/** Each further post of the person brings a card forward by this share of its clock's time, up to the cap (A13: it rises in its column). */
const HEAT_SHARE = 0.05;
const HEAT_CAP = 0.5;

/**
 * Cards in the order in which they need somebody (BD-8):
 * 1. breached, longest overdue first; 2. running clocks, nearest due first, a card with further posts of its author counting as
 * due sooner; 3. open without a running clock; 4. closed, newest first. Equal ones by severity and heat, then the older, then by id.
 */
export function inBurningOrder(cards: readonly CardView[], now: string | number): CardView[] {
  const ms = inMs(now);
  return cards
    .map((card) => rankOf(card, ms))
    .sort(
      (a, b) =>
        a.group - b.group ||
        a.time - b.time ||
        b.weight - a.weight ||
        a.since - b.since ||
        (a.card.id < b.card.id ? -1 : 1),
    )
    .map((r) => r.card);
}

type Rank = { card: CardView; group: 0 | 1 | 2 | 3; time: number; weight: number; since: number };

function rankOf(card: CardView, now: number): Rank {
  const rest = { card, weight: card.severity + 10 * card.heat, since: Date.parse(card.openedAt) };
  if (card.closedAt !== null) return { ...rest, group: 3, time: -Date.parse(card.closedAt) };
  const clock = replyClock(card);
  if (clock === null || clock.stoppedAt !== null || clock.paused) return { ...rest, group: 2, time: 0 };
  const due = Date.parse(clock.dueAt);
  if (due <= now) return { ...rest, group: 0, time: due };
  const sooner = Math.min(HEAT_CAP, card.heat * HEAT_SHARE) * (due - Date.parse(clock.startedAt));
  return { ...rest, group: 1, time: due - sooner };
}
