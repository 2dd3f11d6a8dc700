// A statement as it is shown: its row in the form of the contract, and who still has to sign it, and where it goes out.
import type { Playbook } from '@rejoinder/contracts/playbooks';
import type { PostingView, StatementLine, StatementView } from '@rejoinder/contracts/statements';
import { type StatementAt, statementMissing } from '@rejoinder/playbook/statement-signers';
import type { NewRow, Row } from '../db/tables.ts';

/** @param jobs of the outbox, among them those of this statement */
export function asStatement(row: Row<'statements'>, jobs: readonly Row<'publish_jobs'>[] = []): StatementView {
  const postings = jobs.filter((job) => job.statement_id === row.statement_id).map(asPosting);
  return { ...asPrepared(row), ...(postings.length > 0 ? { postings } : {}) };
}

const asPosting = (job: Row<'publish_jobs'>): PostingView => ({
  jobId: job.job_id,
  accountId: job.account_id,
  state: job.state,
  attempt: job.attempt,
  queuedAt: job.queued_at,
  publishedAt: job.published_at,
  url: job.url,
  says: job.says,
  matches: job.matches,
});

const asPrepared = (row: Row<'statements'>): StatementView => ({
  id: row.statement_id,
  planId: row.plan_id,
  kind: row.kind,
  text: row.text,
  changed: row.changed,
  fingerprint: row.fingerprint,
  prepared: { by: { userId: row.by_id, name: row.by_name }, at: row.at },
  signatures: row.signatures,
  glass: row.glass,
  posted: row.posted,
});

export const asRow = (roomId: string, statement: StatementView, liability: boolean): NewRow<'statements'> => ({
  room_id: roomId,
  statement_id: statement.id,
  plan_id: statement.planId,
  kind: statement.kind,
  text: statement.text,
  changed: statement.changed,
  liability,
  fingerprint: statement.fingerprint,
  at: statement.prepared.at,
  by_id: statement.prepared.by.userId,
  by_name: statement.prepared.by.name,
  signatures: JSON.stringify(statement.signatures),
  glass: null,
  posted: null,
});

/** What is posted lacks nothing any more. */
export const lineOf = (playbook: Playbook, statement: StatementView, at: StatementAt): StatementLine => ({
  statement,
  missing: statement.posted === null ? statementMissing(playbook, statement, at) : [],
});
