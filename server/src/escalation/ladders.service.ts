// Ladders that run: begun about a card or the room, ended, and shown as they stand (LD). Who is asked next is climbing's matter.
import type { NewEvent } from '@rejoinder/contracts/events';
import type { AskView, LadderStepView, LadderView } from '@rejoinder/contracts/ladders';
import type { Ladder } from '@rejoinder/contracts/playbooks';
import { waitBefore } from '@rejoinder/playbook/ladders';
import { lockCard, showLadders } from '../cards/cards.repository.ts';
import { cardNow } from '../cards/cards.service.ts';
import type { Executor, Tx } from '../db/database.ts';
import type { Change } from '../db/event-log.ts';
import type { NewRow } from '../db/tables.ts';
import type { Deps } from '../deps.ts';
import { withdrawAsks } from '../reaching/reaching.service.ts';
import { roomContext } from '../rooms/rooms.service.ts';
import {
  type Ask,
  asksOf,
  disarmRuns,
  insertRuns,
  lockRun,
  type Run,
  runOfCause,
  shownRuns,
  updateRun,
} from './ladders.repository.ts';

/** What the caller's transaction gives. */
export type LadderChange = Pick<Change, 'tx' | 'now' | 'log'>;
export type OnCause = { roomId: string; cardId: string | null; cause: string };

const SHOWN = ['asking', 'accepted', 'exhausted'] as const;
type Shown = (typeof SHOWN)[number];

/**
 * Starts a ladder of the plan about a card or (cardId null) about the room, in the caller's transaction. Does nothing where the same
 * cause already runs, where the plan has no such ladder, and for a card that is closed. Its first step is taken by the next tick.
 */
export async function startLadder(
  deps: Deps,
  { tx, now, log }: LadderChange,
  on: OnCause & { ladderId: string; says: string },
): Promise<void> {
  if (on.cardId !== null) {
    if (!(await lockCard(tx, on.roomId, on.cardId))) return;
    if ((await cardNow(tx, { roomId: on.roomId, cardId: on.cardId })).closedAt !== null) return;
  }
  const { room, playbook } = await roomContext(tx, on.roomId);
  const ladder = playbook.ladders.find((each) => each.id === on.ladderId);
  if (!ladder) return;
  const nextAt = after(now, waitBefore(ladder, 0, room.level));
  const row = { ...newRun(deps, ladder, on, { since: now, nextAt }), state: 'asking' as const, started_at: now };
  const [runId] = await insertRuns(tx, [row]);
  if (runId === undefined) return;
  const run = await lockRun(tx, on.roomId, runId);
  if (run) await tellLadder({ tx, log }, run, (about) => ({ type: 'ladder.started', data: about }));
}

/** Ends whatever runs for this cause; `why` is one sentence for people. Does nothing where nothing runs. */
export async function endLadder(_deps: Deps, change: LadderChange, on: OnCause & { why: string }): Promise<void> {
  if (on.cardId !== null) await lockCard(change.tx, on.roomId, on.cardId);
  const run = await runOfCause(change.tx, on);
  if (run) await endRun(change, run, on.why);
}

/** The caller holds the card's lock. One that never began is forgotten without a word. */
export async function endRun({ tx, log }: Pick<Change, 'tx' | 'log'>, run: Run, why: string): Promise<void> {
  if (run.state === 'armed') return disarmRuns(tx, run.room_id, [run.run_id]);
  const asks = await asksOf(tx, run.room_id, [run.run_id]);
  const ladder = asLadderView(run, asks);
  await withdrawAsks(
    tx,
    run.room_id,
    asks.map((each) => each.ask_id),
  );
  await updateRun(tx, run, { state: 'ended', next_at: null });
  log({ type: 'ladder.ended', data: { ...(await aboutOf(tx, run)), ladder: { ...ladder, nextAt: null }, why } });
}

