// What people answer to a ladder: they accept, or pass on with a reason; what a failed message and a taken card mean for it (LD-9 to LD-11).
import type { CardView } from '@rejoinder/contracts/cards';
import type { LadderView } from '@rejoinder/contracts/ladders';
import type { Actor } from '@rejoinder/contracts/people';
import { reopensAfter } from '@rejoinder/playbook/ladders';
import { lockCard, memberName } from '../cards/cards.repository.ts';
import { cardNow } from '../cards/cards.service.ts';
import { acceptAsOwner } from '../cards/owning.service.ts';
import type { Change } from '../db/event-log.ts';
import type { Deps } from '../deps.ts';
import { Problem, refuse } from '../http/problems.ts';
import { may } from '../playbooks/playbooks.service.ts';
import { withdrawAsks } from '../reaching/reaching.service.ts';
import { roomContext } from '../rooms/rooms.service.ts';
import {
  type Ask,
  asksOf,
  findAsk,
  findRun,
  insertAsk,
  lockRun,
  type Run,
  runsOfCards,
  updateAsk,
  updateRun,
} from './ladders.repository.ts';
import { after, asLadderView, tellLadder } from './ladders.service.ts';

type OnLadder = { roomId: string; ladderId: string; operationId: string };
/** A run under lock and the asks of its present round. */
type Open = { run: Run; asks: Ask[] };
/** Who answers. `askId` is there for who comes by a link, `userId` for a member. */
export type Answerer = { userId: string | null; name: string; askId: string | null };

/** Accepts what a ladder asks (LD-9). @throws Problem `not-found`, `not-allowed`, Refused */
export function acceptLadder(deps: Deps, actor: Actor, on: OnLadder): Promise<{ ladder: LadderView }> {
  return answer(deps, actor, on, ['accept'], async (change, open) => {
    const { run, asks } = open;
    const mine = asks.findLast((each) => each.user_id === actor.id);
    const { playbook } = await roomContext(change.tx, on.roomId);
    if (!mine && !may(playbook, actor, 'own')) throw notAsked(open);
    refuseTaken(open, actor.id);
    if (run.state === 'accepted') return null;
    return accept(deps, change, open, { userId: actor.id, name: actor.name, askId: mine?.ask_id ?? null });
  });
}

/** Passes on what a ladder asked this person (LD-10); who accepted before may do so too. */
export function passOnLadder(deps: Deps, actor: Actor, on: OnLadder, reason: string): Promise<{ ladder: LadderView }> {
  return answer(deps, actor, on, ['pass', reason], (change, open) => {
    const mine = open.asks.findLast((each) => each.user_id === actor.id && each.state !== 'passedOn');
    if (!mine) throw notAsked(open);
    return passOn(change, open, mine, reason);
  });
}

/** The card first, then the run, as everywhere. @throws Problem `not-found` for one that ended or never began */
async function lockOpen(change: Change, roomId: string, runId: string): Promise<Open> {
  const seen = await findRun(change.tx, roomId, runId);
  if (!seen) throw new Problem('not-found');
  if (seen.card_id !== null) await lockCard(change.tx, roomId, seen.card_id);
  const run = await lockRun(change.tx, roomId, runId);
  if (!run || run.state === 'armed') throw new Problem('not-found');
  if (run.state === 'ended')
    throw refuse('LD-9', run.clause, 'What this was about is over; nothing is left to accept.', [
      { do: 'reload', says: 'Show it as it is now' },
    ]);
  const asks = await asksOf(change.tx, roomId, [runId]);
  return { run, asks: asks.filter((each) => each.round === run.round) };
}

function answer(
  deps: Deps,
  actor: Actor,
  { roomId, ladderId, operationId }: OnLadder,
  request: unknown[],
  work: (change: Change, open: Open) => Promise<LadderView | null>,
): Promise<{ ladder: LadderView }> {
  return deps.events.change(
    { roomId, actor, operationId, request: JSON.stringify([ladderId, ...request]) },
    async (change) => {
      const open = await lockOpen(change, roomId, ladderId);
      if (actor.kind !== 'person') throw new Problem('not-allowed', 'Only a person can answer a ladder.');
      const ladder = await work(change, open);
      return { ladder: ladder ?? (await viewNow(change, open.run)) };
    },
  );
}

/** Whoever holds the link of one ask answers for whom it was sent to; judged again under lock. Answers false where it is not theirs to answer any more. */
export async function answerByLink(
  deps: Deps,
  change: Change,
  ask: Ask,
  who: Answerer,
  reason: string | null,
): Promise<boolean> {
  const open = await lockOpen(change, ask.room_id, ask.run_id);
  if (open.run.state === 'accepted') return false;
  const current = await findAsk(change.tx, ask.room_id, ask.ask_id);
  if (!current || current.state === 'accepted' || current.state === 'passedOn') return false;
  if (reason === null) await accept(deps, change, open, who);
  else await passOn(change, open, current, reason);
  return true;
}

