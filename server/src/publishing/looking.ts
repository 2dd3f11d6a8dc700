// Asks a channel whether a reply that nobody knows about stands there, a few times and ever more rarely; it only reads.
import type { Tx } from '../db/database.ts';
import type { Deps } from '../deps.ts';
import { accountsOf } from '../rooms/rooms.repository.ts';
import type { Channels, Found } from './channels.ts';
import { outgoingOf } from './claiming.ts';
import { type JobHint, type JobRow, lockJob, updateJob } from './jobs.repository.ts';
import { PUBLISHER } from './publisher.ts';
import { type Subjects, subjectOf, writePublished } from './subject.ts';

/** Seconds until each look; after the last one only a person can tell. */
const LOOKS = [5, 30, 120, 600, 1800];

/** When an unknown reply is looked for first; null where its account cannot be asked. */
export async function firstLook(tx: Tx, job: JobRow, now: string): Promise<string | null> {
  const account = (await accountsOf(tx, job.room_id)).find((each) => each.account_id === job.account_id);
  return account?.read_back ? lookAt(now, 0) : null;
}

const lookAt = (now: string, looks: number): string | null => {
  const seconds = LOOKS[looks];
  return seconds === undefined ? null : new Date(Date.parse(now) + seconds * 1000).toISOString();
};

/** One look at one unknown reply. Two servers may both look; the one that writes first is believed. */
export async function lookFor(
  deps: Deps,
  subjects: Subjects,
  channels: Channels,
  hint: JobHint,
  deadlineMs: number,
): Promise<void> {
  const { room_id: roomId, job_id: jobId } = hint;
  const asked = await deps.db.transaction().execute(async (tx) => {
    const job = await lockJob(tx, roomId, jobId);
    if (job?.state !== 'unknown' || job.look_at === null || job.look_at > deps.now()) return null;
    const outgoing = await outgoingOf(deps, subjects, tx, job, deps.now());
    // The next look is set first, so that a server that dies while it asks asks again.
    await updateJob(tx, roomId, jobId, { looks: job.looks + 1, look_at: lookAt(deps.now(), job.looks + 1) });
    return outgoing;
  });
  const find = asked && channels[asked.channel].find;
  if (asked && find) await writeFound(deps, subjects, hint, await find(asked.outgoing, deadlineMs));
}

async function writeFound(deps: Deps, subjects: Subjects, hint: JobHint, found: Found): Promise<void> {
  if (found.outcome === 'unclear') return;
  const { room_id: roomId, job_id: jobId } = hint;
  const subject = subjectOf(subjects, hint);
  await deps.events.change({ roomId, actor: PUBLISHER }, async (change) => {
    await subject.lock(change.tx, hint);
    const job = await lockJob(change.tx, roomId, jobId);
    if (job?.state !== 'unknown') return;
    if (found.outcome === 'found') await writePublished(change, subject, job, found);
    else {
      const says = 'The receiver was asked and says that it was not posted. Publish it again if it should be.';
      await updateJob(change.tx, roomId, jobId, { state: 'rejected', says, look_at: null });
    }
    await subject.tell(change, job, found.outcome === 'found' ? 'published' : 'rejected');
  });
}
