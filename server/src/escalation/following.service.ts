// Which ladders wait for which time: armed when a card comes to a stage or a clock nears its end, ended when what they were about is over.
import type { CardView, ClockView } from '@rejoinder/contracts/cards';
import type { RoomEvent } from '@rejoinder/contracts/events';
import { stageDueAt } from '@rejoinder/playbook/clocks';
import { sayDuration } from '@rejoinder/playbook/durations';
import { atLevel, stageOf } from '@rejoinder/playbook/levels';
import { lockCards } from '../cards/cards.repository.ts';
import { PUBLIC_REPLY } from '../cards/clocks.ts';
import type { Change } from '../db/event-log.ts';
import type { NewRow } from '../db/tables.ts';
import type { Deps } from '../deps.ts';
import { type RoomContext, roomContext } from '../rooms/rooms.service.ts';
import { hearFailure, hearTaken } from './answering.service.ts';
import { type AboutCard, needsNoAnswer, whyOver } from './climbing.service.ts';
import {
  type CardStand,
  type ClockStand,
  clocksOfCards,
  disarmRuns,
  insertRuns,
  lockRun,
  type Run,
  runsOfCards,
  standOfCards,
} from './ladders.repository.ts';
import { endRun, later, newRun } from './ladders.service.ts';

/** A clock that has come to a point at which the plan starts a ladder, and since when. */
type Point = { cardId: string; clock: string; startedAt: string; what: 'warning' | 'breach'; from: string };

/** Handles whatever may arm or end a ladder. Everything is looked up as it is now, so it is safe to repeat. */
export async function followLadders(deps: Deps, change: Change, roomId: string, events: RoomEvent[]): Promise<void> {
  const context = await roomContext(change.tx, roomId);
  const isForAll = events.some((event) => event.type === 'room.levelChanged' || event.type === 'playbook.adopted');
  const named = new Set(events.flatMap(cardsIn));
  const points = events.flatMap(pointsIn);
  for (const { cardId } of points) named.add(cardId);
  const cards = await standOfCards(change.tx, roomId, isForAll ? undefined : [...named].sort());
  // A card that was closed is not among the open ones, and its ladders end all the same.
  if (isForAll) cards.push(...(await standOfCards(change.tx, roomId, [...named])).filter((card) => card.closed_at));
  const found = await runsOfCards(
    change.tx,
    roomId,
    cards.map((card) => card.card_id),
  );
  const runs = await endOver(change, context, cards, found);
  await armStages(deps, change, context, cards, runs);
  await armClocks(deps, change, context, cards, runs, points);
  for (const event of events) {
    if (event.type === 'message.failed' && event.data.about.kind === 'ask')
      await hearFailure(change, roomId, { askId: event.data.about.id, says: event.data.says });
    if (event.type === 'card.taken') await hearTaken(deps, change, roomId, event.data.card);
  }
}

/** Every open card in a stage with a time and a ladder has one armed for it, under the level and the plan of now (LD-7). */
async function armStages(
  deps: Deps,
  { tx }: Change,
  context: RoomContext,
  cards: CardStand[],
  runs: Run[],
): Promise<void> {
  const wanted = new Map<string, NewRow<'ladder_runs'>>();
  for (const card of cards) {
    const row = stageRun(deps, context, card);
    if (row) wanted.set(`${row.card_id} ${row.cause}`, row);
  }
  const outdated: string[] = [];
  for (const run of runs) {
    if (!run.cause.startsWith('stage:') || run.state === 'ended') continue;
    const key = `${run.card_id} ${run.cause}`;
    const row = wanted.get(key);
    const isAsWanted = row?.since === run.since && row.next_at === run.next_at && row.ladder_id === run.ladder_id;
    if (run.state === 'armed' && !isAsWanted) outdated.push(run.run_id);
    else wanted.delete(key);
  }
  await disarmRuns(tx, context.room.room_id, outdated);
  await insertRuns(tx, [...wanted.values()]);
}

