// Accounts the platform no longer lets us use: who mends one lets go the replies that were held for it.
import type { Actor } from '@rejoinder/contracts/people';
import type { RoomView } from '@rejoinder/contracts/rooms';
import { lockCards } from '../cards/cards.repository.ts';
import { cardNow } from '../cards/cards.service.ts';
import type { Tx } from '../db/database.ts';
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
import { jobsHeldFor, updateJob } from './jobs.repository.ts';

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
    async ({ tx, now, log }) => {
      const context = await roomContext(tx, roomId);
      requireAbility(context, actor, 'manage_sources');
      const account = (await accountsOf(tx, roomId)).find((each) => each.account_id === accountId);
      if (account?.channel !== 'webhook') throw new Problem('not-found');
      const held = await jobsHeldFor(tx, roomId, accountId);
      await lockCards(tx, roomId, [...new Set(held.map((job) => job.card_id))].sort());
      const secret = renewSecret ? newWebhookSecret() : null;
      const change: Partial<NewRow<'accounts'>> = { attention: null };
      if (url !== undefined) change.url = url;
      if (readBack !== undefined) change.read_back = readBack;
      if (secret !== null) change.secret_sealed = deps.sealer.seal(secret, accountId);
      await updateAccount(tx, roomId, accountId, change);
      const room = await roomView(tx, context);
      log({ type: 'room.changed', data: { room } });
      for (const cardId of await release(tx, roomId, accountId, now))
        log({ type: 'reply.released', data: { card: await cardNow(tx, { roomId, cardId }) } });
      return { room, secret };
    },
  );
}

/** Read again under the cards' locks: what was taken back meanwhile stays so. */
async function release(tx: Tx, roomId: string, accountId: string, now: string): Promise<string[]> {
  const held = await jobsHeldFor(tx, roomId, accountId);
  for (const job of held)
    await updateJob(tx, roomId, job.job_id, { state: 'approved', held_for: null, says: null, run_at: now });
  return held.map((job) => job.card_id);
}
