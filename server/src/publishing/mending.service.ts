// Accounts the platform no longer lets us use: who mends one lets go what was held for it.
import type { Actor } from '@rejoinder/contracts/people';
import type { RoomView } from '@rejoinder/contracts/rooms';
import type { Tx } from '../db/database.ts';
import type { Change } from '../db/event-log.ts';
import type { NewRow } from '../db/tables.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../http/problems.ts';
import { accountsOf, updateAccount } from '../rooms/rooms.repository.ts';
import {
  newWebhookSecret,
  readBackUrl,
  readUrl,
  requireAbility,
  roomContext,
  roomView,
} from '../rooms/rooms.service.ts';
import { jobsHeldFor, jobsLeftHeld, lockJob, updateJob } from './jobs.repository.ts';
import { PUBLISHER } from './publisher.ts';
import { type Subjects, subjectOf } from './subject.ts';

export type Mending = {
  roomId: string;
  accountId: string;
  url?: string | undefined;
  readBack?: string | null | undefined;
  renewSecret?: boolean | undefined;
  operationId?: string | undefined;
};

/** Changes what is given, ends the account's need of attention and queues what was held for it (PU-19). A new secret is shown once. */
export function mendAccount(
  deps: Deps,
  subjects: Subjects,
  actor: Actor,
  input: Mending,
): Promise<{ room: RoomView; secret: string | null }> {
  const { roomId, accountId, operationId, renewSecret = false } = input;
  const url = input.url === undefined ? undefined : readUrl(input.url);
  const readBack = input.readBack ? readBackUrl(input.readBack) : input.readBack;
  return deps.events.change(
    {
      roomId,
      actor,
      operationId,
      request: JSON.stringify(['mendAccount', accountId, url ?? null, readBack ?? null, renewSecret]),
      secret: true,
    },
    async (change) => {
      const { tx, log } = change;
      const context = await roomContext(tx, roomId);
      requireAbility(context, actor, 'manage_sources');
      const account = (await accountsOf(tx, roomId)).find((each) => each.account_id === accountId);
      if (account?.channel !== 'webhook') throw new Problem('not-found');
      await lockWhatIsHeld(tx, subjects, roomId, accountId);
      const secret = renewSecret ? newWebhookSecret() : null;
      const mended: Partial<NewRow<'accounts'>> = { attention: null };
      if (url !== undefined) mended.url = url;
      if (readBack !== undefined) mended.read_back = readBack;
      if (secret !== null) mended.secret_sealed = deps.sealer.seal(secret, accountId);
      await updateAccount(tx, roomId, accountId, mended);
      const room = await roomView(tx, context);
      log({ type: 'room.changed', data: { room } });
      await release(change, subjects, roomId, accountId);
      return { room, secret };
    },
  );
}

/**
 * Something may be held in the very moment in which its account is mended, after what was held was let go: it is let go a little
 * later, else it would wait for an account that works (PU-19).
 */
export async function releaseLeftHeld(deps: Deps, subjects: Subjects): Promise<void> {
  for (const hint of await jobsLeftHeld(deps.db)) {
    const { room_id: roomId, job_id: jobId, account_id: accountId } = hint;
    const subject = subjectOf(subjects, hint);
    await deps.events.change({ roomId, actor: PUBLISHER }, async (change) => {
      await subject.lock(change.tx, hint);
      const job = await lockJob(change.tx, roomId, jobId);
      const account = (await accountsOf(change.tx, roomId)).find((each) => each.account_id === accountId);
      if (job?.state !== 'held' || job.held_for !== 'account' || !account || account.attention) return;
      await updateJob(change.tx, roomId, jobId, { ...LET_GO, run_at: change.now });
      await subject.tell(change, job, 'released');
    });
  }
}

const LET_GO = { state: 'approved', held_for: null, says: null } as const;

/** Cards in their order, statements after them, since these lock the room. */
async function lockWhatIsHeld(tx: Tx, subjects: Subjects, roomId: string, accountId: string): Promise<void> {
  const held = await jobsHeldFor(tx, roomId, accountId);
  const cards = held.filter(({ card_id }) => card_id !== null);
  cards.sort((a, b) => ((a.card_id ?? '') < (b.card_id ?? '') ? -1 : 1));
  const statements = held.filter(({ statement_id }) => statement_id !== null);
  for (const job of [...cards, ...statements]) await subjectOf(subjects, job).lock(tx, job);
}

/** Read again under the locks: what was taken back meanwhile stays so. */
async function release(change: Change, subjects: Subjects, roomId: string, accountId: string): Promise<void> {
  const { tx, now } = change;
  const held = await jobsHeldFor(tx, roomId, accountId);
  for (const job of held) await updateJob(tx, roomId, job.job_id, { ...LET_GO, run_at: now });
  for (const job of held) await subjectOf(subjects, job).tell(change, job, 'released');
}
