// Moves the playbook makes by itself, through the same function as everyone: after a published reply, and out of Watch.
import type { CardView } from '@rejoinder/contracts/cards';
import type { RoomEvent } from '@rejoinder/contracts/events';
import type { Actor } from '@rejoinder/contracts/people';
import type { Stage } from '@rejoinder/contracts/playbooks';
import { mayMove } from '@rejoinder/playbook/may-move';
import { isPrivate, wentPrivate } from '@rejoinder/playbook/private-talk';
import type { Deps } from '../deps.ts';
import { Refused } from '../http/problems.ts';
import { roomContext } from '../rooms/rooms.service.ts';
import { readCard } from './card-view.service.ts';
import { factsOf, moveCard } from './moving.service.ts';

/** The automation acts with the roles of those who work the stage, no more (MV-14). */
const actingFor = (stage: Stage): Actor => ({
  kind: 'system',
  id: 'system:playbook',
  name: 'Playbook',
  roles: stage.workedBy,
});

/** A reply that stands and matches moves its card to the next stage that will have it. Safe to repeat: the card has left by then. */
export async function moveAfterReply(deps: Deps, roomId: string, events: RoomEvent[]): Promise<void> {
  for (const event of events) {
    if (event.type !== 'reply.published' && event.type !== 'reply.settled') continue;
    const card = await readCard(deps.db, roomId, event.data.card.id);
    if (card?.reply?.state !== 'published') continue;
    const { room, playbook } = await roomContext(deps.db, roomId);
    const stage = playbook.stages.find((s) => s.id === card.stage);
    if (!stage?.leave.some((guard) => guard.guard === 'posted_and_matches')) continue;
    const target = await deps.db.transaction().execute(async (tx) => {
      const facts = await factsOf(tx, { room, playbook, card }, actingFor(stage), deps.now(), '', null);
      // A talk that came back from private does not go there again by itself.
      const ahead = nextStages(playbook.stages, stage).filter((to) => !(wentPrivate(card) && isPrivate(to)));
      return ahead.find((to) => mayMove(playbook, facts, to.id).ok);
    });
    if (target) await tryMove(deps, roomId, card, stage, target.id, 'The reply was published as signed.');
  }
}

/** The author of a card that was only watched posted again: it goes back to the first stage. */
export async function moveAfterHeating(deps: Deps, roomId: string, events: RoomEvent[]): Promise<void> {
  for (const event of events) {
    if (event.type !== 'card.heated') continue;
    const { playbook } = await roomContext(deps.db, roomId);
    const first = playbook.stages[0];
    for (const { id, stage: seenIn } of event.data.cards) {
      if (seenIn !== 'watch') continue;
      const card = await readCard(deps.db, roomId, id);
      const stage = playbook.stages.find((s) => s.id === card?.stage);
      if (first && card && stage?.id === 'watch')
        await tryMove(deps, roomId, card, stage, first.id, 'The author posted again.');
    }
  }
}

function nextStages(stages: Stage[], from: Stage): Stage[] {
  const after = stages.slice(stages.indexOf(from) + 1).filter((stage) => !stage.final);
  const { next } = from;
  return next === 'all' ? after : after.filter((stage) => next.includes(stage.id));
}

/** A refusal is logged by the move itself; the card then waits for a person. */
async function tryMove(
  deps: Deps,
  roomId: string,
  card: CardView,
  from: Stage,
  to: string,
  reason: string,
): Promise<void> {
  try {
    await moveCard(deps, actingFor(from), { roomId, cardId: card.id, to, via: 'automation', reason });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
}
