// Publishing: queues the signed words once, and lets a person settle what nobody knows.
import type { CardView } from '@rejoinder/contracts/cards';
import type { Actor } from '@rejoinder/contracts/people';
import type { PicturesSeen } from '@rejoinder/contracts/pictures';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { isPassedOver } from '@rejoinder/playbook/break-glass';
import { sayRoles } from '@rejoinder/playbook/levels';
import { whyNothingToSend } from '@rejoinder/playbook/nothing-to-send';
import { publishersOn } from '@rejoinder/playbook/publishers';
import { normalise } from '@rejoinder/signoff/fingerprint';
import { cardNow, changeCard, type LockedCard, type OnCard } from '../cards/cards.service.ts';
import { likestSent, sentToOthers } from '../cards/sent-replies.service.ts';
import type { Tx } from '../db/database.ts';
import type { Deps } from '../deps.ts';
import { lockDraftOfCard } from '../drafts/drafts.repository.ts';
import { fingerprintOf } from '../drafts/drafts.service.ts';
import { channelOf, isOther, NOT_THOSE, picturesToSend, whyNotThese } from '../drafts/pictures.service.ts';
import { Problem, Refused, refuse } from '../http/problems.ts';
import { asLink } from './channels.ts';
import { insertJob, jobOfWords, newestJobOf, updateJob } from './jobs.repository.ts';
import { clauseAgainstCopies, lackOfSignatures, publishes } from './may-send.ts';
import { IN_FLIGHT, NOT_POSTED, notPosted, queuedAgain } from './queueing.ts';
import { REPLIES } from './reply-subject.service.ts';
import { writePublished } from './subject.ts';

/**
 * Queues the words for publishing (PU-1): reads the server's own text under lock, compares its fingerprint with the one
 * asked for, and demands the playbook's signatures over exactly that. The browser's text is never used.
 */
export function publish(
  deps: Deps,
  actor: Actor,
  on: OnCard,
  pressed: { fingerprint: string; pictures?: PicturesSeen | undefined },
): Promise<{ card: CardView }> {
  const { fingerprint } = pressed;
  return changeCard(deps, actor, on, 'publish', ['publish', pressed], async ({ tx, now }, locked) => {
    const draft = await lockDraftOfCard(tx, on.roomId, on.cardId);
    const seen = await cardNow(tx, on);
    const card = { ...seen, fingerprint: draft ? fingerprintOf(draft, seen) : null };
    refuseUnready({ ...locked, card }, fingerprint, now, actor);
    await refuseCopy(tx, { ...locked, card }, draft?.text ?? '');
    if (!draft || !card.account) throw refuse('PU-2', 'Publish', 'There is no account to reply from on this platform.');
    await refusePictures(tx, on, card, locked.playbook, pressed.pictures);
    const earlier = await newestJobOf(tx, on.roomId, on.cardId);
    if (earlier?.state === 'approved' && earlier.fingerprint !== fingerprint) {
      // It would be stopped at the wire in any case; it may not hold up the words that replace it.
      const says = 'Other words were queued in its place before it left; it was not sent.';
      await updateJob(tx, on.roomId, earlier.job_id, { state: 'rejected', says });
    } else if (earlier && IN_FLIGHT.includes(earlier.state)) {
      throw refuse(
        'PU-3',
        'Publish',
        'This reply is on its way already, or waits for someone to say whether it was posted.',
        earlier.state === 'unknown' ? [{ do: 'settle', says: 'Say whether it was posted' }] : [],
      );
    }
    const words = {
      roomId: on.roomId,
      draftId: draft.draft_id,
      generation: draft.generation,
      fingerprint,
      accountId: card.account,
    };
    const again = await jobOfWords(tx, words);
    if (again && !NOT_POSTED.includes(again.state))
      throw refuse('PU-3', 'Publish', 'These words were published from this account already.');
    if (again)
      await updateJob(tx, on.roomId, again.job_id, { ...queuedAgain(actor.id, now), pictures: draft.pictures });
    else {
      await insertJob(tx, {
        room_id: on.roomId,
        job_id: deps.newId('job'),
        card_id: on.cardId,
        draft_id: draft.draft_id,
        generation: draft.generation,
        account_id: card.account,
        reply_to: card.replyTo.nativeId,
        text: normalise(draft.text),
        fingerprint,
        ...queuedAgain(actor.id, now),
        published_at: null,
        remote_id: null,
        url: null,
        matches: false,
        kind: draft.kind,
        supersedes: draft.supersedes,
        facts: draft.facts,
        pictures: draft.pictures,
      });
    }
    return (after) => ({ type: 'reply.approved', data: { card: after, text: normalise(draft.text) } });
  });
}

