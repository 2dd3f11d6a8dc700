// The claim of a queued job: from `approved` to `sending` in one short transaction, with everything checked again.
import { picturesOf } from '../cards/card-view.service.ts';
import type { Tx } from '../db/database.ts';
import { holdOf } from '../db/installation.ts';
import type { Deps } from '../deps.ts';
import { NOT_THOSE, picturesToSend } from '../drafts/pictures.service.ts';
import { accountsOf } from '../rooms/rooms.repository.ts';
import { roomContext } from '../rooms/rooms.service.ts';
import type { Outgoing } from './channels.ts';
import { countSend, type JobHint, type JobRow, lockJob, updateJob } from './jobs.repository.ts';
import { PUBLISHER, waitsFor } from './publisher.ts';
import { type Subjects, subjectOf } from './subject.ts';

/** When a sending job counts as lost: later than a channel may take, so that a slow answer still lands. */
const LOST_MS = 30_000;

export type Claimed = { job: JobRow; channel: 'webhook' | 'rehearsal'; outgoing: Outgoing; sends: number };

/**
 * Null when there is nothing to send any more: another server has it, it was taken back, its account needs attention, or what it was
 * approved under no longer holds (I8). The frozen bytes are hashed again here.
 */
export async function claim(deps: Deps, subjects: Subjects, hint: JobHint, sendMs: number): Promise<Claimed | null> {
  const { room_id: roomId, job_id: jobId } = hint;
  const subject = subjectOf(subjects, hint);
  return deps.events.change({ roomId, actor: PUBLISHER }, async (change) => {
    const { tx, now } = change;
    await subject.lock(tx, hint);
    const job = await lockJob(tx, roomId, jobId);
    if (job?.state !== 'approved' || job.run_at > now || (await holdOf(tx))) return null;
    const account = (await accountsOf(tx, roomId)).find((a) => a.account_id === job.account_id);
    const pictures = await picturesToSend(tx, roomId, picturesOf(job));
    const says = !account
      ? 'The account is gone.'
      : pictures === null
        ? `${NOT_THOSE} The reply was not sent.`
        : await subject.whyNot(change, job);
    if (!account || pictures === null || says !== null) {
      await updateJob(tx, roomId, jobId, { state: 'rejected', says });
      await subject.tell(change, job, 'rejected');
      return null;
    }
    if (account.attention) {
      await updateJob(tx, roomId, jobId, { state: 'held', held_for: 'account', says: waitsFor(account.name) });
      await subject.tell(change, job, 'held');
      return null;
    }
    const deadline = new Date(Date.parse(now) + Math.max(LOST_MS, sendMs * 2)).toISOString();
    const claimed = { ...job, attempt: job.attempt + 1, deadline_at: deadline };
    await updateJob(tx, roomId, jobId, { state: 'sending', attempt: claimed.attempt, deadline_at: deadline });
    await subject.tell(change, claimed, 'sending');
    const made = await outgoingOf(deps, subjects, tx, job, now);
    return made && { ...made, job: claimed, outgoing: { ...made.outgoing, pictures }, sends: await countSend(tx) };
  });
}

/** What goes over the wire for a job, and over which channel; null when its account is gone. */
export async function outgoingOf(
  deps: Deps,
  subjects: Subjects,
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
    text: job.text,
    fingerprint: job.fingerprint,
    at: now,
    ...subjectOf(subjects, job).says(job),
  };
  // A rehearsal reaches nothing, whatever its accounts say (RM-2).
  return { channel: room.kind === 'rehearsal' ? 'rehearsal' : account.channel, outgoing };
}
