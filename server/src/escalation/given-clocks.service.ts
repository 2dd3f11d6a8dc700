// Clocks that a level or a plan gives to open cards, or takes from them: begun from their own starts, ended in the same commit (CK-22, CK-23).
import type { PlanClock, Playbook } from '@rejoinder/contracts/playbooks';
import { clockFor, underDeadlines } from '@rejoinder/playbook/clocks';
import { lacksReturn } from '@rejoinder/playbook/guards/follow-up';
import { atLevel } from '@rejoinder/playbook/levels';
import { asksForStays, type CardLife, runningSince } from '@rejoinder/playbook/running-since';
import { type Came, movesOf, type OpenCard, openCards } from '../cards/card-lives.repository.ts';
import { readCards } from '../cards/card-view.service.ts';
import { runsIn } from '../cards/clocks.ts';
import { PRIVATE_RETURN } from '../cards/going-private.ts';
import { settleRow } from '../cards/standing-still.ts';
import type { Executor } from '../db/database.ts';
import type { Row } from '../db/tables.ts';

/** What the clocks of a room are reckoned under. */
export type Under = {
  roomId: string;
  playbook: Playbook;
  level: number;
  stoodDown: boolean;
  now: string;
  /** Whether a running clock ends since another plan took its card from its stages (CK-24). */
  left?: (clock: Row<'clocks'>) => boolean;
};
type Clock = Row<'clocks'>;
type Pair = { card: OpenCard; clock: PlanClock };

const OF_CARDS = ['mention_posted', 'card_opened', 'stage_entered'];

/** Whether the plan has this clock at this level. The way back from a private talk is no clock of the block. */
export function isGiven({ playbook, level }: Under, clockId: string): boolean {
  if (clockId === PRIVATE_RETURN) return true;
  const clock = playbook.clocks.find(({ id }) => id === clockId);
  return clock !== undefined && level >= clock.fromLevel && atLevel(clock.target, level) !== undefined;
}

/** Told or not, its time is over. */
export const hasRunOut = ({ breached_at, promised_until, paused_at }: Clock, now: string): boolean =>
  breached_at !== null || promised_until <= (paused_at ?? now);

/** Stopped; what it ran out of is told where it was not yet (CK-13). */
export const ended = (clock: Clock, now: string): Clock => ({
  ...clock,
  stopped_at: now,
  next_at: clock.breached_at === null && hasRunOut(clock, now) ? clock.promised_until : null,
});

/** The clocks open cards lack under it, from their own starts; `known` holds every clock the cards have. */
export async function clocksGiven(db: Executor, under: Under, known: readonly Clock[]): Promise<Clock[]> {
  const { playbook, roomId } = under;
  const clocks = playbook.clocks.filter(({ id, starts }) => OF_CARDS.includes(starts) && isGiven(under, id));
  if (clocks.length === 0) return [];
  const has = new Map(known.map((each) => [keyOf(each.card_id, each.clock_id), each]));
  const cards = await openCards(db, roomId);
  const pairs = cards.flatMap((card) =>
    clocks
      .filter((clock) => mayLack(playbook, card, clock, has.get(keyOf(card.card_id, clock.id))))
      .map((clock) => ({ card, clock })),
  );
  if (pairs.length === 0) return [];
  const lives = await livesOf(db, under, pairs);
  return pairs.flatMap(({ card, clock }) => {
    const life = lives.get(card.card_id);
    const start = life ? runningSince(playbook, clock, life) : null;
    const before = has.get(keyOf(card.card_id, clock.id));
    // One that has ended does not run again, unless the card has come to its stages once more.
    if (start === null || (before && start < (before.stopped_at ?? ''))) return [];
    const row = begun(under, card, clock, start);
    return row ? [row] : [];
  });
}

/** A first look that needs nothing of the card's life: of 5,000 cards most have all they should. */
function mayLack(playbook: Playbook, card: OpenCard, clock: PlanClock, has: Clock | undefined): boolean {
  if (clock.starts === 'stage_entered' && clock.stops === 'stage_left' && !runsIn(playbook, card.stage, clock.id))
    return false;
  if (has === undefined) return true;
  return clock.starts === 'stage_entered' && has.stopped_at !== null && card.entered_stage_at >= has.stopped_at;
}

async function livesOf(db: Executor, { roomId, playbook }: Under, pairs: Pair[]): Promise<Map<string, CardLife>> {
  const idsOf = (which: (pair: Pair) => boolean): string[] => [
    ...new Set(pairs.filter(which).map(({ card }) => card.card_id)),
  ];
  const moves = Map.groupBy(
    await movesOf(
      db,
      roomId,
      idsOf(({ clock }) => asksForStays(clock)),
    ),
    (move) => move.card_id,
  );
  const back = await readCards(
    db,
    roomId,
    idsOf(({ card, clock }) => clock.stops === 'follow_up_recorded' && card.follow_up !== null),
  );
  const returned = new Map(
    back.flatMap((card) => (lacksReturn(playbook, card).length === 0 ? [[card.id, card.followUp?.at ?? null]] : [])),
  );
  return new Map(
    pairs.map(({ card }) => {
      const opened = card.round_at ?? card.opened_at;
      return [
        card.card_id,
        {
          posted: card.posts_count === 0 ? null : (card.round_posted_at ?? card.first_posted_at),
          opened,
          stays: staysOf(card, opened, moves.get(card.card_id) ?? []),
          replied: card.replied_at,
          returned: returned.get(card.card_id) ?? null,
          closed: card.was_closed_at,
        },
      ];
    }),
  );
}

/** Where it stood since its round began. Where the log leaves a gap the card came there with what is known next. */
function staysOf(card: OpenCard, opened: string, moves: readonly Came[]): CardLife['stays'] {
  const since = moves.filter(({ at }) => at >= opened);
  const [first] = since;
  const stays = [{ stage: first ? (first.from ?? '') : card.stage, at: first ? opened : card.entered_stage_at }];
  for (const { from, to, at } of since) {
    const last = stays.at(-1);
    if (from !== null && last && last.stage !== from) stays.push({ stage: from, at: last.at });
    stays.push({ stage: to, at });
  }
  const last = stays.at(-1);
  if (last?.stage !== card.stage || last.at < card.entered_stage_at)
    stays.push({ stage: card.stage, at: card.entered_stage_at });
  return stays;
}

/** What is late at once is promised anew from now on: nobody broke a promise that was not given yet (CK-15). */
function begun({ playbook, level, roomId, stoodDown, now }: Under, card: OpenCard, clock: PlanClock, start: string) {
  const deadlines = clockFor(playbook, clock.id, level, start);
  const fromNow = clockFor(playbook, clock.id, level, now);
  const running = { clock: clock.id, startedAt: start, promisedUntil: fromNow?.dueAt ?? now };
  const then = underDeadlines(deadlines, running, now);
  if (!then) return null;
  const row: Clock = {
    room_id: roomId,
    card_id: card.card_id,
    clock_id: clock.id,
    clause: clock.clause,
    started_at: start,
    warn_at: then.warnAt,
    due_at: then.dueAt,
    promised_until: then.promisedUntil,
    stopped_at: null,
    warned: then.warned,
    breached_at: null,
    next_at: then.nextAt,
    paused_at: null,
    paused_why: null,
    stood_still: null,
  };
  return settleRow(row, { playbook, waitsForAuthor: card.waits_since !== null, stoodDown }, now);
}

const keyOf = (cardId: string, clockId: string): string => `${cardId} ${clockId}`;