function stageRun(deps: Deps, { room, playbook }: RoomContext, card: CardStand): NewRow<'ladder_runs'> | null {
  const stage = stageOf(playbook, card.stage);
  const ladder = playbook.ladders.find((each) => each.id === stage?.ladder);
  const limit = stage?.timeLimit ? atLevel(stage.timeLimit, room.level) : undefined;
  const nextAt = stageDueAt(playbook, card.stage, room.level, card.entered_stage_at);
  if (!stage || !ladder || nextAt === null || limit === undefined || card.closed_at !== null) return null;
  const says = `A card stands in ${stage.title} longer than ${sayDuration(limit)}.`;
  const on = { roomId: room.room_id, cardId: card.card_id, cause: `stage:${stage.id}`, says };
  return newRun(deps, ladder, on, { since: card.entered_stage_at, nextAt });
}

/** A clock's last warning, and its breach, begin the ladder the plan names for it, once for each run of the clock (LD-8). */
async function armClocks(
  deps: Deps,
  { tx }: Change,
  { room, playbook }: RoomContext,
  cards: CardStand[],
  runs: Run[],
  points: Point[],
): Promise<void> {
  if (points.length === 0) return;
  const clocks = await clocksOfCards(
    tx,
    room.room_id,
    points.map((point) => point.cardId),
  );
  const rows = points.flatMap((point) => {
    const plan = playbook.clocks.find((each) => each.id === point.clock);
    const ladderId = point.what === 'warning' ? plan?.onWarning : plan?.onBreach;
    const ladder = playbook.ladders.find((each) => each.id === ladderId);
    const card = cards.find((each) => each.card_id === point.cardId);
    const clock = clocks.find((each) => each.card_id === point.cardId && each.clock_id === point.clock);
    if (!plan || !ladder || !card || card.closed_at !== null || !clock) return [];
    if (point.clock === PUBLIC_REPLY && needsNoAnswer(playbook, card)) return [];
    if (clock.stopped_at !== null || clock.paused_at !== null || clock.started_at !== point.startedAt) return [];
    const cause = `clock:${point.clock}:${point.what}`;
    // One that was left off as the clock stood still may run once more when it goes on.
    const goesSince = clock.stood_still?.at(-1)?.until ?? '';
    const ranBefore = runs.some(
      (run) =>
        run.card_id === point.cardId &&
        run.cause === cause &&
        run.since === point.startedAt &&
        run.started_at >= goesSince,
    );
    if (ranBefore) return [];
    // What ran out before the card was there is asked about from then on, not for the hours before.
    const nextAt = later(point.from, card.opened_at);
    const says = sayPoint(plan.name, point.what);
    return [
      newRun(
        deps,
        ladder,
        { roomId: room.room_id, cardId: point.cardId, cause, says },
        { since: point.startedAt, nextAt },
      ),
    ];
  });
  await insertRuns(tx, rows);
}

const sayPoint = (clock: string, what: Point['what']): string =>
  what === 'warning' ? `${clock}: the time is nearly over.` : `${clock}: the promised time is over.`;

/** What a run is about may be over: the clock stopped, the card went on or was closed. Answers the runs as they are then. */
async function endOver(
  change: Change,
  { room, playbook }: RoomContext,
  cards: CardStand[],
  runs: Run[],
): Promise<Run[]> {
  const live = runs.filter((run) => run.state !== 'ended');
  const onClocks = live.filter((run) => run.cause.startsWith('clock:')).flatMap((run) => run.card_id ?? []);
  const clocks = Map.groupBy(await clocksOfCards(change.tx, room.room_id, onClocks), (clock) => clock.card_id);
  const about = new Map(cards.map((card) => [card.card_id, asAbout(card, clocks.get(card.card_id) ?? [])]));
  const over = live.flatMap((run) => {
    const why = whyOver(playbook, run, about.get(run.card_id ?? '') ?? null);
    return why === null ? [] : [{ runId: run.run_id, cardId: run.card_id ?? '', why }];
  });
  await lockCards(change.tx, room.room_id, [...new Set(over.map((each) => each.cardId))].sort());
  for (const { runId, why } of over) {
    const run = await lockRun(change.tx, room.room_id, runId);
    if (run && run.state !== 'ended') await endRun(change, run, why);
  }
  const ended = new Set(over.map((each) => each.runId));
  return runs.map((run) => (ended.has(run.run_id) ? { ...run, state: 'ended' as const } : run));
}

