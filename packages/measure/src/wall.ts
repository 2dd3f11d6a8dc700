// The figures on the wall, in the report and at the API, computed from a board at an instant: one definition for all.
import type { CardView, ClockView } from '@rejoinder/contracts/cards';
import type { Measures } from '@rejoinder/contracts/measures';
import type { BoardState } from '@rejoinder/contracts/rooms';
import { answeredAt, type NoReply, timings } from './timings.ts';

/** What a measure reads of a board; a `BoardState` fits. */
export type Measured = Pick<BoardState, 'seq' | 'mentionCount'> & {
  room: Pick<BoardState['room'], 'level'>;
  cards: BoardState['cards'];
};

export type MeasureOptions = {
  state: Measured;
  /** The plan's stages in column order; a `Stage` fits. */
  stages: readonly { id: string; title: string; final: boolean; onWall: boolean }[];
  /** Role id → its name. */
  roleTitles: Readonly<Record<string, string>>;
  /**
   * Roles whose signature this card waits for now, as the plan sees it; empty when it waits for none. Of an `any` agreement all
   * roles that could give it. `since` where the plan knows better than the card since when; `standsFor` the silent role. Without
   * it nothing is awaited.
   */
  awaited?: (card: CardView) => readonly { role: string; since?: string | null; standsFor?: string | null }[];
  /** Stages and classes that get no answer on purpose. */
  noReply?: NoReply;
  /** ISO instant the figures are for. */
  now: string;
};

/**
 * The measures at `now`. Holds no name, no text and no account of anybody; cards in stages that are not on the wall are counted
 * in the totals and shown nowhere.
 */
export function measures(options: MeasureOptions): Measures {
  const { state, stages, noReply = {}, now } = options;
  const cards = Object.values(state.cards);
  const open = cards.filter((c) => c.closedAt === null);
  const { answered, shareAnswered, medianReply, p90Reply } = timings(cards, noReply);
  return {
    asOf: now,
    seq: state.seq,
    level: state.room.level,
    mentions: state.mentionCount,
    cards: cards.length,
    open: open.length,
    answered,
    shareAnswered,
    medianReply,
    p90Reply,
    breaches: cards.reduce(
      (n, c) => n + (c.breachesBefore ?? 0) + c.clocks.filter((k) => isBreached(k, c, now)).length,
      0,
    ),
    breachedOpen: open.filter((c) => isOverdue(c, now)).length,
    lateOpen: open.filter((c) => !isOverdue(c, now) && isLate(c, now)).length,
    loopsClosed: cards.filter((c) => c.closedAt !== null && c.followUp !== null && answeredAt(c) !== null).length,
    byStage: stages
      .filter((s) => s.onWall)
      .map((s) => {
        const inStage = (s.final ? cards : open).filter((c) => c.stage === s.id);
        const breached = inStage.filter((c) => isOverdue(c, now)).length;
        return { stage: s.id, title: s.title, count: inStage.length, breached };
      }),
    oldestUnanswered: oldest(open, noReply),
    awaiting: awaiting(open, options),
  };
}

/** The instant at which a clock stands: one whose time stands still has come no further than to when that began. */
const timeOf = ({ paused, stoppedAt }: ClockView, now: string): number => Date.parse(paused?.since ?? stoppedAt ?? now);

/** The clock ran out at some time, whether or not the breach is written down yet. A closed card's clock burns no further. */
const isBreached = (clock: ClockView, card: CardView, now: string): boolean =>
  clock.breachedAt !== null || timeOf(clock, card.closedAt ?? now) >= Date.parse(clock.promisedUntil);

/** Open, and a clock of it is running past what was promised. */
const isOverdue = (card: CardView, now: string): boolean =>
  card.closedAt === null &&
  card.clocks.some((k) => k.stoppedAt === null && Date.parse(k.promisedUntil) <= timeOf(k, now));

/** A clock of it is past its time under the level of now, and not yet past what was promised before. */
const isLate = (card: CardView, now: string): boolean =>
  card.clocks.some((k) => k.stoppedAt === null && Date.parse(k.dueAt) <= timeOf(k, now));

function oldest(open: readonly CardView[], { stages = [], classes = [] }: NoReply): Measures['oldestUnanswered'] {
  const waiting = open.filter(
    (c) =>
      answeredAt(c) === null &&
      c.posts.count > 0 &&
      !stages.includes(c.stage) &&
      !classes.includes(c.fields.class ?? ''),
  );
  const [first] = waiting.sort(
    (a, b) => Date.parse(a.posts.firstPostedAt) - Date.parse(b.posts.firstPostedAt) || (a.id < b.id ? -1 : 1),
  );
  if (!first) return null;
  const clock = first.clocks.find((k) => k.clock === 'public-reply') ?? first.clocks[0];
  return {
    cardId: first.id,
    since: first.posts.firstPostedAt,
    warnAt: clock?.warnAt ?? [],
    dueAt: clock?.dueAt ?? null,
    ...(clock && clock.promisedUntil !== clock.dueAt ? { promisedUntil: clock.promisedUntil } : {}),
    ...(clock?.paused ? { paused: clock.paused } : {}),
  };
}

/** Per role, and silent role it may sign for, how many cards wait for it and since when the longest one does, longest first. */
function awaiting(
  open: readonly CardView[],
  { roleTitles, awaited = () => [], now }: MeasureOptions,
): Measures['awaiting'] {
  const titleOf = (role: string): string => roleTitles[role] ?? role;
  const found = new Map<string, { role: string; title: string; since: string[] }>();
  for (const card of open) {
    const seen = new Set<string>();
    for (const { role, since, standsFor } of awaited(card)) {
      const title = standsFor ? `${titleOf(role)} for ${titleOf(standsFor)}` : titleOf(role);
      if (seen.has(title)) continue;
      seen.add(title);
      const entry = found.get(title) ?? { role, title, since: [] };
      entry.since.push(later(since ?? null, standsFor ? null : waitingSince(card, role, now)) ?? now);
      found.set(title, entry);
    }
  }
  return [...found.values()]
    .map(({ role, title, since }) => ({ role, title, count: since.length, since: since.sort()[0] ?? now }))
    .sort((a, b) => Date.parse(a.since) - Date.parse(b.since) || (a.title < b.title ? -1 : 1));
}

const later = (a: string | null, b: string | null): string | null =>
  a === null || (b !== null && Date.parse(b) > Date.parse(a)) ? b : a;

/** Since the card entered its stage or, when the role had signed, since that signature ceased to count. */
function waitingSince(card: CardView, role: string, now: string): string {
  const ends = card.signOffs
    .filter((s) => s.role === role)
    .map((s) => s.voidedAt ?? s.expiresAt ?? s.signedAt)
    .filter((end) => end <= now);
  return [card.enteredStageAt, ...ends].sort().at(-1) ?? now;
}
