// Sign-offs: a person's agreement to exact words, given, withdrawn, and voided when the person posts again.
import type { CardView } from '@rejoinder/contracts/cards';
import type { RoomEvent } from '@rejoinder/contracts/events';
import type { Actor } from '@rejoinder/contracts/people';
import { REPLY_SIGN_OFF } from '@rejoinder/playbook/awaiting';
import { sayRoles } from '@rejoinder/playbook/levels';
import { signOffExpiresAt } from '@rejoinder/playbook/signers';
import { turnOf } from '@rejoinder/playbook/signing-turn';
import { maySign } from '@rejoinder/signoff/decide';
import { asSignOffView, readCard } from '../cards/card-view.service.ts';
import { lockCards } from '../cards/cards.repository.ts';
import { cardNow, changeCard, type OnCard } from '../cards/cards.service.ts';
import type { Change } from '../db/event-log.ts';
import type { Deps } from '../deps.ts';
import { lockDraftOfCard, updateDraft } from '../drafts/drafts.repository.ts';
import { fingerprintOf } from '../drafts/drafts.service.ts';
import { voidAll } from '../drafts/voiding.ts';
import { Problem, refuse } from '../http/problems.ts';
import { endSilence } from './deputies.service.ts';

/** Agrees to the words with this fingerprint (SG-1). The draft is locked, so no edit slips between reading and signing. */
export function sign(
  deps: Deps,
  actor: Actor,
  on: OnCard,
  input: { fingerprint: string; role: string; standsFor?: string | undefined },
): Promise<{ card: CardView }> {
  return changeCard(deps, actor, on, 'sign', ['sign', input], async ({ tx, now, log }, { card, playbook, room }) => {
    if (actor.kind !== 'person') throw new Problem('not-allowed', 'Only a person can agree to words.');
    if (!actor.roles.includes(input.role)) throw new Problem('not-allowed', 'You do not hold that role in this room.');
    if (!playbook.roles.some((role) => role.id === input.role && role.may.includes('sign')))
      throw new Problem('not-allowed', 'That role does not sign under this playbook.');
    const draft = await lockDraftOfCard(tx, on.roomId, on.cardId);
    const locked = await cardNow(tx, on);
    const verdict = maySign(
      locked.signOffs,
      { userId: actor.id, role: input.role, fingerprint: input.fingerprint },
      draft && locked.draft?.empty === false ? fingerprintOf(draft, locked) : null,
      now,
    );
    if (!verdict.ok || !draft) {
      throw refuse('SG-1', 'Sign-off', verdict.ok ? 'There are no words to sign yet.' : verdict.says, [
        { do: 'open-draft', from: null, to: null, says: 'Read the words as they are now' },
      ]);
    }
    const turn = turnOf(playbook, REPLY_SIGN_OFF, room.level, locked, {
      role: input.role,
      signsFor: input.standsFor,
      now,
    });
    if (!turn.ok)
      throw refuse(
        turn.rule,
        playbook.signOffs.find((each) => each.id === REPLY_SIGN_OFF)?.clause ?? 'Sign-off',
        turn.says,
        turn.who.map((role) => ({ do: 'ask-sign-off', role, says: `Ask ${sayRoles(playbook, [role])} to sign` })),
        turn.who,
      );
    if (!turn.standsFor) await endSilence(tx, on, locked, [input.role]);
    const row = {
      room_id: on.roomId,
      sign_off_id: deps.newId('sign'),
      card_id: card.id,
      draft_id: draft.draft_id,
      generation: draft.generation,
      fingerprint: input.fingerprint,
      text: draft.text,
      user_id: actor.id,
      name: actor.name,
      role: input.role,
      signed_at: now,
      expires_at: signOffExpiresAt(playbook, REPLY_SIGN_OFF, room.level, now),
      voided_at: null,
      void_reason: null,
      stands_for: turn.standsFor?.role ?? null,
      silent_since: turn.standsFor?.silentSince ?? null,
      n: draft.n,
      pictures: draft.pictures,
    };
    // The same person may sign the same words again after they expired; the older signature then ends.
    const expired = await voidExpired({ tx, now } as Change, on, actor.id, input);
    await tx.insertInto('sign_offs').values(row).execute();
    await updateDraft(tx, on.roomId, draft.draft_id, { signed: true });
    if (expired.length > 0)
      log({
        type: 'draft.voided',
        data: { card: await cardNow(tx, on), signOffs: expired, why: 'The signature had expired.' },
      });
    return (after) => ({ type: 'draft.signed', data: { card: after, signOff: asSignOffView(row) } });
  });
}

async function voidExpired(
  { tx, now }: Pick<Change, 'tx' | 'now'>,
  on: OnCard,
  userId: string,
  input: { fingerprint: string; role: string },
) {
  const rows = await tx
    .updateTable('sign_offs')
    .set({ voided_at: now, void_reason: 'Expired.' })
    .where('room_id', '=', on.roomId)
    .where('card_id', '=', on.cardId)
    .where('user_id', '=', userId)
    .where('role', '=', input.role)
    .where('fingerprint', '=', input.fingerprint)
    .where('voided_at', 'is', null)
    .where('expires_at', '<=', now)
    .returningAll()
    .execute();
  return rows.map(asSignOffView);
}

/** Sends the draft back with a reason; the signer's own agreement, if any, is withdrawn. */
export function sendBack(deps: Deps, actor: Actor, on: OnCard, reason: string): Promise<{ card: CardView }> {
  return changeCard(deps, actor, on, 'sign', ['send-back', reason], async ({ tx, now, log }, { card }) => {
    await endSilence(tx, on, card, actor.roles);
    const withdrawn = await voidAll(tx, on.roomId, on.cardId, now, `Sent back: ${reason}`, { user: actor.id });
    if (withdrawn.length > 0)
      log({
        type: 'draft.voided',
        data: { card: await cardNow(tx, on), signOffs: withdrawn, why: `Sent back: ${reason}` },
      });
    return (after) => ({ type: 'draft.sentBack', data: { card: after, reason } });
  });
}

/** Handles `card.heated`: what was agreed before the new post was read no longer counts (A13). Voided once, so safe to repeat. */
export async function voidOnNewPosts(
  _deps: Deps,
  { tx, now, log }: Change,
  roomId: string,
  events: RoomEvent[],
): Promise<void> {
  const cardIds = [
    ...new Set(
      events.flatMap((e) => (e.type === 'card.heated' ? e.data.cards.filter((c) => c.draft).map((c) => c.id) : [])),
    ),
  ].sort();
  await lockCards(tx, roomId, cardIds);
  for (const cardId of cardIds) {
    const card = await readCard(tx, roomId, cardId);
    // Signatures on words that are out stay; those on a correction, or on the next reply, do not.
    const since = card?.reply?.state === 'published' ? card.reply.publishedAt : null;
    if (!card?.signOffs.some((s) => s.voidedAt === null && (since === null || s.signedAt > since))) continue;
    const why = 'A new message from this person came after the signature.';
    const signOffs = await voidAll(tx, roomId, cardId, now, why, { since });
    log({ type: 'draft.voided', data: { card: await cardNow(tx, { roomId, cardId }), signOffs, why } });
  }
}
