// The one move function on the server (MV-1): every door comes here, the verdict is packages/playbook's.
import type { CardView, Likest, MoveFacts, Via } from '@rejoinder/contracts/cards';
import type { Actor } from '@rejoinder/contracts/people';
import type { Playbook, Stage } from '@rejoinder/contracts/playbooks';
import type { Missing, Refusal } from '@rejoinder/contracts/problems';
import { mayMove } from '@rejoinder/playbook/may-move';
import type { Tx } from '../db/database.ts';
import type { Change } from '../db/event-log.ts';
import type { Deps } from '../deps.ts';
import { Refused, refuse } from '../http/problems.ts';
import { findMember } from '../people/people.repository.ts';
import { accountsOf, holdPlan } from '../rooms/rooms.repository.ts';
import { requireAbility } from '../rooms/rooms.service.ts';
import { eachByItself, type Outcome } from './bulk.ts';
import { countStages, hasOtherOpenCard, lockStage, updateCard } from './cards.repository.ts';
import { cardFor, cardNow, type LockedCard, type OnCard, refuseStale, writeFields } from './cards.service.ts';
import { stopClocks } from './clocks.repository.ts';
import { clocksFollow } from './clocks.ts';
import { followMove } from './going-private.ts';
import { writeOwner } from './owning.service.ts';
import { draftWords } from './sent-replies.repository.ts';
import { asksForLikeness, likestSent, sentToOthers } from './sent-replies.service.ts';

export type Move = OnCard & {
  to: string;
  via: Via;
  reason?: string | undefined;
  fields?: Record<string, string> | undefined;
  take?: boolean | undefined;
  seenVersion?: number | undefined;
};

/**
 * Moves a card, or throws Refused with rule, clause, what is missing, who can supply it and what to press.
 * Fields and taking given with the move are written first, in the same transaction; a refusal takes them back.
 */
export async function moveCard(deps: Deps, actor: Actor, move: Move): Promise<{ card: CardView }> {
  const { roomId, cardId, operationId, ...asked } = move;
  try {
    return await deps.events.change(
      { roomId, actor, operationId, request: JSON.stringify(['move', cardId, asked]) },
      async (change) => {
        const { tx } = change;
        let locked = await cardFor(tx, actor, move, 'view');
        refuseStale(locked.card, move.seenVersion);
        if (move.fields && Object.keys(move.fields).length > 0) {
          requireAbility(locked, actor, 'triage');
          await writeFields(tx, move, locked.card, locked.playbook, move.fields);
        }
        if (move.take) {
          requireAbility(locked, actor, 'own');
          await writeOwner(change, move, locked, actor, false);
        }
        const seenVersion = move.seenVersion ?? null;
        if (move.fields || move.take)
          locked = { ...locked, card: { ...(await cardNow(tx, move)), version: locked.card.version } };
        const { card } = await moveLocked(change, locked, move, { actor, seenVersion, glass: false });
        return { card };
      },
    );
  } catch (error) {
    if (error instanceof Refused) await logRefusal(deps, actor, move, error.refusal);
    throw error;
  }
}

/**
 * The decision itself, with the card locked: facts, verdict, the new stage, its line in the log. Break-glass comes here too,
 * with `glass`; `skipped` is what it passed over. @throws Refused
 */
export async function moveLocked(
  { tx, now, log }: Change,
  locked: LockedCard,
  move: Move,
  by: { actor: Actor; seenVersion: number | null; glass: boolean },
): Promise<{ card: CardView; skipped: Missing[] }> {
  if (!(await holdPlan(tx, locked.room)))
    throw refuse('RM-7', 'Front matter', 'The plan was changed at this moment. Look at the card as it is now.', [
      { do: 'reload', says: 'Show the card as it is now' },
    ]);
  const target = locked.playbook.stages.find((stage) => stage.id === move.to);
  if (target && countsHard(target)) await lockStage(tx, move.roomId, move.to);
  const facts = await factsOf(tx, locked, by.actor, now, move.reason ?? '', by.seenVersion);
  const verdict = mayMove(locked.playbook, { ...facts, glass: by.glass }, move.to);
  if (!verdict.ok) throw new Refused(verdict.refusal);
  await writeStage(tx, locked, move, now);
  await followMove(tx, move, locked.playbook, locked.room.level, locked.card, now);
  const card = await cardNow(tx, move);
  log({
    type: 'card.moved',
    data: {
      card,
      from: locked.card.stage,
      to: move.to,
      via: move.via,
      reason: move.reason ?? '',
      warnings: [...verdict.skipped, ...verdict.warnings].map((each) => each.says),
    },
  });
  return { card, skipped: verdict.skipped };
}