export function newRun(
  deps: Deps,
  ladder: Ladder,
  on: OnCause & { says: string },
  { since, nextAt }: { since: string; nextAt: string },
): NewRow<'ladder_runs'> {
  return {
    room_id: on.roomId,
    run_id: deps.newId('ladder'),
    card_id: on.cardId,
    ladder_id: ladder.id,
    name: ladder.name,
    clause: ladder.clause,
    accepts: ladder.accepts,
    cause: on.cause,
    says: on.says,
    state: 'armed',
    round: 1,
    step: 0,
    since,
    started_at: nextAt,
    round_at: nextAt,
    accepted_at: null,
    next_at: nextAt,
    skipped: '[]',
  };
}

type LadderEvent = Extract<NewEvent, { data: { ladder: LadderView } }>;
type About = Pick<LadderEvent['data'], 'cardId' | 'cards' | 'ladder'>;

/** Logs what happened to a run, as it stands after the writes, and shows it on its card. The caller holds the card's lock. */
export async function tellLadder(
  { tx, log }: Pick<Change, 'tx' | 'log'>,
  { room_id, run_id }: Run,
  eventOf: (about: About) => LadderEvent,
): Promise<LadderView> {
  const run = await lockRun(tx, room_id, run_id);
  if (!run) throw new Error(`there is no ladder ${run_id}`);
  const ladder = asLadderView(run, await asksOf(tx, room_id, [run_id]));
  log(eventOf({ ...(await aboutOf(tx, run)), ladder }));
  return ladder;
}

/** Writes what the card shows of all its ladders, and answers the card. */
async function aboutOf(tx: Tx, { room_id: roomId, card_id: cardId }: Run): Promise<Omit<About, 'ladder'>> {
  if (cardId === null) return { cardId, cards: [] };
  await showLadders(tx, roomId, cardId, await viewsOf(tx, roomId, cardId));
  return { cardId, cards: [await cardNow(tx, { roomId, cardId })] };
}

async function viewsOf(db: Executor, roomId: string, cardId?: string | null): Promise<LadderView[]> {
  return (await runningLadders(db, roomId, cardId)).map((each) => each.ladder);
}

/** The ladders about the room itself. */
export const laddersOfRoom = (db: Executor, roomId: string): Promise<LadderView[]> => viewsOf(db, roomId, null);

/** Every ladder that is shown, oldest first, with its card. */
export async function runningLadders(
  db: Executor,
  roomId: string,
  cardId?: string | null,
): Promise<{ cardId: string | null; ladder: LadderView }[]> {
  const runs = await shownRuns(db, roomId, cardId);
  const asks = Map.groupBy(
    await asksOf(
      db,
      roomId,
      runs.map((run) => run.run_id),
    ),
    (ask) => ask.run_id,
  );
  return runs.map((run) => ({ cardId: run.card_id, ladder: asLadderView(run, asks.get(run.run_id) ?? []) }));
}

/** A run with the asks and the passed-over steps of its present round. */
export function asLadderView(run: Run, asks: readonly Ask[]): LadderView {
  const steps = new Map<number, LadderStepView>();
  for (const { step, whom, at, says } of run.skipped) steps.set(step, { step, whom, at, asks: [], skipped: says });
  for (const ask of asks) {
    if (ask.round !== run.round) continue;
    const { step, whom, at } = ask;
    const known = steps.get(step) ?? { step, whom, at, asks: [], skipped: null };
    steps.set(step, { ...known, asks: [...known.asks, asAskView(ask)] });
  }
  return {
    id: run.run_id,
    ladder: run.ladder_id,
    name: run.name,
    clause: run.clause,
    cause: run.cause,
    says: run.says,
    state: SHOWN.includes(run.state as Shown) ? (run.state as Shown) : 'asking',
    round: run.round,
    startedAt: run.started_at,
    nextAt: run.state === 'accepted' ? null : run.next_at,
    accepts: run.accepts,
    steps: [...steps.values()].sort((a, b) => a.step - b.step),
  };
}

const asAskView = (ask: Ask): AskView => ({
  id: ask.ask_id,
  userId: ask.user_id,
  name: ask.name,
  ways: ask.ways,
  state: ask.state,
  at: ask.at,
  answeredAt: ask.answered_at,
  says: ask.says,
});

export const after = (at: string, seconds: number): string => new Date(Date.parse(at) + seconds * 1000).toISOString();
export const later = (a: string, b: string): string => (a > b ? a : b);
