// A card's reply as the outbox sees it: what must hold at the wire, what goes along, and what follows once it stands in public.
import { fingerprint } from '@rejoinder/signoff/fingerprint';
import { aboutOf, picturesOf, picturesSigned, sheetSigned } from '../cards/card-view.service.ts';
import { lockCard } from '../cards/cards.repository.ts';
import { cardNow } from '../cards/cards.service.ts';
import { endClocksWith } from '../cards/clocks.ts';
import { noteReturn } from '../cards/going-private.ts';
import { waitForAuthor } from '../cards/standing-still.ts';
import type { Change } from '../db/event-log.ts';
import { endCorrection } from '../drafts/drafts.repository.ts';
import { isOther } from '../drafts/pictures.service.ts';
import { roomContext } from '../rooms/rooms.service.ts';
import type { JobRow, ReplyJob } from './jobs.repository.ts';
import { whyNotSend } from './may-send.ts';
import type { Subject, Where } from './subject.ts';

/** The database holds a job without a statement to be about a card (publish_jobs_about). */
const asReply = (job: JobRow): ReplyJob => job as ReplyJob;
const cardOf = ({ room_id, card_id }: Pick<JobRow, 'room_id' | 'card_id'>) => ({
  roomId: room_id,
  cardId: card_id ?? '',
});

export const REPLIES: Subject = {
  async lock(tx, hint) {
    const { roomId, cardId } = cardOf(hint);
    await lockCard(tx, roomId, cardId);
  },
  async whyNot({ tx, now }, row) {
    const job = asReply(row);
    const { room, playbook } = await roomContext(tx, job.room_id);
    const card = await cardNow(tx, cardOf(job));
    const frozen = fingerprint({
      text: job.text,
      account: job.account_id,
      replyTo: job.reply_to,
      facts: sheetSigned(job),
      ...aboutOf(job),
      pictures: picturesSigned(job),
    });
    if (frozen !== job.fingerprint) return 'The queued words are not the signed ones; they were not sent.';
    if (isOther(picturesOf(job), card.draft?.pictures?.items ?? []))
      return 'The pictures changed after the reply was queued; it was not sent.';
    return whyNotSend(playbook, room.level, card, job.fingerprint, now);
  },
  says: (job) => ({ inReplyTo: job.reply_to, ...aboutOf(job), pictures: picturesOf(job) }),
  async tell({ tx, log }, job, became) {
    const card = await cardNow(tx, cardOf(job));
    if (became === 'published') log({ type: 'reply.published', data: { card, text: job.text } });
    else log({ type: `reply.${became}`, data: { card } });
  },
  stands: (change, job, where) => replyStands(change, asReply(job), where),
};

/** The clocks that end with a reply stop and it is the person's turn (CK-13, CK-17), a way back from private is noted, and what is written next on this card is a reply again. */
async function replyStands({ tx, now }: Change, job: ReplyJob, where: Where): Promise<void> {
  if (job.kind !== 'reply') await endCorrection(tx, job);
  if (!where.matches) return;
  const context = await roomContext(tx, job.room_id);
  await endClocksWith(tx, context.playbook, cardOf(job), 'public_reply_published', now);
  await noteReturn(tx, cardOf(job), context.playbook, { url: where.url, at: now });
  await waitForAuthor(tx, context, cardOf(job), { queuedAt: job.queued_at, now });
}