async function accept(deps: Deps, change: Change, { run, asks }: Open, who: Answerer): Promise<LadderView> {
  const { tx, now, log, actor } = change;
  const { room, playbook } = await roomContext(tx, run.room_id);
  const mine = who.askId === null ? undefined : await findAsk(tx, run.room_id, who.askId);
  if (mine && mine.round === run.round) await updateAsk(tx, mine, { state: 'accepted', answered_at: now });
  else await insertAsk(tx, unasked(deps, run, who, now));
  const others = asks.filter((each) => each.state === 'accepted' && each.ask_id !== mine?.ask_id).length;
  if (run.card_id !== null && actor.kind === 'person' && may(playbook, actor, 'own')) {
    const on = { roomId: run.room_id, cardId: run.card_id };
    if (await acceptAsOwner(change, on, actor)) log({ type: 'card.taken', data: { card: await cardNow(tx, on) } });
  }
  const isEnough = others + 1 >= run.accepts;
  // Who was asked and not reached yet is not woken for it any more (LD-17).
  await withdrawAsks(tx, run.room_id, isEnough ? asks.map((each) => each.ask_id) : mine ? [mine.ask_id] : []);
  if (isEnough) {
    const ladder = playbook.ladders.find((each) => each.id === run.ladder_id);
    const patience = ladder ? reopensAfter(ladder, room.level) : null;
    const next_at = patience === null ? null : after(now, patience);
    await updateRun(tx, run, { state: 'accepted', accepted_at: now, next_at });
  }
  return tellLadder(change, run, (about) => ({ type: 'ladder.accepted', data: { ...about, by: who.name } }));
}

/** Somebody who may own cards takes it on without having been asked, or by a link of an earlier round. */
function unasked(deps: Deps, run: Run, who: Answerer, now: string) {
  return {
    room_id: run.room_id,
    ask_id: deps.newId('ask'),
    run_id: run.run_id,
    round: run.round,
    step: Math.max(0, run.step - 1),
    whom: '',
    person_key: who.userId === null ? `contact:${who.name}` : `user:${who.userId}`,
    user_id: who.userId,
    name: who.name,
    ways: [],
    state: 'accepted' as const,
    at: now,
    answered_at: now,
    says: '',
    token_hash: null,
  };
}

/** Once nobody of the step that was asked last is left to answer, the next step is due now. */
async function passOn(change: Change, open: Open, mine: Ask, reason: string): Promise<LadderView> {
  const { tx, now } = change;
  const { run } = open;
  await updateAsk(tx, mine, { state: 'passedOn', answered_at: now, says: reason.trim() });
  await withdrawAsks(tx, run.room_id, [mine.ask_id]);
  if (run.state === 'accepted') await updateRun(tx, run, { state: 'asking', accepted_at: null, next_at: now });
  else await hurry(change, open, mine);
  return tellLadder(change, run, (about) => ({
    type: 'ladder.passedOn',
    data: { ...about, by: mine.name, reason: reason.trim() },
  }));
}

async function hurry({ tx, now }: Change, { run, asks }: Open, lost: Ask): Promise<void> {
  const isWaited = asks.some(
    (each) => each.step === run.step - 1 && each.state === 'waiting' && each.ask_id !== lost.ask_id,
  );
  if (run.state === 'asking' && lost.step === run.step - 1 && !isWaited) await updateRun(tx, run, { next_at: now });
}

/** Every way to somebody failed: they are not waited for. Safe to repeat. */
export async function hearFailure(
  change: Change,
  roomId: string,
  told: { askId: string; says: string },
): Promise<void> {
  const seen = await findAsk(change.tx, roomId, told.askId);
  const found = seen && (await findRun(change.tx, roomId, seen.run_id));
  if (!seen || !found || found.state === 'ended') return;
  const open = await lockOpen(change, roomId, seen.run_id);
  const ask = open.asks.find((each) => each.ask_id === told.askId);
  if (ask?.state !== 'waiting' || open.run.state === 'accepted') return;
  await updateAsk(change.tx, ask, { state: 'unreachable', answered_at: change.now, says: told.says });
  await hurry(change, open, ask);
  await tellLadder(change, open.run, (about) => ({
    type: 'ladder.unreachable',
    data: { ...about, name: ask.name, says: told.says },
  }));
}

/** Whoever takes the card while it asks has answered (LD-11). Safe to repeat: a round that began later is not answered by it. */
export async function hearTaken(deps: Deps, change: Change, roomId: string, card: CardView): Promise<void> {
  const takenAt = card.owner?.acceptedAt;
  if (!card.owner || !takenAt) return;
  const { userId } = card.owner;
  for (const { run_id } of (await runsOfCards(change.tx, roomId, [card.id])).filter(isAsking)) {
    const open = await lockOpen(change, roomId, run_id);
    if (!isAsking(open.run) || takenAt < open.run.round_at) continue;
    const now = await cardNow(change.tx, { roomId, cardId: card.id });
    if (now.owner?.userId !== userId) continue;
    const mine = open.asks.findLast((each) => each.user_id === userId);
    const name = mine?.name ?? (await memberName(change.tx, roomId, userId));
    await accept(deps, change, open, { userId, name, askId: mine?.ask_id ?? null });
  }
}

const isAsking = ({ state }: Run): boolean => state === 'asking' || state === 'exhausted';

async function viewNow({ tx }: Change, run: Run): Promise<LadderView> {
  return asLadderView(run, await asksOf(tx, run.room_id, [run.run_id]));
}

function notAsked({ run, asks }: Open): Error {
  const names = asks.filter((each) => each.state === 'waiting').map((each) => each.name);
  const says = `You were not asked, and your roles do not own cards. ${names.length > 0 ? `Asked now: ${names.join(', ')}.` : 'Nobody is asked at this moment.'}`;
  return refuse('LD-9', run.clause, says, [{ do: 'see-room', part: 'people', says: 'See who is in the room' }]);
}

/** @throws Refused when somebody else has accepted */
function refuseTaken({ run, asks }: Open, me: string): void {
  const taker = asks.find((each) => each.state === 'accepted');
  if (run.state !== 'accepted' || !taker || asks.some((each) => each.state === 'accepted' && each.user_id === me))
    return;
  throw refuse(
    'LD-9',
    run.clause,
    `${taker.name} accepted at ${taker.answered_at ?? taker.at}. Talk to them before two of you do it.`,
    [{ do: 'reload', says: 'Show it as it is now' }],
  );
}
