// Gives an account to open cards that had none: whoever wrote before the account was added can then be answered.
import type { RoomEvent } from '@rejoinder/contracts/events';
import type { Change } from '../db/event-log.ts';
import type { Deps } from '../deps.ts';
import { accountsOf } from '../rooms/rooms.repository.ts';
import { readCards } from './card-view.service.ts';
import { cardsWithoutAccount, lockCards, updateCard } from './cards.repository.ts';

/** Handles `room.changed`. A card that has an account keeps it, so a repeated run changes nothing (CA-11). */
export async function findAccounts(
  _deps: Deps,
  { tx, log }: Change,
  roomId: string,
  _events: RoomEvent[],
): Promise<void> {
  const accounts = new Map((await accountsOf(tx, roomId)).map((account) => [account.platform, account.account_id]));
  const waiting = (await cardsWithoutAccount(tx, roomId)).filter((card) => accounts.has(card.platform));
  if (waiting.length === 0) return;
  const ids = waiting.map((card) => card.card_id);
  await lockCards(tx, roomId, ids);
  for (const card of waiting)
    await updateCard(tx, roomId, card.card_id, { account_id: accounts.get(card.platform) ?? null });
  log({ type: 'card.accountFound', data: { cards: await readCards(tx, roomId, ids) } });
}
