// SQL of the outbox. A claim is one short transaction; nothing is held over the network.
import { type NotNull, sql } from 'kysely';
import type { Db, Executor, Tx } from '../db/database.ts';
import type { NewRow, Row } from '../db/tables.ts';

export type JobRow = Row<'publish_jobs'>;
/** A job about a card's reply. */
export type ReplyJob = JobRow & { card_id: string; draft_id: string; generation: number; reply_to: string };
/** Which job, and what it is about; who takes it decides under lock. */
export type JobHint = Pick<JobRow, 'room_id' | 'job_id' | 'account_id' | 'card_id' | 'statement_id'>;
type Reply = { card_id: NotNull; draft_id: NotNull; generation: NotNull; reply_to: NotNull };

/** One job per words, account and draft generation, or per statement and account (I7). False when there is one already. */
export async function insertJob(tx: Tx, job: NewRow<'publish_jobs'>): Promise<boolean> {
  const done = await tx
    .insertInto('publish_jobs')
    .values(job)
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

export function jobOfWords(
  tx: Tx,
  job: { roomId: string; draftId: string; generation: number; fingerprint: string; accountId: string },
): Promise<ReplyJob | undefined> {
  return tx
    .selectFrom('publish_jobs')
    .selectAll()
    .where('room_id', '=', job.roomId)
    .where('draft_id', '=', job.draftId)
    .where('generation', '=', job.generation)
    .where('fingerprint', '=', job.fingerprint)
    .where('account_id', '=', job.accountId)
    .forUpdate()
    .$narrowType<Reply>()
    .executeTakeFirst();
}

export function newestJobOf(tx: Tx, roomId: string, cardId: string): Promise<ReplyJob | undefined> {
  return tx
    .selectFrom('publish_jobs')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('card_id', '=', cardId)
    .orderBy('queued_at', 'desc')
    .orderBy('job_id', 'desc')
    .limit(1)
    .forUpdate()
    .$narrowType<Reply>()
    .executeTakeFirst();
}

/** The reply that stands in public: the one published last. */
export function lastPublishedOf(tx: Tx, roomId: string, cardId: string): Promise<ReplyJob | undefined> {
  return tx
    .selectFrom('publish_jobs')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('card_id', '=', cardId)
    .where('state', '=', 'published')
    .orderBy('published_at', 'desc')
    .orderBy('job_id', 'desc')
    .limit(1)
    .$narrowType<Reply>()
    .executeTakeFirst();
}

/** What a statement was queued for: one an account, in the order of the first press. */
export function jobsOfStatements(db: Executor, roomId: string, statementIds: readonly string[]): Promise<JobRow[]> {
  if (statementIds.length === 0) return Promise.resolve([]);
  return db
    .selectFrom('publish_jobs')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('statement_id', 'in', [...statementIds])
    .orderBy('job_id')
    .execute();
}

/** Everything that had not ended when the hold began. */
export function jobsQueuedUntil(db: Db, until: string): Promise<JobHint[]> {
  return db
    .selectFrom('publish_jobs')
    .select(['room_id', 'job_id', 'account_id', 'card_id', 'statement_id'])
    .where('state', 'in', ['approved', 'sending', 'held'])
    .where('queued_at', '<=', until)
    .orderBy('queued_at')
    .execute();
}

export function lockJob(tx: Tx, roomId: string, jobId: string): Promise<JobRow | undefined> {
  return tx
    .selectFrom('publish_jobs')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('job_id', '=', jobId)
    .forUpdate()
    .executeTakeFirst();
}

export async function updateJob(
  tx: Tx,
  roomId: string,
  jobId: string,
  change: Partial<NewRow<'publish_jobs'>>,
): Promise<void> {
  await tx.updateTable('publish_jobs').set(change).where('room_id', '=', roomId).where('job_id', '=', jobId).execute();
}

export function jobsHeldFor(tx: Tx, roomId: string, accountId: string): Promise<JobRow[]> {
  return tx
    .selectFrom('publish_jobs')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('account_id', '=', accountId)
    .where('state', '=', 'held')
    .where('held_for', '=', 'account')
    .orderBy('queued_at')
    .orderBy('job_id')
    .execute();
}

/** Held for an account that needs nobody's attention. Only hints. */
export function jobsLeftHeld(db: Db): Promise<JobHint[]> {
  return db
    .selectFrom('publish_jobs as j')
    .innerJoin('accounts as a', (on) =>
      on.onRef('a.room_id', '=', 'j.room_id').onRef('a.account_id', '=', 'j.account_id'),
    )
    .select(['j.room_id', 'j.job_id', 'j.account_id', 'j.card_id', 'j.statement_id'])
    .where('j.state', '=', 'held')
    .where('j.held_for', '=', 'account')
    .where('a.attention', 'is', null)
    .limit(100)
    .execute();
}

/** How many sendings this database knows of, this one included; never taken back, also where the transaction is. */
export async function countSend(tx: Tx): Promise<number> {
  const { rows } = await sql<{ sends: number }>`select nextval('reply_sends')::int as sends`.execute(tx);
  return rows[0]?.sends ?? 0;
}

/**
 * Jobs that wait for their turn, jobs whose sending passed its deadline, and unknown ones that can be looked for. Only hints: who
 * takes one decides under lock.
 */
export async function dueJobs(db: Db, now: string, limit: number): Promise<(JobHint & Pick<JobRow, 'state'>)[]> {
  const { rows } = await sql<JobHint & Pick<JobRow, 'state'>>`
    select room_id, job_id, account_id, card_id, statement_id, state from publish_jobs
    where (state = 'approved' and run_at <= ${now} and not exists (select 1 from installation where held_since is not null)) or (state = 'sending' and deadline_at <= ${now})
      or (state = 'unknown' and look_at <= ${now})
    order by run_at limit ${limit}`.execute(db);
  return rows;
}
