// Who has a card: taking it, giving it to a colleague, and how many cards of a stage one person may have.
import type { Actor } from '@rejoinder/contracts/people';
import { limitAt } from '@rejoinder/playbook/levels';
import type { Change } from '../db/event-log.ts';
import type { Deps } from '../deps.ts';
import { Problem, Refused, refuse } from '../http/problems.ts';
import { findMember } from '../people/people.repository.ts';
import { roomContext } from '../rooms/rooms.service.ts';
import { eachByItself, type Outcome } from './bulk.ts';
import { countStages, lockStage, memberName, updateCard } from './cards.repository.ts';
import { cardNow, changeCard, type LockedCard, type OnCard } from './cards.service.ts';

/** Becomes the owner and accepts (CA-4). A colleague's card is refused unless taken over on purpose, so that two never answer one person. */
export function takeCard(deps: Deps, actor: Actor, on: OnCard, over: boolean) {
  return changeCard(deps, actor, on, 'own', ['take', over], async (change, locked) => {
    await writeOwner(change, on, locked, actor, over);
    await refuseOverLimit(change, locked, actor.id);
    return (after) => ({ type: 'card.taken', data: { card: after } });
  });
}

/** Also called by a move that takes the card: its own verdict then counts the owner's cards where the card goes. */
export async function writeOwner(
  { tx, now }: Change,
  on: OnCard,
  { card }: Pick<LockedCard, 'card'>,
  actor: Actor,
  over: boolean,
): Promise<void> {
  if (actor.kind !== 'person') throw new Problem('not-allowed', 'Only a person can own a card.');
  if (card.owner?.acceptedAt && card.owner.userId !== actor.id && !over) {
    const name = await memberName(tx, on.roomId, card.owner.userId);
    throw refuse('CA-4', 'Owner', `${name} has this card. Take it over on purpose if ${name} cannot go on.`, [
      { do: 'take-card', says: 'Take over' },
    ]);
  }
  await updateCard(tx, on.roomId, on.cardId, { owner_id: actor.id, owner_accepted_at: now });
}

/**
 * Who accepts what a ladder asks about a card becomes its owner where nobody else has it or was offered it, and the limit leaves room.
 * Answers whether so. The caller holds the card's lock.
 */
export async function acceptAsOwner(change: Change, on: OnCard, actor: Actor): Promise<boolean> {
  const { tx, now } = change;
  const card = await cardNow(tx, on);
  const isFree = card.owner === null || (card.owner.userId === actor.id && card.owner.acceptedAt === null);
  if (actor.kind !== 'person' || card.closedAt !== null || !isFree) return false;
  const before = { owner_id: card.owner?.userId ?? null, owner_accepted_at: null };
  await updateCard(tx, on.roomId, on.cardId, { owner_id: actor.id, owner_accepted_at: now });
  try {
    await refuseOverLimit(change, { ...(await roomContext(tx, on.roomId)), card }, actor.id);
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await updateCard(tx, on.roomId, on.cardId, before);
    return false;
  }
}

/** Gives the card to a member, who then must accept, or to nobody. */
export function assignCard(deps: Deps, actor: Actor, on: OnCard, userId: string | null) {
  return changeCard(deps, actor, on, 'own', ['assign', userId], async (change, locked) => {
    const { tx, now } = change;
    if (userId && !(await findMember(tx, on.roomId, userId)))
      throw new Problem('not-valid', 'That person is not a member of this room.', [
        { path: '/userId', says: 'not a member' },
      ]);
    await updateCard(tx, on.roomId, on.cardId, {
      owner_id: userId,
      owner_accepted_at: userId === actor.id ? now : null,
    });
    if (userId !== null) await refuseOverLimit(change, locked, userId);
    return (after) => ({ type: 'card.assigned', data: { card: after } });
  });
}

/** Gives many cards to somebody; each by itself (MV-10). */
export function assignCards(
  deps: Deps,
  actor: Actor,
  bulk: { roomId: string; cardIds: string[]; userId: string | null; operationId: string },
): Promise<Outcome[]> {
  const { roomId, userId } = bulk;
  return eachByItself(bulk, (cardId, operationId) => assignCard(deps, actor, { roomId, cardId, operationId }, userId));
}

/** A hard limit per person holds for every way in which a card comes to somebody, not for moves alone (CA-13). */
async function refuseOverLimit({ tx }: Change, { card, playbook, room }: LockedCard, userId: string): Promise<void> {
  const stage = playbook.stages.find((each) => each.id === card.stage);
  const limit = stage?.limit;
  const most = limitAt(limit?.perPerson ?? null, room.level);
  if (!stage || !limit || most === null || limit.strength !== 'block') return;
  if (card.owner?.userId === userId || card.closedAt !== null) return;
  await lockStage(tx, room.room_id, stage.id);
  const { ofOwner } = await countStages(tx, room.room_id, userId);
  const has = ofOwner[stage.id] ?? 0;
  if (has <= most) return;
  const name = await memberName(tx, room.room_id, userId);
  throw refuse(
    'CA-13',
    limit.clause,
    `${name} has ${has - 1} cards in ${stage.title}; the plan allows ${most}.`,
    [],
    stage.workedBy,
  );
}
