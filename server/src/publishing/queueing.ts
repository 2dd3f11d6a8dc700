// What is written of a job when a person queues it, again or for the first time, and when a person says that it was not posted.
import type { NewRow } from '../db/tables.ts';
import type { JobRow } from './jobs.repository.ts';

export const IN_FLIGHT: readonly JobRow['state'][] = ['approved', 'sending', 'unknown', 'held'];
/** What ended without a post may be queued again on purpose. */
export const NOT_POSTED: readonly JobRow['state'][] = ['rejected', 'cancelled'];

export const queuedAgain = (by: string, now: string) =>
  ({
    state: 'approved',
    run_at: now,
    queued_at: now,
    queued_by: by,
    attempt: 0,
    says: null,
    deadline_at: null,
    held_for: null,
    look_at: null,
  }) satisfies Partial<NewRow<'publish_jobs'>>;

export const notPosted = (by: string, note: string) =>
  ({
    state: 'rejected',
    says: `Not posted, says ${by}: ${note}`,
    deadline_at: null,
    published_at: null,
    look_at: null,
  }) satisfies Partial<NewRow<'publish_jobs'>>;

/** Why a job cannot be taken back any more, in a sentence; null when it can (PU-17). */
export function whyNotBack(state: JobRow['state'] | undefined): string | null {
  if (state === 'approved' || state === 'held') return null;
  if (state === 'sending') return 'It is too late to take it back: it is on its way.';
  if (state === 'unknown') return 'It may have been posted already. Look there and settle it.';
  return 'There is no queued post to take back.';
}

export const takenBack = (by: string, reason: string) =>
  ({
    state: 'cancelled',
    says: `Taken back by ${by}${reason === '' ? '' : `: ${reason}`}`,
    held_for: null,
  }) satisfies Partial<NewRow<'publish_jobs'>>;
