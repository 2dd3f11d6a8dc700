// After a restore: what looks queued may have been sent since the backup, so nobody knows; and an administrator lets everything go on.
import { type Hold, holdOf, letGo } from '../db/installation.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../http/problems.ts';
import { jobsQueuedUntil, lockJob, updateJob } from './jobs.repository.ts';
import { firstLook } from './looking.ts';
import { PUBLISHER } from './publisher.ts';
import { type Subjects, subjectOf } from './subject.ts';

const SAYS =
  'The database was restored after this was queued. It may have been posted already: look before anything is sent again.';

/** Everything that was queued, held or on its way when the hold began is unknown from then on (PU-22). Safe to repeat. */
export async function askAboutQueued(deps: Deps, subjects: Subjects, since: Hold): Promise<number> {
  let asked = 0;
  for (const hint of await jobsQueuedUntil(deps.db, since.since)) {
    const { room_id: roomId, job_id: jobId } = hint;
    const subject = subjectOf(subjects, hint);
    await deps.events.change({ roomId, actor: PUBLISHER }, async (change) => {
      const { tx, now } = change;
      await subject.lock(tx, hint);
      const job = await lockJob(tx, roomId, jobId);
      if (!job || !['approved', 'sending', 'held'].includes(job.state)) return;
      const look_at = await firstLook(tx, job, now);
      await updateJob(tx, roomId, jobId, {
        state: 'unknown',
        says: SAYS,
        held_for: null,
        deadline_at: null,
        look_at,
        looks: 0,
      });
      await subject.tell(change, job, 'unknown');
      asked += 1;
    });
  }
  return asked;
}

/** An administrator has looked and says go: outbox and sources run again. What is unknown stays with people and read-back. */
export async function endHold(deps: Deps, by: { name: string }): Promise<void> {
  const held = await holdOf(deps.db);
  if (!held) throw new Problem('not-found', 'Nothing is on hold.');
  await letGo(deps.db);
  deps.log.info({ by: by.name, since: held.since, why: held.why }, 'publishing and sources go on after a hold');
}
