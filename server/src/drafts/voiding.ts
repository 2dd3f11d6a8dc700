// Marks sign-offs void that no longer fit, inside the transaction of whatever made them so.
import type { CardView, SignOffView } from '@rejoinder/contracts/cards';
import { asSignOffView } from '../cards/card-view.service.ts';
import type { Tx } from '../db/database.ts';
import { updateDraft } from './drafts.repository.ts';

/** Sign-offs over other words than `card.fingerprint` are voided (SG-5); answers those that were. */
export async function voidOtherWords(
  tx: Tx,
  card: CardView,
  roomId: string,
  draftId: string,
  now: string,
  why = 'The words changed after the signature.',
): Promise<SignOffView[]> {
  const rows = await tx
    .updateTable('sign_offs')
    .set({ voided_at: now, void_reason: why })
    .where('room_id', '=', roomId)
    .where('card_id', '=', card.id)
    .where('voided_at', 'is', null)
    .where('fingerprint', '!=', card.fingerprint ?? '')
    .returningAll()
    .execute();
  const left = await tx
    .selectFrom('sign_offs')
    .select('sign_off_id')
    .where('room_id', '=', roomId)
    .where('card_id', '=', card.id)
    .where('voided_at', 'is', null)
    .executeTakeFirst();
  if (!left) await updateDraft(tx, roomId, draftId, { signed: false });
  return rows.map(asSignOffView);
}

/** Every sign-off still standing on a card is voided with a reason: the person posted again, or a signer sent it back. */
export async function voidAll(
  tx: Tx,
  roomId: string,
  cardId: string,
  now: string,
  reason: string,
  only: { user?: string; since?: string | null } = {},
): Promise<SignOffView[]> {
  let update = tx
    .updateTable('sign_offs')
    .set({ voided_at: now, void_reason: reason })
    .where('room_id', '=', roomId)
    .where('card_id', '=', cardId)
    .where('voided_at', 'is', null);
  if (only.user) update = update.where('user_id', '=', only.user);
  if (only.since) update = update.where('signed_at', '>', only.since);
  return (await update.returningAll().execute()).map(asSignOffView);
}
