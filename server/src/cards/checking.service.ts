// Checklists on a card: who ticked which item of the stage it stands in (CA-12).
import type { CardView } from '@rejoinder/contracts/cards';
import type { Actor } from '@rejoinder/contracts/people';
import { checklistOf } from '@rejoinder/playbook/allowances';
import type { Deps } from '../deps.ts';
import { Problem, refuse } from '../http/problems.ts';
import { updateCard } from './cards.repository.ts';
import { changeCard, type OnCard } from './cards.service.ts';

/** Ticks an item, or takes the tick back. Only a person who works the stage looked at it. */
export function tickItem(
  deps: Deps,
  actor: Actor,
  on: OnCard,
  { item, done }: { item: string; done: boolean },
): Promise<{ card: CardView }> {
  return changeCard(deps, actor, on, 'view', ['tick', item, done], async ({ tx, now }, { card, playbook, room }) => {
    if (actor.kind !== 'person')
      throw new Problem('not-allowed', 'Only a person can say that something was looked at.');
    const stage = playbook.stages.find((each) => each.id === card.stage);
    if (!stage || !checklistOf(stage, room.level).includes(item))
      throw new Problem('not-valid', `The list of ${stage?.title ?? card.stage} has no such item now.`, [
        { path: '/item', says: 'not on the list' },
      ]);
    if (!actor.roles.some((role) => stage.workedBy.includes(role)))
      throw refuse(
        'CA-12',
        stage.clause,
        `The list of ${stage.title} is ticked by those who work there.`,
        [],
        stage.workedBy,
      );
    const others = card.checks.filter((each) => each.stage !== stage.id || each.item !== item);
    const isTicked = others.length < card.checks.length;
    if (isTicked === done) return null;
    const ticked = done ? [...others, { stage: stage.id, item, by: actor.id, name: actor.name, at: now }] : others;
    await updateCard(tx, on.roomId, on.cardId, { checks: ticked.length === 0 ? null : JSON.stringify(ticked) });
    return (after) => ({ type: 'card.checked', data: { card: after, stage: stage.id, item, done } });
  });
}
