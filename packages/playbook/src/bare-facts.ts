// The facts about a card alone, with no move in mind: what is asked of guards by those who only look.
import type { CardView, MoveFacts } from '@rejoinder/contracts/cards';

export function bareFacts(card: CardView, level: number, now: string): MoveFacts {
  return {
    now,
    card,
    level,
    actor: null,
    counts: {},
    countsOfOwner: {},
    accounts: [],
    ownerRoles: [],
    likest: null,
    seenVersion: null,
    reason: '',
    glass: false,
  };
}