const asAbout = (card: CardStand, clocks: ClockStand[]): AboutCard => ({
  stage: card.stage,
  enteredStageAt: card.entered_stage_at,
  closedAt: card.closed_at,
  fields: card.fields,
  clocks: clocks.map((clock) => ({
    clock: clock.clock_id,
    startedAt: clock.started_at,
    stoppedAt: clock.stopped_at,
    breachedAt: clock.breached_at,
    ...(clock.paused_at ? { paused: { since: clock.paused_at, why: clock.paused_why ?? [] } } : {}),
  })),
});

/** Leaves out what changes nothing for any ladder, so that it costs no transaction. */
export function isForLadders(event: RoomEvent): boolean {
  switch (event.type) {
    case 'card.heated':
      return event.data.cards.some((card) => card.enteredStageAt === event.at || stoodStill(card));
    case 'card.privateHeard':
      return event.data.cards.some(stoodStill);
    case 'card.privateNoted':
      return stoodStill(event.data.card);
    case 'crisis.declared':
    case 'crisis.stepped':
      return event.data.clocks !== undefined;
    case 'clock.warned':
      return event.data.point === event.data.clock.warnAt.length;
    case 'message.failed':
      return event.data.about.kind === 'ask';
    case 'card.taken':
    case 'card.followedUp':
    case 'reply.published':
    case 'reply.settled':
      return event.data.card.ladders !== undefined;
    default:
      return true;
  }
}

function cardsIn(event: RoomEvent): string[] {
  switch (event.type) {
    case 'card.opened':
    case 'card.heated':
      return event.data.cards.map((card) => card.id);
    case 'card.moved':
    case 'card.taken':
    case 'card.followedUp':
    case 'reply.published':
    case 'reply.settled':
    case 'clock.breached':
      return [event.data.card.id];
    case 'crisis.declared':
    case 'crisis.stepped':
      return (event.data.clocks ?? []).map(({ cardId }) => cardId);
    default:
      return [];
  }
}

function pointsIn(event: RoomEvent): Point[] {
  switch (event.type) {
    case 'clock.warned':
      return event.data.point === event.data.clock.warnAt.length
        ? [pointOf(event.data.card.id, event.data.clock, 'warning', event.data.clock.warnAt.at(-1) ?? event.at)]
        : [];
    case 'clock.breached':
      return [pointOf(event.data.card.id, event.data.clock, 'breach', event.data.clock.promisedUntil)];
    case 'card.moved':
      // One that comes back to where it needs an answer may be late already.
      return event.data.card.clocks.flatMap((clock) => pointNow(event.data.card.id, clock, event.at));
    case 'card.heated':
    case 'card.privateHeard':
      return event.data.cards.flatMap((card) => wentOn(card, event.at));
    case 'card.privateNoted':
      return wentOn(event.data.card, event.at);
    case 'room.levelChanged':
    case 'playbook.adopted':
    case 'crisis.declared':
    case 'crisis.stepped':
      // A level or a plan may pass a clock's last warning without a line of its own, and one that stood still may have told it before.
      return (event.data.clocks ?? []).flatMap(({ cardId, clocks }) =>
        clocks.flatMap((clock) => pointNow(cardId, clock, event.at)),
      );
    default:
      return [];
  }
}

const stoodStill = (card: CardView): boolean => card.clocks.some((clock) => clock.stoodStill);

/** What the clocks of a card have passed that stood still before. */
const wentOn = (card: CardView, at: string): Point[] =>
  card.clocks.filter((clock) => clock.stoodStill).flatMap((clock) => pointNow(card.id, clock, at));

/** The point a clock has passed last, asked about from now on. */
function pointNow(cardId: string, clock: ClockView, at: string): Point[] {
  if (clock.stoppedAt !== null || clock.paused) return [];
  if (clock.breachedAt !== null) return [pointOf(cardId, clock, 'breach', at)];
  return clock.warned === clock.warnAt.length ? [pointOf(cardId, clock, 'warning', at)] : [];
}

const pointOf = (cardId: string, { clock, startedAt }: ClockView, what: Point['what'], from: string): Point => ({
  cardId,
  clock,
  startedAt,
  what,
  from,
});