/** What must hold to publish whatever the stage's own guards say: the stage, the words, the signatures, the person's newest post. */
function refuseUnready({ card, playbook, room }: LockedCard, fingerprint: string, now: string, actor: Actor): void {
  const stage = playbook.stages.find((s) => s.id === card.stage);
  if (!stage || !publishes(stage)) {
    const to = playbook.stages.find(publishes);
    throw refuse(
      'PU-4',
      stage?.clause ?? 'Publish',
      `Replies go out from ${to?.title ?? 'the publishing stage'}. Move the card there first.`,
      to ? [{ do: 'move-first', stage: to.id, says: `Move to ${to.title}` }] : [],
    );
  }
  if (stage.workedBy.length > 0 && !stage.workedBy.some((role) => actor.roles.includes(role))) {
    throw refuse('PU-4', stage.clause, `${stage.title} is worked by ${stage.workedBy.join(', ')}.`, [], stage.workedBy);
  }
  const publishers = publishersOn(playbook, card.platform, room.level);
  if (publishers && !publishers.roles.some((role) => actor.roles.includes(role))) {
    const { clause, roles } = publishers;
    const says = `On ${card.platform} only ${sayRoles(playbook, roles)} publishes at level ${room.level}.`;
    throw refuse('PU-30', clause, says, [], roles);
  }
  const nothing = whyNothingToSend(card.draft);
  if (card.fingerprint === null || nothing !== null)
    throw refuse('PU-1', stage.clause, nothing ?? 'There is no account to reply from on this platform.', [
      { do: 'open-draft', from: null, to: null, says: 'Write the reply' },
    ]);
  if (card.fingerprint !== fingerprint)
    throw refuse('PU-1', stage.clause, 'The words changed since you pressed Publish. Read them as they are now.', [
      { do: 'reload', says: 'Read them again' },
    ]);
  if (card.posts.unseen > 0)
    throw refuse('PU-5', stage.clause, 'This person posted again and nobody has read it yet.', [
      { do: 'read-posts', says: 'Read the new posts' },
    ]);
  const lack = lackOfSignatures(playbook, room.level, card, now);
  if (lack) {
    const { clause, says, roles } = lack;
    const fix = roles.map((role) => ({ do: 'ask-sign-off' as const, role, says: `Ask ${role} to sign` }));
    throw new Refused({
      rule: 'PU-1',
      clause,
      says,
      missing: [{ rule: 'PU-1', clause, says, who: roles, fix }],
      who: roles,
      fix,
    });
  }
}

/** The channel must be able to post the pictures, and their bytes must be those that were named (PI-7, PI-8). */
async function refusePictures(
  tx: Tx,
  on: OnCard,
  card: CardView,
  playbook: Playbook,
  seen: PicturesSeen | undefined,
): Promise<void> {
  const { items, covered } = card.draft?.pictures ?? { items: [], covered: true };
  const clause = playbook.stages.find((stage) => stage.id === card.stage)?.clause ?? 'Publish';
  // No signature names them, so whoever presses answers for them: nobody sends a picture unseen (PI-12).
  const isUnseen = seen === undefined ? !covered && items.length > 0 : isOther(items, seen);
  if (isUnseen)
    throw refuse('PI-12', clause, 'The pictures are not those you saw. Look at them as they are now.', [
      { do: 'reload', says: 'Show the pictures as they are now' },
    ]);
  if (items.length === 0) return;
  const fix = [{ do: 'open-draft' as const, from: null, to: null, says: 'Change the pictures' }];
  const { account, can } = await channelOf(tx, on.roomId, card);
  const says = whyNotThese(items, account, can);
  if (says !== null) throw refuse('PI-7', clause, says, fix);
  if ((await picturesToSend(tx, on.roomId, items)) === null) throw refuse('PI-8', clause, NOT_THOSE, fix);
}

/** Two copies may have come to the publishing stage side by side; the second is stopped at the press (PU-16). */
async function refuseCopy(tx: Tx, { card, playbook, room }: LockedCard, text: string): Promise<void> {
  const clause = clauseAgainstCopies(playbook, room.level);
  if (clause === null || isPassedOver(card, 'GU-29')) return;
  const of = { roomId: room.room_id, cardId: card.id, authorName: card.author.name };
  const likest = likestSent(text, await sentToOthers(tx, playbook, of));
  if (likest === null) return;
  throw refuse(
    'PU-16',
    clause,
    `This was sent to somebody else already: “${likest.text.slice(0, 120).toWellFormed()}”.`,
    [{ do: 'open-draft', from: null, to: null, says: 'Say it in words for this person' }],
  );
}

/** A person looked and says what became of a reply nobody knew about, or that stands in other words than were signed (PU-7). */
export function settle(
  deps: Deps,
  actor: Actor,
  on: OnCard,
  input: { outcome: 'published' | 'not-published'; url?: string | undefined; note: string },
): Promise<{ card: CardView }> {
  return changeCard(deps, actor, on, 'settle', ['settle', input], async (change) => {
    const { tx } = change;
    if (actor.kind !== 'person') throw new Problem('not-allowed', 'Only a person who has looked can say this.');
    const job = await newestJobOf(tx, on.roomId, on.cardId);
    const isOpen = job?.state === 'unknown' || (job?.state === 'published' && !job.matches);
    if (!job || !isOpen)
      throw refuse('PU-7', 'Publish', 'There is nothing to settle: the outcome of this reply is known.');
    if (input.outcome === 'published')
      await writePublished(change, REPLIES, job, {
        id: job.remote_id,
        url: asLink(input.url) ?? job.url,
        matches: true,
      });
    else await updateJob(tx, on.roomId, job.job_id, notPosted(actor.name, input.note));
    return (after) => ({ type: 'reply.settled', data: { card: after, outcome: input.outcome, note: input.note } });
  });
}
