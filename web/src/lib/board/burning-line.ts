// How the room stands in one line: open cards, late ones, and the person who has waited longest for a public answer.
import { isPastDue, replyClock } from '@rejoinder/board/fuse';
import { oldestUnanswered } from '@rejoinder/board/views';
import type { CardView } from '@rejoinder/contracts/cards';
import type { Playbook } from '@rejoinder/contracts/playbooks';

export type Burning = { readonly open: number; readonly late: number; readonly oldest: CardView | null };

/** Ids of stages in which the plan decided not to answer: cards of a class without a reply begin there. */
export const noReplyStages = (playbook: Playbook | null): string[] => [
  ...new Set(
    (playbook?.triage.classes ?? []).flatMap((each) =>
      each.reply || each.firstStage === null ? [] : [each.firstStage],
    ),
  ),
];

export function burningOf(cards: Readonly<Record<string, CardView>>, playbook: Playbook | null, now: number): Burning {
  let open = 0;
  let late = 0;
  for (const card of Object.values(cards)) {
    if (card.closedAt !== null) continue;
    open += 1;
    const clock = replyClock(card);
    if (clock !== null && isPastDue(clock, now)) late += 1;
  }
  return { open, late, oldest: oldestUnanswered(cards, noReplyStages(playbook)) };
}
