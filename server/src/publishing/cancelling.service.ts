// Takes a queued reply back before it leaves. Against the claim of the worker there is one winner: both lock card and job.
import type { CardView } from '@rejoinder/contracts/cards';
import type { Actor } from '@rejoinder/contracts/people';
import { changeCard, type OnCard } from '../cards/cards.service.ts';
import type { Deps } from '../deps.ts';
import { refuse } from '../http/problems.ts';
import { newestJobOf, updateJob } from './jobs.repository.ts';
import { takenBack, whyNotBack } from './queueing.ts';

/** What is queued or held never leaves then; the card goes on from where it stands, and the words may be queued again. */
export function cancelReply(
  deps: Deps,
  actor: Actor,
  on: OnCard,
  input: { reason: string },
): Promise<{ card: CardView }> {
  const reason = input.reason.trim();
  return changeCard(deps, actor, on, 'publish', ['cancel', reason], async ({ tx }, { card, playbook }) => {
    const clause = playbook.stages.find((stage) => stage.id === card.stage)?.clause ?? 'Publish';
    const job = await newestJobOf(tx, on.roomId, on.cardId);
    const why = whyNotBack(job?.state);
    if (!job || why !== null)
      throw refuse(
        'PU-17',
        clause,
        why ?? '',
        job?.state === 'unknown' ? [{ do: 'settle', says: 'Say whether it was posted' }] : [],
      );
    await updateJob(tx, on.roomId, job.job_id, takenBack(actor.name, reason));
    return (after) => ({ type: 'reply.cancelled', data: { card: after, reason } });
  });
}
