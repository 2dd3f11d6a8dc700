// Statements through the outbox: queued once for each account, taken back before they leave, settled by a person who looked.
import type { Actor } from '@rejoinder/contracts/people';
import type { StatementLine } from '@rejoinder/contracts/statements';
import { sayRoles } from '@rejoinder/playbook/levels';
import { publishersOn } from '@rejoinder/playbook/publishers';
import { normalise, statementFingerprint } from '@rejoinder/signoff/fingerprint';
import type { Tx } from '../db/database.ts';
import type { Row } from '../db/tables.ts';
import type { Deps } from '../deps.ts';
import { Problem, refuse } from '../http/problems.ts';
import { asLink } from '../publishing/channels.ts';
import { insertJob, type JobRow, jobsOfStatements, updateJob } from '../publishing/jobs.repository.ts';
import { NOT_POSTED, notPosted, queuedAgain, takenBack, whyNotBack } from '../publishing/queueing.ts';
import { writePublished } from '../publishing/subject.ts';
import { accountsOf } from '../rooms/rooms.repository.ts';
import { requireAbility } from '../rooms/rooms.service.ts';
import type { Locked } from './standing.service.ts';
import { changeStatement, type OnStatement, statementNow } from './statement-change.service.ts';
import { refuseUnfit, signOffClause, whyNotFrom } from './statement-may-go.ts';
import { statementsOut } from './statement-subject.service.ts';
import { lineOf } from './statement-view.ts';
import { checkNext } from './updates.service.ts';

export type OnPosting = OnStatement & { accountId: string };

/** Queues exactly the prepared words for each of these accounts, all or none (CR-22, CR-23). */
export function publishStatement(
  deps: Deps,
  actor: Actor,
  on: OnStatement,
  input: { fingerprint: string; accountIds: string[]; nextAt: string | null },
): Promise<StatementLine> {
  return changeStatement(deps, actor, on, ['publish', input], async (change, locked, statement, at) => {
    const { tx, now, log } = change;
    requireAbility(locked, actor, 'publish');
    if (actor.kind !== 'person') throw new Problem('not-allowed', 'Only a person posts words to everybody.');
    const clause = signOffClause(locked);
    const own = statementFingerprint(statement.planId, statement.text);
    if (input.fingerprint !== statement.fingerprint || own !== statement.fingerprint)
      throw refuse('CR-22', clause, 'These are other words than those you read.', [
        { do: 'reload', says: 'Read them' },
      ]);
    refuseUnfit(locked, statement, at);
    // The word to the public that the next is promised with is the first; further accounts repeat it.
    if (statement.posted === null) await checkNext(change, locked, 'public', input.nextAt);
    const accounts = await accountsOf(tx, on.roomId);
    const jobs = await jobsOfStatements(tx, on.roomId, [statement.id]);
    for (const accountId of input.accountIds) {
      const account = accounts.find((each) => each.account_id === accountId);
      if (!account)
        throw new Problem('not-valid', 'The room has no such account.', [
          { path: '/accountIds', says: 'not an account of this room' },
        ]);
      refuseAccount(locked, actor, account, statement.text);
      await queue(
        account,
        jobs.find((job) => job.account_id === accountId),
      );
    }
    const { statement: after } = await statementNow(tx, on.roomId, statement.id);
    log({ type: 'statement.queued', data: { statement: after, accountIds: input.accountIds } });
    return lineOf(locked.playbook, after, at);

    async function queue(account: Row<'accounts'>, earlier: JobRow | undefined): Promise<void> {
      const queued = { ...queuedAgain(actor.id, now), next_at: input.nextAt };
      if (earlier && !NOT_POSTED.includes(earlier.state))
        throw refuse(
          'CR-22',
          clause,
          earlier.state === 'published'
            ? `These words were posted from ${account.name} already.`
            : `These words are on their way from ${account.name} already, or wait for someone to say whether they were posted.`,
          earlier.state === 'unknown' ? [{ do: 'settle', says: 'Say whether they were posted' }] : [],
        );
      if (earlier) await updateJob(tx, on.roomId, earlier.job_id, queued);
      else
        await insertJob(tx, {
          room_id: on.roomId,
          job_id: deps.newId('job'),
          statement_id: statement.id,
          account_id: account.account_id,
          text: normalise(statement.text),
          fingerprint: statement.fingerprint,
          matches: false,
          ...queued,
        });
    }
  });
}

