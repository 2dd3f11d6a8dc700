// What a move into a private stage, out of it, or to the end does to the card: its return has a time, and its words a last day.
import type { CardView } from '@rejoinder/contracts/cards';
import type { Actor } from '@rejoinder/contracts/people';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { lacksReturn } from '@rejoinder/playbook/guards/follow-up';
import { isPrivateStage, returnDueAt, wentPrivate } from '@rejoinder/playbook/private-talk';
import type { Tx } from '../db/database.ts';
import type { Deps } from '../deps.ts';
import { updateCard } from './cards.repository.ts';
import { cardNow, changeCard, type OnCard } from './cards.service.ts';
import { dropClocks, endClocks, insertClocks } from './clocks.repository.ts';
import { endClocksWith } from './clocks.ts';
import { writeFigures } from './private-talk.service.ts';

/** The clock of the way back into public. Its target is `returns` of the plan's block `private`. */
export const PRIVATE_RETURN = 'private-return';

/**
 * After the stage was written. `before` is the card as it was, under the plan `left` where another one was taken; nothing happens to one that
 * has nothing to do with private talks.
 */
export async function followMove(
  tx: Tx,
  on: OnCard,
  playbook: Playbook,
  level: number,
  before: CardView,
  now: string,
  left = playbook,
): Promise<void> {
  const card = await cardNow(tx, on);
  const [was, is] = [isPrivateStage(left, before.stage), isPrivateStage(playbook, card.stage)];
  if (!is && before.private === undefined && !was) return;
  const talk = before.private ?? { entries: 0, redacted: 0, lastAt: null, since: null, backAt: null, redactAt: null };
  const went = is && !was;
  const came = was && !is;
  // Whoever goes private once more has to come back once more: what was said of the return before does not count.
  if (went) await updateCard(tx, on.roomId, on.cardId, { follow_up: null });
  const next = { ...talk, since: went ? now : talk.since, backAt: went ? null : came ? now : talk.backAt };
  await writeFigures(tx, on, { ...card, private: next }, playbook, { now, anew: came });
  if (went && card.posts.count > 0) await startReturn(tx, on, playbook, level, now);
}

/** Whether we came back in public, or the person did not want it; where, or what they said, stands in the note. */
export function recordFollowUp(
  deps: Deps,
  actor: Actor,
  on: OnCard,
  input: { state: 'posted' | 'declined'; note: string },
): Promise<{ card: CardView }> {
  return changeCard(deps, actor, on, 'draft', ['follow-up', input], async ({ tx, now }, { playbook }) => {
    await updateCard(tx, on.roomId, on.cardId, { follow_up: JSON.stringify({ ...input, at: now }) });
    await stopReturn(tx, on, playbook, now);
    return (after) => ({ type: 'card.followedUp', data: { card: after } });
  });
}

/** Stops the clocks that wait for a recorded return once we are back, as the guard sees it. */
export async function stopReturn(tx: Tx, on: OnCard, playbook: Playbook, now: string): Promise<void> {
  const card = await cardNow(tx, on);
  if (card.followUp === null || lacksReturn(playbook, card).length > 0) return;
  if (wentPrivate(card)) await endClocks(tx, on.roomId, on.cardId, [PRIVATE_RETURN], now);
  await endClocksWith(tx, playbook, on, 'follow_up_recorded', now);
}

/** A reply that stands after a private talk is the return: nobody has to write it down. */
export async function noteReturn(
  tx: Tx,
  on: OnCard,
  playbook: Playbook,
  where: { url: string | null; at: string },
): Promise<void> {
  const card = await cardNow(tx, on);
  if (!wentPrivate(card) || Date.parse(card.reply?.queuedAt ?? '') <= Date.parse(card.private?.since ?? '')) return;
  const followUp = { state: 'posted', note: where.url ?? '', at: where.at };
  await updateCard(tx, on.roomId, on.cardId, { follow_up: JSON.stringify(followUp) });
  await stopReturn(tx, on, playbook, where.at);
}

async function startReturn(tx: Tx, on: OnCard, playbook: Playbook, level: number, now: string): Promise<void> {
  const dueAt = returnDueAt(playbook, level, now);
  const of = { room_id: on.roomId, card_id: on.cardId, clock_id: PRIVATE_RETURN };
  await dropClocks(tx, on.roomId, [of], now);
  if (dueAt === null) return;
  const clause = playbook.private?.clause ?? 'Private';
  const none = { stopped_at: null, breached_at: null, warned: 0, warn_at: [], promised_until: dueAt };
  const runs = { paused_at: null, paused_why: null, stood_still: null };
  await insertClocks(tx, [{ ...of, ...none, ...runs, clause, started_at: now, due_at: dueAt, next_at: dueAt }]);
}
