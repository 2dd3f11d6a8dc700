// What a queued job is about, as the outbox sees it: a reply of a card, or words of a later room. The outbox sends; a subject judges and tells.
import type { Tx } from '../db/database.ts';
import type { Change } from '../db/event-log.ts';
import type { Outgoing } from './channels.ts';
import { type JobHint, type JobRow, updateJob } from './jobs.repository.ts';

export type Became = 'sending' | 'published' | 'rejected' | 'unknown' | 'held' | 'released';

export type Subject = {
  /** Locks what the job is about; the job itself is locked after it. Cards come before accounts, accounts before the room. */
  lock: (tx: Tx, hint: JobHint) => Promise<void>;
  /** Why the frozen bytes may not leave now, in a sentence; asked in the transaction that would set them sending (I8). */
  whyNot: (change: Change, job: JobRow) => Promise<string | null>;
  /** What of the message only the subject knows. */
  says: (job: JobRow) => Pick<Outgoing, 'inReplyTo' | 'about' | 'pictures'>;
  /** Logs what became of the job, which is written already. */
  tell: (change: Change, job: JobRow, became: Became) => Promise<void>;
  /** What follows once it stands in public. `matches` false: in other words than were sent, so that a person looks. */
  stands: (change: Change, job: JobRow, where: Where) => Promise<void>;
};
export type Where = { id: string | null; url: string | null; matches: boolean };
export type Subjects = { reply: Subject; statement: Subject };

export const subjectOf = (subjects: Subjects, { statement_id }: Pick<JobRow, 'statement_id'>): Subject =>
  statement_id === null ? subjects.reply : subjects.statement;

/** It stands in public: the job ends, and its subject follows. */
export async function writePublished(change: Change, subject: Subject, job: JobRow, where: Where): Promise<void> {
  const published = {
    state: 'published',
    published_at: change.now,
    remote_id: where.id,
    url: where.url,
    matches: where.matches,
    says: where.matches ? null : 'What was posted differs from what was signed.',
    deadline_at: null,
    look_at: null,
    held_for: null,
  } as const;
  await updateJob(change.tx, job.room_id, job.job_id, published);
  await subject.stands(change, { ...job, ...published }, where);
}
