// What other facts mean for words: drafts are judged by them anew, signatures over other facts and replies still waiting to leave end.
import type { CardView } from '@rejoinder/contracts/cards';
import { normalise } from '@rejoinder/signoff/fingerprint';
import { readCard } from '../cards/card-view.service.ts';
import { sentToOthers } from '../cards/sent-replies.service.ts';
import type { Change } from '../db/event-log.ts';
import { type DraftRow, lockDraftOfCard, updateDraft } from '../drafts/drafts.repository.ts';
import { asText, judgeText } from '../drafts/judging.ts';
import { voidOtherWords } from '../drafts/voiding.ts';
import { newestJobOf, updateJob } from '../publishing/jobs.repository.ts';
import type { RoomContext } from '../rooms/rooms.service.ts';
import { approvedFacts } from '../stories/stories.service.ts';

/**
 * Judges the drafts of these cards, which the caller has locked, by the facts of their story as they are now. Where a signature is
 * about the facts too, it is void and a queued reply is stopped, all in the caller's transaction; each card is told (FS-5).
 * Words that stand in public stay as they were checked: they are listed for correction.
 */
export async function recheckWords(
  { tx, now, log }: Change,
  { room, playbook }: RoomContext,
  cardIds: readonly string[],
  why: string,
): Promise<void> {
  const roomId = room.room_id;
  for (const cardId of cardIds) {
    const draft = await lockDraftOfCard(tx, roomId, cardId);
    const card = draft && (await readCard(tx, roomId, cardId));
    const job = draft && (await newestJobOf(tx, roomId, cardId));
    if (!draft || !card || (job?.state === 'published' && isSent(draft, job))) continue;
    const sent = await sentToOthers(tx, playbook, { roomId, cardId, authorName: card.author.name });
    const sheet = await approvedFacts(tx, roomId, card.storyId);
    const beside = { platform: card.platform, class: card.fields.class ?? null, sent, sheet };
    const facts = asText(judgeText(playbook, draft.text, beside).facts);
    if (facts === draft.facts) continue;
    await updateDraft(tx, roomId, draft.draft_id, { facts });
    const read = async (): Promise<CardView> => (await readCard(tx, roomId, cardId)) ?? card;
    const after = await read();
    const isAbout = draft.signed && after.fingerprint !== card.fingerprint;
    const signOffs = isAbout ? await voidOtherWords(tx, after, roomId, draft.draft_id, now, why) : [];
    if (signOffs.length > 0) log({ type: 'draft.voided', data: { card: await read(), signOffs, why } });
    else log({ type: 'draft.changed', data: { card: await read() } });
    if (isAbout && job?.state === 'approved') {
      await updateJob(tx, roomId, job.job_id, { state: 'rejected', says: `${why} The reply was not sent.` });
      log({ type: 'reply.rejected', data: { card: await read() } });
    }
  }
}

const isSent = (draft: DraftRow, job: { generation: number; text: string }): boolean =>
  draft.generation === job.generation && normalise(draft.text) === job.text;
