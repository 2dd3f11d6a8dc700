// The list of stories as a page shows it: what the server counted, joined with the live cards, what burns first on top.
import { inBurningOrder } from '@rejoinder/board/burning';
import { isPastDue, replyClock } from '@rejoinder/board/fuse';
import type { CardView, ClockView } from '@rejoinder/contracts/cards';
import type { BoardState } from '@rejoinder/contracts/rooms';
import type { StoryLine, StoryView } from '@rejoinder/contracts/stories';
import { cardsByStory, storyNow, storyTitle } from './story-title.ts';

export type StoryRow = {
  id: string;
  title: string;
  cards: number;
  open: number;
  late: number;
  mentions: number;
  /** The clock that burns first among its open cards. */
  clock: ClockView | null;
  sheet: StoryView['sheet'];
};

/** Merged stories are left out: they are part of what they became. Stories without an open card come last, the most told first. */
export function listed(board: BoardState, lines: readonly StoryLine[], now: number): StoryRow[] {
  const cards = cardsByStory(board.cards);
  const first = new Map<string, CardView>();
  const rows = lines
    .filter(({ id }) => storyNow(board, id) === id)
    .map((line): StoryRow => {
      const own = cards.get(line.id) ?? [];
      const open = own.filter((card) => card.closedAt === null);
      const [burning] = inBurningOrder(open, now);
      if (burning) first.set(line.id, burning);
      const clock = burning ? replyClock(burning) : null;
      return {
        id: line.id,
        title: storyTitle(board, line.id, line.words),
        cards: own.length,
        open: open.length,
        late: open.filter((card) => isLate(card, now)).length,
        mentions: line.mentions,
        clock: clock?.stoppedAt === null ? clock : null,
        sheet: board.stories[line.id]?.sheet ?? null,
      };
    });
  const order = new Map(inBurningOrder([...first.values()], now).map((card, i) => [card.storyId, i]));
  const rank = (row: StoryRow): number => order.get(row.id) ?? Number.POSITIVE_INFINITY;
  return rows.sort((a, b) => {
    const [x, y] = [rank(a), rank(b)];
    return x === y ? b.mentions - a.mentions : x - y;
  });
}

function isLate(card: CardView, now: number): boolean {
  const clock = replyClock(card);
  return clock !== null && isPastDue(clock, now);
}
