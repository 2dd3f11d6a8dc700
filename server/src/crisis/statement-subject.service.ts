// A statement as the outbox sees it: what must hold at the wire, and what follows once it stands in public.
import type { StatementView } from '@rejoinder/contracts/statements';
import { statementFingerprint } from '@rejoinder/signoff/fingerprint';
import type { Tx } from '../db/database.ts';
import type { Deps } from '../deps.ts';
import { Refused } from '../http/problems.ts';
import { findMember } from '../people/people.repository.ts';
import type { JobRow } from '../publishing/jobs.repository.ts';
import type { Became, Subject } from '../publishing/subject.ts';
import { accountsOf, lockAccount, lockRoom } from '../rooms/rooms.repository.ts';
import { crisisContext, type Locked, viewNow } from './standing.service.ts';
import { statementNow } from './statement-change.service.ts';
import { refuseUnfit, whyNotFrom } from './statement-may-go.ts';
import { standsInPublic } from './statement-stands.service.ts';
import { lockStatement } from './statements.repository.ts';

export const statementsOut = (deps: Deps): Subject => ({
  async lock(tx, { room_id: roomId, account_id: accountId, statement_id: id }) {
    // A reply that locks the account out holds it before the room; so does this.
    await lockAccount(tx, roomId, accountId);
    await lockRoom(tx, roomId);
    await lockStatement(tx, roomId, id ?? '');
  },
  async whyNot({ tx, now }, job) {
    const { locked, statement, liable } = await loaded(tx, job);
    const account = (await accountsOf(tx, job.room_id)).find((each) => each.account_id === job.account_id);
    const own = statementFingerprint(statement.planId, job.text);
    if (own !== job.fingerprint || own !== statement.fingerprint || job.text !== statement.text)
      return 'The queued words are not the prepared ones; they were not sent.';
    const why = whyUnfit(locked, statement, { level: locked.room.level, liable, now });
    const lack = why ?? (account ? whyNotFrom(account, job.text) : null);
    return lack && `${lack} It was not sent.`;
  },
  says: () => ({ inReplyTo: null, pictures: [] }),
  async tell({ tx, log }, job, became) {
    const { statement } = await loaded(tx, job);
    const { state, matches } = statement.postings?.find((each) => each.jobId === job.job_id) ?? {};
    if (became === 'published' && state === 'published' && matches)
      log({ type: 'statement.posted', data: { room: await viewNow(tx, job.room_id), statement } });
    else log({ type: `statement.${asTold(became)}`, data: { statement, accountId: job.account_id } });
  },
  /** Only the first account counts: the others repeat the same word (CR-26). */
  async stands(change, job, { url, matches }) {
    const { locked, statement } = await loaded(change.tx, job);
    if (!matches || statement.posted !== null) return;
    const member = await findMember(change.tx, job.room_id, job.queued_by);
    const by = { userId: job.queued_by, name: member?.name ?? 'someone' };
    // An hour named at the press may have passed while it waited; then the pace of the plan counts.
    const next = job.next_at !== null && job.next_at > change.now ? job.next_at : null;
    await standsInPublic(deps, change, locked, statement, { by, url, accountId: job.account_id }, next);
  },
});

/** What stands there in other words than were sent is for a person to look at. */
const asTold = (became: Became): Exclude<Became, 'published'> => (became === 'published' ? 'unknown' : became);

async function loaded(tx: Tx, job: JobRow): Promise<{ locked: Locked; statement: StatementView; liable: boolean }> {
  const locked = await crisisContext(tx, job.room_id);
  return { locked, ...(await statementNow(tx, job.room_id, job.statement_id ?? '')) };
}

function whyUnfit(...asked: Parameters<typeof refuseUnfit>): string | null {
  try {
    refuseUnfit(...asked);
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.refusal.says;
    throw error;
  }
}
