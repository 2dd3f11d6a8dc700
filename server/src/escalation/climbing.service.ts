// Climbs ladders: takes each step at its instant, once and in order, also after an hour of downtime (LD-6 to LD-8, LD-12, LD-13).
import type { CardView, ClockView } from '@rejoinder/contracts/cards';
import type { Actor } from '@rejoinder/contracts/people';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { lastWait, pauseAfter, reopensAfter, waitBefore } from '@rejoinder/playbook/ladders';
import { noReply } from '@rejoinder/playbook/who-waits';
import { readCard } from '../cards/card-view.service.ts';
import { lockCard } from '../cards/cards.repository.ts';
import { PUBLIC_REPLY } from '../cards/clocks.ts';
import type { Change } from '../db/event-log.ts';
import type { Deps } from '../deps.ts';
import { withdrawAsks } from '../reaching/reaching.service.ts';
import { roomContext } from '../rooms/rooms.service.ts';
import { askStep, type Standing } from './asking.service.ts';
import { asksOf, type DueRun, dueRuns, lockRun, type Run, updateRun, workedOnSince } from './ladders.repository.ts';
import { after, endRun, tellLadder } from './ladders.service.ts';

export const LADDER: Actor = { kind: 'system', id: 'system:ladder', name: 'Ladder', roles: [] };
const AT_ONCE = 200;

/** What shows that somebody works on a card: looking at it, taking it and giving it on do not (LD-12). */
const PROGRESS = [
  'card.moved',
  'card.assessed',
  'card.remedyChanged',
  'card.followedUp',
  'card.privateNoted',
  'card.checked',
  'card.factRecorded',
  'break-glass.asked',
  'break-glass.used',
  'draft.started',
  'draft.restored',
  'draft.changed',
  'draft.signed',
  'draft.sentBack',
  'comment.added',
  'comment.resolved',
  'reply.approved',
  'reply.cancelled',
  'reply.settled',
];

/**
 * Takes everything that is due, in the order of the instants over all ladders; answers how many. A ladder that cannot go on is logged and
 * looked at again at the next tick; the others go on.
 */
export async function climbLadders(deps: Deps): Promise<number> {
  const due = await dueRuns(deps.db, deps.now(), AT_ONCE);
  let taken = 0;
  for (let run = due.shift(); run; run = due.shift()) {
    try {
      const next = await climb(deps, run);
      if (next !== undefined) taken++;
      if (next) insertInOrder(due, { ...run, next_at: next });
    } catch (error) {
      deps.log.error({ err: error, roomId: run.room_id, ladder: run.run_id }, 'a ladder could not go on');
    }
  }
  return taken;
}

/** All a ladder does at one instant. Answers the next instant if it has passed too, null if not, undefined when nothing was due. */
function climb(deps: Deps, { room_id: roomId, run_id: runId, card_id: cardId }: DueRun) {
  return deps.events.change({ roomId, actor: LADDER }, async (change) => {
    const { tx, now } = change;
    if (cardId !== null) await lockCard(tx, roomId, cardId);
    const found = await lockRun(tx, roomId, runId);
    const planned = found?.next_at ?? null;
    if (!found || planned === null || planned > now) return undefined;
    const context = await roomContext(tx, roomId);
    const card = cardId === null ? null : ((await readCard(tx, roomId, cardId)) ?? null);
    const ladder = context.playbook.ladders.find((each) => each.id === found.ladder_id);
    const over = ladder ? whyOver(context.playbook, found, card) : 'The plan has no such ladder any more.';
    if (!ladder || over !== null) {
      await endRun(change, found, over ?? '');
      return null;
    }
    let run = found;
    let next: string | null;
    do {
      const at: Standing = { ...context, run, ladder, card, asks: await asksOf(tx, roomId, [runId]) };
      next = await goOn(deps, change, at, planned);
      run = (await lockRun(tx, roomId, runId)) ?? run;
    } while (next === planned);
    return next !== null && next <= now ? next : null;
  });
}

async function goOn(deps: Deps, change: Change, at: Standing, planned: string): Promise<string | null> {
  const { run } = at;
  switch (run.state) {
    case 'armed':
      return begin(change, at, planned);
    case 'asking':
      return run.step < at.ladder.steps.length ? takeStep(deps, change, at, planned) : giveUp(change, at);
    case 'accepted':
      return lookForProgress(change, at);
    case 'exhausted':
      return nextRound(change, at, 'Nobody accepted; everybody is asked again.');
    default:
      await updateRun(change.tx, run, { next_at: null });
      return null;
  }
}

/** What it waited for has come. Name and clause are those of the plan as it is now. */
async function begin({ tx, log }: Change, { run, ladder, room }: Standing, planned: string): Promise<string> {
  const next = after(planned, waitBefore(ladder, 0, room.level));
  const { name, clause, accepts } = ladder;
  await updateRun(tx, run, {
    state: 'asking',
    name,
    clause,
    accepts,
    started_at: planned,
    round_at: planned,
    next_at: next,
  });
  await tellLadder({ tx, log }, run, (about) => ({ type: 'ladder.started', data: about }));
  return next;
}

