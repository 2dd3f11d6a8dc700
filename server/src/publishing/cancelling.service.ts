// Takes a queued reply back before it leaves. Against the claim of the worker there is one winner: both lock card and job.
import type { CardView } from '@rejoinder/contracts/cards';
import type { Actor } from '@rejoinder/contracts/people';
import { changeCard, type OnCard } from '../cards/cards.service.ts';
import type { Deps } from '../deps.ts';
import { refuse } from '../http/problems.ts';
import { newestJobOf, updateJob } from './jobs.repository.ts';

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
    if (job?.state !== 'approved' && job?.state !== 'held')
      throw refuse(
        'PU-17',
        clause,
        job?.state === 'sending'
          ? 'It is too late to take it back: the reply is on its way.'
          : job?.state === 'unknown'
            ? 'It may have been posted already. Look at the thread and settle it.'
            : 'There is no queued reply to take back.',
        job?.state === 'unknown' ? [{ do: 'settle', says: 'Say whether it was posted' }] : [],
      );
    const says = `Taken back by ${actor.name}${reason === '' ? '' : `: ${reason}`}`;
    await updateJob(tx, on.roomId, job.job_id, { state: 'cancelled', says, held_for: null });
    return (after) => ({ type: 'reply.cancelled', data: { card: after, reason } });
  });
}
