// Break-glass: one person asks with a reason, a second in another role agrees in time, somebody else reviews it (GL).
import type { CardView, GlassView } from '@rejoinder/contracts/cards';
import type { Actor } from '@rejoinder/contracts/people';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { AGREE_WITHIN, glassOfferedAt, rolesThatBreakGlass, twoHands } from '@rejoinder/playbook/break-glass';
import { may, sayRoles } from '@rejoinder/playbook/levels';
import { mayMove } from '@rejoinder/playbook/may-move';
import { fingerprint } from '@rejoinder/signoff/fingerprint';
import type { Tx } from '../db/database.ts';
import type { Deps } from '../deps.ts';
import { Problem, Refused, refuse } from '../http/problems.ts';
import { findMember } from '../people/people.repository.ts';
import { updateCard } from './cards.repository.ts';
import { changeCard, type LockedCard, type OnCard } from './cards.service.ts';
import { watchWords } from './glass.repository.ts';
import { factsOf, moveLocked } from './moving.service.ts';
import { draftWords } from './sent-replies.repository.ts';

/** Asks for one move of one card in its present words. Nothing is moved yet. */
export function askBreakGlass(deps: Deps, actor: Actor, on: OnCard, input: { to: string; reason: string }) {
  const reason = input.reason.trim();
  return changeCard(deps, actor, on, 'view', ['glass', input], async ({ tx, now }, locked) => {
    const { card, playbook, room } = locked;
    const role = handOf(locked, actor);
    const { clause } = planOf(playbook);
    if (card.glass?.state === 'used')
      throw refuse('GL-5', clause, 'The glass was broken for this card before, and nobody has reviewed it yet.');
    if (reason === '')
      throw refuse('GL-1', clause, 'Breaking the glass needs a reason.', [{ do: 'give-reason', says: 'Say why' }]);
    const offeredAt = glassOfferedAt(playbook, room.level, card.enteredStageAt);
    if (offeredAt !== null && offeredAt > now)
      throw refuse('GL-4', clause, 'It is offered once those who are asked had time to answer.', [
        { do: 'wait', until: offeredAt, says: 'Wait until then' },
      ]);
    const facts = await factsOf(tx, locked, actor, now, reason, card.version);
    const verdict = mayMove(playbook, { ...facts, glass: true }, input.to);
    // Whether one of the two works the stage is seen when the second is known.
    const isLeftToSecond =
      !verdict.ok && verdict.refusal.rule === 'MV-2' && somebodyMoves(playbook, card.stage, room.level);
    if (!verdict.ok && !isLeftToSecond) throw new Refused(verdict.refusal);
    if (verdict.ok && verdict.skipped.length === 0)
      throw refuse('GL-3', clause, 'Nothing stands in the way of this move; the glass stays whole.', [
        { do: 'move-first', stage: input.to, says: 'Move the card' },
      ]);
    const until = new Date(Date.parse(now) + AGREE_WITHIN * 1000).toISOString();
    const glass: GlassView = {
      id: deps.newId('glass'),
      state: 'asked',
      to: input.to,
      reason,
      asked: { userId: actor.id, name: actor.name, role, at: now },
      until,
      agreed: null,
      skipped: verdict.skipped.map(({ rule, clause, says }) => ({ rule, clause, says })),
      fingerprint: await wordsNow(tx, on, card),
      reviewed: null,
    };
    await writeGlass(tx, on, glass);
    return (after) => ({ type: 'break-glass.asked', data: { card: after, glass } });
  });
}

/** The second person agrees: the move is judged again as things stand now, and goes through in the same transaction. */
export function agreeBreakGlass(deps: Deps, actor: Actor, on: OnCard, input: { glassId: string }) {
  return changeCard(deps, actor, on, 'view', ['glass-agree', input], async (change, locked) => {
    const { tx, now } = change;
    const { card, playbook, room } = locked;
    handOf(locked, actor);
    const { clause } = planOf(playbook);
    const { glass } = card;
    if (glass?.state !== 'asked' || glass.id !== input.glassId)
      throw refuse('GL-4', clause, 'Nobody asks for this any more.', [
        { do: 'reload', says: 'Show the card as it is now' },
      ]);
    if (glass.until < now) throw refuse('GL-4', clause, 'Nobody agreed in time. It has to be asked for again.');
    if ((await wordsNow(tx, on, card)) !== glass.fingerprint)
      throw refuse('GL-4', clause, 'The words changed since it was asked for. It has to be asked for again.');
    const member = await findMember(tx, on.roomId, glass.asked.userId);
    const who = rolesThatBreakGlass(playbook, room.level);
    const hands = actor.id === glass.asked.userId ? null : twoHands(who, member?.roles ?? [], actor.roles);
    if (hands === null)
      throw refuse('GL-1', clause, `It takes two people in two of these roles: ${sayRoles(playbook, who)}.`, [], who);
    const asker: Actor = { kind: 'person', id: glass.asked.userId, name: glass.asked.name, roles: member?.roles ?? [] };
    const mover = [asker, actor].find((each) => works(playbook, card.stage, each.roles)) ?? asker;
    const reason = `${glass.reason} (${glass.asked.name} and ${actor.name} broke the glass.)`;
    const move = { ...on, to: glass.to, via: 'panel' as const, reason };
    const { skipped } = await moveLocked(change, locked, move, {
      actor: mover,
      seenVersion: card.version,
      glass: true,
    });
    const used: GlassView = {
      ...glass,
      state: 'used',
      asked: { ...glass.asked, role: hands.asker },
      agreed: { userId: actor.id, name: actor.name, role: hands.second, at: now },
      skipped: skipped.map(({ rule, clause, says }) => ({ rule, clause, says })),
    };
    if (used.fingerprint !== null) await watchWords(tx, on.roomId, on.cardId);
    await writeGlass(tx, on, used);
    return (after) => ({ type: 'break-glass.used', data: { card: after, glass: used, from: card.stage } });
  });
}

