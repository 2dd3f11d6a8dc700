// What a story is called on this page: the title people gave it, else the words of its first post.
import type { CardView } from '@rejoinder/contracts/cards';
import type { BoardState } from '@rejoinder/contracts/rooms';

const WORDS = 70;

/** The story a card or mention belongs to now: a merged one leads to what it became. */
export const storyNow = (board: BoardState, storyId: string): string => board.stories[storyId]?.mergedInto ?? storyId;

/** `words` are those the server read of the first post; without them the oldest card of the board speaks for it. */
export function storyTitle(board: BoardState, storyId: string, words?: string): string {
  const said = board.stories[storyId]?.title ?? words ?? firstOf(board, storyId)?.excerpt ?? '';
  const line = said.replace(/\s+/gu, ' ').trim();
  return line.length <= WORDS ? line : `${line.slice(0, WORDS - 1).toWellFormed()}…`;
}

function firstOf(board: BoardState, storyId: string): CardView | null {
  let first: CardView | null = null;
  for (const card of Object.values(board.cards))
    if (card.storyId === storyId && (first === null || card.posts.firstPostedAt < first.posts.firstPostedAt))
      first = card;
  return first;
}

const sizes = new WeakMap<BoardState['cards'], Map<string, CardView[]>>();

/** The cards of each story; counted once for a state of the board. */
export function cardsByStory(cards: BoardState['cards']): ReadonlyMap<string, readonly CardView[]> {
  let known = sizes.get(cards);
  if (known === undefined) {
    known = new Map();
    for (const card of Object.values(cards)) {
      if (card.storyId === null) continue;
      const of = known.get(card.storyId);
      if (of) of.push(card);
      else known.set(card.storyId, [card]);
    }
    sizes.set(cards, known);
  }
  return known;
}
