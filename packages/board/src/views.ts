// What a page reads off a board: columns, counts, the stream, the oldest unanswered person, and the facts a move is judged by.
import type { CardView, MoveFacts } from '@rejoinder/contracts/cards';
import type { MentionView } from '@rejoinder/contracts/mentions';
import type { Actor } from '@rejoinder/contracts/people';
import type { BoardState } from '@rejoinder/contracts/rooms';
import { inBurningOrder } from './burning.ts';
import { fuse, type Phase, replyClock } from './fuse.ts';

type Cards = BoardState['cards'];

export type Column = { stage: string; cards: CardView[] };

/**
 * A column per stage id, in the order given, its cards by what burns first. A card in a stage that is not listed gets a
 * column of its own at the end: no card is ever hidden (BD-9).
 */
export function columns(cards: Cards, stages: readonly string[], now: string | number): Column[] {
  const byStage = new Map<string, CardView[]>(stages.map((s) => [s, []]));
  for (const card of Object.values(cards)) {
    const column = byStage.get(card.stage);
    if (column) column.push(card);
    else byStage.set(card.stage, [card]);
  }
  return [...byStage].map(([stage, inStage]) => ({ stage, cards: inBurningOrder(inStage, now) }));
}

/** Open cards per stage; with `owner`, only those this person owns. Stages without open cards are not listed. */
export function countsByStage(cards: Cards, owner?: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const card of Object.values(cards)) {
    if (card.closedAt !== null || (owner !== undefined && card.owner?.userId !== owner)) continue;
    counts[card.stage] = (counts[card.stage] ?? 0) + 1;
  }
  return counts;
}

/**
 * Everything a move of this card is judged by, as this board knows it; null for a card the board does not have.
 * `seenVersion` is the board's own version of the card: what the person looks at. The server judges again on its rows.
 */
export function moveFacts(
  state: BoardState,
  cardId: string,
  actor: Actor | null,
  reason: string,
  now: string,
): MoveFacts | null {
  const card = state.cards[cardId];
  if (!card) return null;
  return {
    now,
    actor,
    card,
    level: state.room.level,
    ...countsFor(state.cards, card.owner?.userId ?? null),
    accounts: accountsOf(state.room),
    ownerRoles: (card.owner && state.people[card.owner.userId]?.roles) ?? [],
    likest: card.draft?.likest ?? null,
    seenVersion: card.version,
    reason,
    glass: false,
  };
}

const accounts = new WeakMap<BoardState['room'], MoveFacts['accounts']>();
function accountsOf(room: BoardState['room']): MoveFacts['accounts'] {
  const known = accounts.get(room) ?? room.accounts.map(({ id, platform }) => ({ id, platform }));
  accounts.set(room, known);
  return known;
}

type Counts = { all: Record<string, number>; of: Map<string, Record<string, number>> };
const counted = new WeakMap<Cards, Counts>();

/** Counted once for a state of the board: a drag of many cards asks for each of them. */
function countsFor(cards: Cards, owner: string | null): Pick<MoveFacts, 'counts' | 'countsOfOwner'> {
  let known = counted.get(cards);
  if (known === undefined) {
    known = { all: countsByStage(cards), of: new Map() };
    for (const { closedAt, owner: has, stage } of Object.values(cards)) {
      if (closedAt !== null || has === null) continue;
      const own = known.of.get(has.userId) ?? {};
      own[stage] = (own[stage] ?? 0) + 1;
      known.of.set(has.userId, own);
    }
    counted.set(cards, known);
  }
  return { counts: known.all, countsOfOwner: (owner === null ? undefined : known.of.get(owner)) ?? {} };
}

/** The open card whose author has waited longest for a public answer, outside stages that decided not to answer; null when nobody waits. */
export function oldestUnanswered(cards: Cards, noReplyStages: readonly string[] = []): CardView | null {
  let oldest: CardView | null = null;
  for (const card of Object.values(cards)) {
    if (card.closedAt !== null || card.reply?.state === 'published' || noReplyStages.includes(card.stage)) continue;
    const [a, b] = [card.posts.firstPostedAt, oldest?.posts.firstPostedAt];
    if (b === undefined || a < b || (a === b && oldest !== null && card.id < oldest.id)) oldest = card;
  }
  return oldest;
}

/** A line of the live stream: the mention, its card if it has one, and how that card's fuse stands. */
export type StreamRow = { mention: MentionView; card: CardView | null; phase: Phase | null };

/** The stream, newest first. */
export function streamRows(mentions: readonly MentionView[], cards: Cards, now: string | number): StreamRow[] {
  return mentions.toReversed().map((mention) => {
    const card = mention.cardId === null ? null : (cards[mention.cardId] ?? null);
    const clock = card && card.closedAt === null ? replyClock(card) : null;
    return { mention, card, phase: clock ? fuse(clock, now).phase : null };
  });
}