/** The wait for the next step counts from the instant this one was planned for, so that downtime delays nothing that comes after it. */
async function takeStep(deps: Deps, change: Change, at: Standing, planned: string): Promise<string> {
  const { tx, log } = change;
  const { run, ladder, room } = at;
  const step = ladder.steps[run.step];
  if (!step) throw new Error(`ladder ${run.run_id} has no step ${run.step}`);
  const says = await askStep(deps, change, at, step);
  const isLast = run.step + 1 >= ladder.steps.length;
  const waits = at.asks.some((each) => each.round === run.round && each.state === 'waiting');
  const wait = isLast
    ? says === null || waits
      ? lastWait(ladder, room.level)
      : 0
    : waitBefore(ladder, run.step + 1, room.level);
  const next = after(planned, wait);
  const passedOver = { step: run.step, whom: step.whom, at: change.now, says: says ?? '' };
  await updateRun(tx, run, {
    step: run.step + 1,
    next_at: next,
    ...(says === null ? {} : { skipped: JSON.stringify([...run.skipped, passedOver]) }),
  });
  await tellLadder({ tx, log }, run, (about) =>
    says === null
      ? { type: 'ladder.asked', data: { ...about, step: run.step } }
      : { type: 'ladder.skipped', data: { ...about, step: run.step, says } },
  );
  return next;
}

/**
 * Everybody was asked. It stays open to whoever accepts after all, is loud on the board, and begins anew after a pause (LD-13), which
 * counts from now: after downtime nobody is asked twice in one breath.
 */
async function giveUp({ tx, now, log }: Change, { run, ladder, room }: Standing): Promise<string> {
  const next = after(now, pauseAfter(ladder, run.round, room.level));
  await updateRun(tx, run, { state: 'exhausted', next_at: next });
  await tellLadder({ tx, log }, run, (about) => ({ type: 'ladder.exhausted', data: about }));
  return next;
}

/** Accepted, and then? Work on the card puts the look off; without any it begins anew (LD-12). Work on a room leaves no such trace. */
async function lookForProgress(change: Change, at: Standing): Promise<string | null> {
  const { run, ladder, room } = at;
  const patience = reopensAfter(ladder, room.level);
  const since = run.accepted_at ?? run.round_at;
  const on = run.card_id === null ? null : { roomId: run.room_id, cardId: run.card_id };
  const worked = on && (await workedOnSince(change.tx, on, since, PROGRESS));
  const next = patience === null ? null : after(worked ?? since, patience);
  if (next !== null && next <= change.now) return nextRound(change, at, 'It was accepted, and nothing came of it.');
  // When it looks again is not on the board: it moves with every word somebody types.
  await updateRun(change.tx, run, { next_at: next });
  return next;
}

async function nextRound(
  { tx, now, log }: Change,
  { run, ladder, room, asks }: Standing,
  says: string,
): Promise<string> {
  // Whoever was not reached in this round is asked in the next one, with a link of its own.
  await withdrawAsks(
    tx,
    run.room_id,
    asks.map((each) => each.ask_id),
  );
  const next = after(now, waitBefore(ladder, 0, room.level));
  const { name, clause, accepts } = ladder;
  await updateRun(tx, run, {
    state: 'asking',
    name,
    clause,
    accepts,
    round: run.round + 1,
    step: 0,
    round_at: now,
    accepted_at: null,
    next_at: next,
    skipped: '[]',
  });
  await tellLadder({ tx, log }, run, (about) => ({ type: 'ladder.reopened', data: { ...about, says } }));
  return next;
}

/** What of a card says whether a ladder about it is over. */
export type AboutCard = Pick<CardView, 'stage' | 'enteredStageAt' | 'closedAt' | 'fields'> & {
  clocks: Pick<ClockView, 'clock' | 'startedAt' | 'stoppedAt' | 'breachedAt' | 'paused'>[];
};

/** Why what a run is about is over, or null. Told by events as well; this is for what happened between two of them. */
export function whyOver(playbook: Playbook, run: Run, card: AboutCard | null): string | null {
  if (run.card_id === null) return null;
  if (card === null || card.closedAt !== null) return 'The card is closed.';
  const [kind, id, what] = run.cause.split(':');
  if (kind === 'stage') {
    const isThere = card.stage === id && card.enteredStageAt === run.since;
    return isThere ? null : 'The card went on.';
  }
  if (kind !== 'clock') return null;
  const clock = card.clocks.find((each) => each.clock === id);
  if (!clock) return 'Nothing is promised any more.';
  if (clock.stoppedAt !== null) return 'What was promised is done.';
  if (clock.startedAt !== run.since) return 'The clock runs anew.';
  if (clock.paused) return 'Its time stands still.';
  if (id === PUBLIC_REPLY && needsNoAnswer(playbook, card)) return 'The plan leaves this card without an answer.';
  const asksAnew = playbook.clocks.some((each) => each.id === id && each.onBreach !== null);
  return what === 'warning' && asksAnew && clock.breachedAt !== null ? 'The time has run out.' : null;
}

/** Nobody is woken over an answer that the plan, by stage or class, says there will not be. */
export function needsNoAnswer(playbook: Playbook, { stage, fields }: Pick<CardView, 'stage' | 'fields'>): boolean {
  const { stages, classes } = noReply(playbook);
  return stages.includes(stage) || classes.includes(fields.class ?? '');
}

function insertInOrder(due: DueRun[], run: DueRun): void {
  const at = due.findIndex((other) => other.next_at > run.next_at);
  due.splice(at < 0 ? due.length : at, 0, run);
}
