// Which cards a few typed letters find: the open ones first, the newest first among them.
import type { CardView } from '@rejoinder/contracts/cards';

const SHOWN = 40;

/** `chosen` is always among them. */
export function cardsFound(
  cards: Readonly<Record<string, CardView>>,
  typed: string,
  chosen: string,
): { cards: CardView[]; more: number } {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const hay = ({ author, excerpt }: CardView) => `${author.name} ${author.handle} ${excerpt}`.toLowerCase();
  const all = Object.values(cards)
    .filter((card) => card.id !== chosen && words.every((word) => hay(card).includes(word)))
    .sort((a, b) => Number(a.closedAt !== null) - Number(b.closedAt !== null) || (a.openedAt < b.openedAt ? 1 : -1));
  const own = cards[chosen];
  return { cards: [...(own ? [own] : []), ...all.slice(0, SHOWN)], more: Math.max(0, all.length - SHOWN) };
}
