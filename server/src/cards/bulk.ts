// One act on many cards: each is judged by itself and has its own outcome; what is refused stops no other (MV-10).
import type { CardView } from '@rejoinder/contracts/cards';
import type { Refusal } from '@rejoinder/contracts/problems';
import { Problem, Refused } from '../http/problems.ts';

export type Outcome = { cardId: string; ok: true; card: CardView } | { cardId: string; ok: false; refused: Refusal };

/** Acts on the cards one after the other. Each has an operation id of its own, so that the whole is safe to repeat. */
export async function eachByItself(
  bulk: { cardIds: string[]; operationId: string },
  act: (cardId: string, operationId: string) => Promise<{ card: CardView }>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [i, cardId] of [...new Set(bulk.cardIds)].entries()) {
    try {
      const { card } = await act(cardId, `${bulk.operationId}.${i}`);
      outcomes.push({ cardId, ok: true, card });
    } catch (error) {
      if (error instanceof Refused) outcomes.push({ cardId, ok: false, refused: error.refusal });
      else if (error instanceof Problem && error.code === 'not-found')
        outcomes.push({ cardId, ok: false, refused: missingCard() });
      else throw error;
    }
  }
  return outcomes;
}

function missingCard(): Refusal {
  const says = 'There is no such card in this room.';
  return {
    rule: 'MV-10',
    clause: 'Move',
    says,
    missing: [{ rule: 'MV-10', clause: 'Move', says, who: [], fix: [] }],
    who: [],
    fix: [],
  };
}