/** A limit that blocks is counted one card after the other (MV-7). */
const countsHard = ({ limit, enter }: Stage): boolean =>
  limit !== null && (limit.strength === 'block' || enter.some((guard) => guard.strength === 'block'));

/** A bulk move is many single moves, each with its own outcome (MV-10). */
export function moveCards(
  deps: Deps,
  actor: Actor,
  bulk: Pick<Move, 'roomId' | 'to' | 'reason'> & {
    cardIds: string[];
    seenVersions?: Record<string, number> | undefined;
    operationId: string;
  },
): Promise<Outcome[]> {
  const { roomId, to, reason, seenVersions } = bulk;
  return eachByItself(bulk, (cardId, operationId) =>
    moveCard(deps, actor, {
      roomId,
      cardId,
      to,
      via: 'bulk',
      reason,
      seenVersion: seenVersions?.[cardId],
      operationId,
    }),
  );
}

/** Everything the move is judged by, read under the card's lock. */
export async function factsOf(
  tx: Tx,
  { room, playbook, card }: LockedCard,
  actor: Actor,
  now: string,
  reason: string,
  seenVersion: number | null,
): Promise<MoveFacts> {
  const { counts, ofOwner } = await countStages(tx, room.room_id, card.owner?.userId ?? null);
  const accounts = await accountsOf(tx, room.room_id);
  const owner = card.owner && (await findMember(tx, room.room_id, card.owner.userId));
  return {
    now,
    actor,
    card,
    level: room.level,
    counts,
    countsOfOwner: ofOwner,
    accounts: accounts.map((a) => ({ id: a.account_id, platform: a.platform })),
    ownerRoles: owner?.roles ?? [],
    likest: await likestNow(tx, playbook, room.room_id, card),
    seenVersion,
    reason,
    glass: false,
  };
}

/** What was sent since the words were judged last counts as well: read again under the card's lock. */
async function likestNow(tx: Tx, playbook: Playbook, roomId: string, card: CardView): Promise<Likest | null> {
  if (card.draft === null || card.draft.empty || !asksForLikeness(playbook)) return null;
  const text = await draftWords(tx, roomId, card.id);
  return likestSent(text, await sentToOthers(tx, playbook, { roomId, cardId: card.id, authorName: card.author.name }));
}

async function writeStage(
  tx: Tx,
  { room, playbook, card }: LockedCard,
  { roomId, cardId, to }: Move,
  now: string,
): Promise<void> {
  const stage = playbook.stages.find((each) => each.id === to);
  const final = stage?.final === true;
  const author = { platform: card.platform, handle: card.author.handle };
  if (card.closedAt !== null && !final && (await hasOtherOpenCard(tx, roomId, cardId, author)))
    throw refuse(
      'CA-7',
      stage?.clause ?? 'Card',
      `${card.author.name} came back and has an open card already. Go on there; this one stays closed.`,
    );
  // A card that comes to a stage again is checked there anew.
  const checks = card.checks.filter((each) => each.stage !== to);
  await updateCard(tx, roomId, cardId, {
    stage: to,
    entered_stage_at: now,
    closed_at: final ? now : null,
    ...(final ? { was_closed_at: now } : {}),
    checks: checks.length === 0 ? null : JSON.stringify(checks),
  });
  if (final) await stopClocks(tx, roomId, cardId, now);
  else await clocksFollow(tx, { room, playbook }, { roomId, cardId }, { from: card.stage, to, now });
}

/** Every refusal is in the log (story 2), once however often the same request is repeated. */
async function logRefusal(
  deps: Deps,
  actor: Actor,
  { roomId, cardId, to, via, operationId }: Move,
  refusal: Refusal,
): Promise<void> {
  const once = operationId ? { operationId: `${operationId}.refused`, request: 'refused' } : {};
  await deps.events.change({ roomId, actor, ...once }, async ({ log }) =>
    log({ type: 'card.moveRefused', data: { cardId, to, via, refusal } }),
  );
}
