// What became of a sending, written down: published, refused, waiting, held for its account, or unknown.
import type { Tx } from '../db/database.ts';
import type { Deps } from '../deps.ts';
import { accountsOf, updateAccount } from '../rooms/rooms.repository.ts';
import { roomContext, roomView } from '../rooms/rooms.service.ts';
import type { Delivery } from './channels.ts';
import { type JobHint, type JobRow, lockJob, updateJob } from './jobs.repository.ts';
import { firstLook } from './looking.ts';
import { PUBLISHER, waitsFor } from './publisher.ts';
import { type Subjects, subjectOf, writePublished } from './subject.ts';

const ATTEMPTS = 3;
/** A receiver that asks to wait costs no attempt, but after this long a person decides (F17, T16). */
const PATIENCE_MS = 3_600_000;
const SHORTEST_WAIT = 5;

export async function writeOutcome(deps: Deps, subjects: Subjects, sent: JobRow, delivery: Delivery): Promise<void> {
  const { room_id: roomId, job_id: jobId } = sent;
  const subject = subjectOf(subjects, sent);
  await deps.events.change({ roomId, actor: PUBLISHER }, async (change) => {
    const { tx, now, log } = change;
    await subject.lock(tx, sent);
    const job = await lockJob(tx, roomId, jobId);
    if (!job || job.state === 'published') return;
    // Only the sending that is still the current one may say no; that it was posted is true whoever gave up on it (PU-6).
    const isCurrent = job.state === 'sending' && job.deadline_at === sent.deadline_at;
    if (!isCurrent && delivery.outcome !== 'published') return;
    if (delivery.outcome === 'published') {
      await writePublished(change, subject, job, delivery);
      await subject.tell(change, job, 'published');
      return;
    }
    const state = await writeNotPosted(tx, job, delivery, now);
    await subject.tell(change, job, state);
    if (delivery.outcome === 'locked-out' && (await markAccount(tx, job, delivery.says, now)))
      log({ type: 'room.changed', data: { room: await roomView(tx, await roomContext(tx, roomId)) } });
  });
}

/** What is told of it: one that waits for its receiver is held too. */
async function writeNotPosted(
  tx: Tx,
  job: JobRow,
  delivery: Exclude<Delivery, { outcome: 'published' }>,
  now: string,
): Promise<'unknown' | 'rejected' | 'held'> {
  if (delivery.outcome === 'locked-out') {
    const account = (await accountsOf(tx, job.room_id)).find((each) => each.account_id === job.account_id);
    const says = waitsFor(account?.name ?? 'this account');
    await updateJob(tx, job.room_id, job.job_id, {
      state: 'held',
      held_for: 'account',
      says,
      deadline_at: null,
      attempt: job.attempt - 1,
    });
    return 'held';
  }
  const { says } = delivery;
  const waits = delivery.outcome === 'later' && mayWait(job, delivery.asked, now);
  if (!waits) {
    const state = delivery.outcome === 'unknown' ? 'unknown' : 'rejected';
    const look_at = state === 'unknown' ? await firstLook(tx, job, now) : null;
    await updateJob(tx, job.room_id, job.job_id, { state, says, deadline_at: null, look_at, looks: 0 });
    return state;
  }
  await updateJob(tx, job.room_id, job.job_id, {
    state: 'approved',
    says,
    deadline_at: null,
    attempt: delivery.asked ? job.attempt - 1 : job.attempt,
    run_at: new Date(Date.parse(now) + Math.max(SHORTEST_WAIT, delivery.seconds) * 1000).toISOString(),
  });
  return 'held';
}

/** The others that go out from this account are held when their turn comes; it is told once. */
async function markAccount(tx: Tx, job: JobRow, says: string, now: string): Promise<boolean> {
  const account = (await accountsOf(tx, job.room_id)).find((each) => each.account_id === job.account_id);
  if (!account || account.attention) return false;
  await updateAccount(tx, job.room_id, job.account_id, { attention: JSON.stringify({ says, since: now }) });
  return true;
}

const mayWait = (job: JobRow, asked: boolean, now: string): boolean =>
  asked ? Date.parse(now) - Date.parse(job.queued_at) < PATIENCE_MS : job.attempt < ATTEMPTS;

/** A job that was being sent when its worker died: nobody knows, so nobody resends (D4). */
export async function markLost(deps: Deps, subjects: Subjects, hint: JobHint): Promise<void> {
  const { room_id: roomId, job_id: jobId } = hint;
  const subject = subjectOf(subjects, hint);
  await deps.events.change({ roomId, actor: PUBLISHER }, async (change) => {
    const { tx, now } = change;
    await subject.lock(tx, hint);
    const job = await lockJob(tx, roomId, jobId);
    if (job?.state !== 'sending' || !job.deadline_at || job.deadline_at > now) return;
    await updateJob(tx, roomId, jobId, {
      state: 'unknown',
      says: 'The sending was interrupted. It may have been posted: look before anything is sent again.',
      deadline_at: null,
      look_at: await firstLook(tx, job, now),
      looks: 0,
    });
    await subject.tell(change, job, 'unknown');
  });
}
