// The claim of a queued reply: from `approved` to `sending` in one short transaction, with everything checked again.
import type { PictureView } from '@rejoinder/contracts/pictures';
import { fingerprint } from '@rejoinder/signoff/fingerprint';
import { aboutOf, picturesOf, picturesSigned, sheetSigned } from '../cards/card-view.service.ts';
import { lockCard } from '../cards/cards.repository.ts';
import { cardNow } from '../cards/cards.service.ts';
import type { Tx } from '../db/database.ts';
import { holdOf } from '../db/installation.ts';
import type { Deps } from '../deps.ts';
import { NOT_THOSE, picturesToSend } from '../drafts/pictures.service.ts';
import { accountsOf } from '../rooms/rooms.repository.ts';
import { roomContext } from '../rooms/rooms.service.ts';
import type { Outgoing } from './channels.ts';
import { countSend, type JobRow, lockJob, updateJob } from './jobs.repository.ts';
import { whyNotSend } from './may-send.ts';
import { PUBLISHER, waitsFor } from './publisher.ts';

/** When a sending job counts as lost: later than a channel may take, so that a slow answer still lands. */
const LOST_MS = 30_000;

export type Claimed = { job: JobRow; channel: 'webhook' | 'rehearsal'; outgoing: Outgoing; sends: number };

/**
 * Null when there is nothing to send any more: another server has it, it was taken back, its account needs attention, or what it was
 * approved under no longer holds (I8). The frozen bytes are hashed again here.
 */
export async function claim(
  deps: Deps,
  hint: { room_id: string; job_id: string; card_id: string },
  sendMs: number,
): Promise<Claimed | null> {
  const { room_id: roomId, job_id: jobId, card_id: cardId } = hint;
  return deps.events.change({ roomId, actor: PUBLISHER }, async ({ tx, now, log }) => {
    await lockCard(tx, roomId, cardId);
    const job = await lockJob(tx, roomId, jobId);
    if (job?.state !== 'approved' || job.run_at > now || (await holdOf(tx))) return null;
    const { room, playbook } = await roomContext(tx, roomId);
    const account = (await accountsOf(tx, roomId)).find((a) => a.account_id === job.account_id);
    const card = await cardNow(tx, { roomId, cardId });
    const frozen = fingerprint({
      text: job.text,
      account: job.account_id,
      replyTo: job.reply_to,
      facts: sheetSigned(job),
      ...aboutOf(job),
      pictures: picturesSigned(job),
    });
    const pictures = await picturesToSend(tx, roomId, picturesOf(job));
    const says = !account
      ? 'The account is gone.'
      : frozen !== job.fingerprint
        ? 'The queued words are not the signed ones; they were not sent.'
        : pictures === null
          ? `${NOT_THOSE} The reply was not sent.`
          : isOther(picturesOf(job), card.draft?.pictures?.items ?? [])
            ? 'The pictures changed after the reply was queued; it was not sent.'
            : whyNotSend(playbook, room.level, card, job.fingerprint, now);
    if (!account || pictures === null || says !== null) {
      await updateJob(tx, roomId, jobId, { state: 'rejected', says });
      log({ type: 'reply.rejected', data: { card: await cardNow(tx, { roomId, cardId }) } });
      return null;
    }
    if (account.attention) {
      await updateJob(tx, roomId, jobId, { state: 'held', held_for: 'account', says: waitsFor(account.name) });
      log({ type: 'reply.held', data: { card: await cardNow(tx, { roomId, cardId }) } });
      return null;
    }
    const deadline = new Date(Date.parse(now) + Math.max(LOST_MS, sendMs * 2)).toISOString();
    const claimed = { ...job, attempt: job.attempt + 1, deadline_at: deadline };
    await updateJob(tx, roomId, jobId, { state: 'sending', attempt: claimed.attempt, deadline_at: deadline });
    log({ type: 'reply.sending', data: { card: await cardNow(tx, { roomId, cardId }) } });
    const made = await outgoingOf(deps, tx, job, now);
    return made && { ...made, job: claimed, outgoing: { ...made.outgoing, pictures }, sends: await countSend(tx) };
  });
}

/** Whether a list of pictures shows or says anything else than another. */
const isOther = (a: readonly PictureView[], b: readonly PictureView[]): boolean =>
  JSON.stringify(a.map(({ hash, alt }) => [hash, alt])) !== JSON.stringify(b.map(({ hash, alt }) => [hash, alt]));

/** What goes over the wire for a job, and over which channel; null when its account is gone. */
export async function outgoingOf(
  deps: Deps,
  tx: Tx,
  job: JobRow,
  now: string,
): Promise<{ channel: 'webhook' | 'rehearsal'; outgoing: Outgoing } | null> {
  const { room } = await roomContext(tx, job.room_id);
  const account = (await accountsOf(tx, job.room_id)).find((each) => each.account_id === job.account_id);
  if (!account) return null;
  const outgoing: Outgoing = {
    key: job.job_id,
    url: account.url ?? '',
    readBack: account.read_back,
    secret: account.secret_sealed ? deps.sealer.open(account.secret_sealed, account.account_id) : '',
    platform: account.platform,
    account: account.name,
    inReplyTo: job.reply_to,
    text: job.text,
    fingerprint: job.fingerprint,
    at: now,
    ...aboutOf(job),
    pictures: picturesOf(job),
  };
  // A rehearsal reaches nothing, whatever its accounts say (RM-2).
  return { channel: room.kind === 'rehearsal' ? 'rehearsal' : account.channel, outgoing };
}