/** Before it left it is taken back; against the claim of the worker there is one winner, since both lock room and job (PU-17). */
export function cancelStatement(
  deps: Deps,
  actor: Actor,
  on: OnPosting,
  input: { reason: string },
): Promise<StatementLine> {
  const reason = input.reason.trim();
  return changeStatement(
    deps,
    actor,
    on,
    ['cancel', on.accountId, reason],
    async ({ tx, log }, locked, statement, at) => {
      requireAbility(locked, actor, 'publish');
      const job = await postingOf(tx, on);
      const why = whyNotBack(job.state);
      if (why !== null)
        throw refuse(
          'CR-25',
          signOffClause(locked),
          why,
          job.state === 'unknown' ? [{ do: 'settle', says: 'Say whether it was posted' }] : [],
        );
      await updateJob(tx, on.roomId, job.job_id, takenBack(actor.name, reason));
      const { statement: after } = await statementNow(tx, on.roomId, statement.id);
      log({ type: 'statement.cancelled', data: { statement: after, accountId: on.accountId, reason } });
      return lineOf(locked.playbook, after, at);
    },
  );
}

/** A person looked and says what became of a posting nobody knew about, or that stands in other words than were sent (CR-25). */
export function settleStatement(
  deps: Deps,
  actor: Actor,
  on: OnPosting,
  input: { outcome: 'published' | 'not-published'; url?: string | undefined; note: string },
): Promise<StatementLine> {
  return changeStatement(deps, actor, on, ['settle', on.accountId, input], async (change, locked, statement, at) => {
    const { tx, log } = change;
    requireAbility(locked, actor, 'settle');
    if (actor.kind !== 'person') throw new Problem('not-allowed', 'Only a person who has looked can say this.');
    const job = await postingOf(tx, on);
    if (job.state !== 'unknown' && !(job.state === 'published' && !job.matches))
      throw refuse('CR-25', signOffClause(locked), 'There is nothing to settle: what became of it is known.');
    if (input.outcome === 'published') {
      const subject = statementsOut(deps);
      const where = { id: job.remote_id, url: asLink(input.url) ?? job.url, matches: true };
      await writePublished(change, subject, job, where);
      await subject.tell(change, job, 'published');
    } else await updateJob(tx, on.roomId, job.job_id, notPosted(actor.name, input.note));
    const { statement: after } = await statementNow(tx, on.roomId, statement.id);
    const { outcome, note } = input;
    log({ type: 'statement.settled', data: { statement: after, accountId: on.accountId, outcome, note } });
    return lineOf(locked.playbook, after, at);
  });
}

/** Only whom the plan names for the platform, and only an account that can say all of it. @throws Refused */
function refuseAccount({ playbook, room }: Locked, actor: Actor, account: Row<'accounts'>, text: string): void {
  const named = publishersOn(playbook, account.platform, room.level);
  if (named && !actor.roles.some((role) => named.roles.includes(role)))
    throw refuse(
      'CR-23',
      named.clause,
      `On ${account.platform} it is posted by ${sayRoles(playbook, named.roles)}.`,
      [],
      named.roles,
    );
  const why = whyNotFrom(account, text);
  if (why !== null) throw refuse('CR-23', named?.clause ?? 'Statements', why);
}

async function postingOf(tx: Tx, { roomId, statementId, accountId }: OnPosting): Promise<JobRow> {
  const job = (await jobsOfStatements(tx, roomId, [statementId])).find((each) => each.account_id === accountId);
  if (!job) throw new Problem('not-found');
  return job;
}