/** Somebody who had no hand in it looked at what was done; the marks on card and wall end (GL-5). */
export function reviewBreakGlass(deps: Deps, actor: Actor, on: OnCard, input: { glassId: string; note: string }) {
  return changeCard(deps, actor, on, 'view', ['glass-review', input], async ({ tx, now }, { card, playbook }) => {
    const { clause, reviewedBy } = planOf(playbook);
    const { glass } = card;
    if (actor.kind !== 'person') throw new Problem('not-allowed', 'Only a person can review this.');
    if (glass?.state !== 'used' || glass.id !== input.glassId)
      throw refuse('GL-5', clause, 'There is nothing to review here.', [
        { do: 'reload', says: 'Show the card as it is now' },
      ]);
    const isHand = actor.id === glass.asked.userId || actor.id === glass.agreed?.userId;
    if (isHand || !actor.roles.some((role) => reviewedBy.includes(role)))
      throw refuse(
        'GL-5',
        clause,
        `It is reviewed by ${sayRoles(playbook, reviewedBy)}, and by nobody who had a hand in it.`,
        [],
        reviewedBy,
      );
    const reviewed: GlassView = {
      ...glass,
      state: 'reviewed',
      reviewed: { userId: actor.id, name: actor.name, at: now, note: input.note.trim() },
    };
    await writeGlass(tx, on, reviewed);
    return (after) => ({ type: 'break-glass.reviewed', data: { card: after, glass: reviewed } });
  });
}

/** The plan's break-glass, or a stand-in that lets nobody. */
function planOf(playbook: Playbook): { clause: string; reviewedBy: string[] } {
  return playbook.breakGlass ?? { clause: 'Break-glass', reviewedBy: [] };
}

/** The role in which this person may have a hand in it. @throws Refused */
function handOf({ playbook, room }: LockedCard, actor: Actor): string {
  const who = rolesThatBreakGlass(playbook, room.level);
  const role = who.find((each) => actor.roles.includes(each));
  if (actor.kind === 'person' && role !== undefined) return role;
  const says =
    who.length === 0
      ? 'The plan has no break-glass at this level.'
      : `Breaking the glass takes two people in two of these roles: ${sayRoles(playbook, who)}.`;
  throw refuse('GL-1', planOf(playbook).clause, says, [], who);
}

const works = (playbook: Playbook, stageId: string, roles: readonly string[]): boolean =>
  may(playbook, roles, 'move') &&
  playbook.stages.some((stage) => stage.id === stageId && stage.workedBy.some((role) => roles.includes(role)));

const somebodyMoves = (playbook: Playbook, stageId: string, level: number): boolean =>
  rolesThatBreakGlass(playbook, level).some((role) => works(playbook, stageId, [role]));

/** What a signature over the words as they stand would cover; null without a reply or account. */
async function wordsNow(tx: Tx, on: OnCard, card: CardView): Promise<string | null> {
  const text = await draftWords(tx, on.roomId, on.cardId);
  const checked = card.draft?.facts ?? null;
  const facts = checked?.covered ? checked.sheet : null;
  return card.draft?.empty !== false || card.account === null
    ? null
    : fingerprint({
        text,
        account: card.account,
        replyTo: card.replyTo.nativeId,
        facts,
        about: card.draft?.about,
        pictures: card.draft?.pictures?.covered ? card.draft.pictures.items : [],
      });
}

async function writeGlass(tx: Tx, on: OnCard, glass: GlassView): Promise<void> {
  await updateCard(tx, on.roomId, on.cardId, { glass: JSON.stringify(glass) });
}
