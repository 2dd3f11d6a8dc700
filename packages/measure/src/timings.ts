// How fast and how often people were answered in public.
import type { CardView } from '@rejoinder/contracts/cards';

/** `shareAnswered` of the cards that need an answer, null when there are none; times in seconds, null without an answer. */
export type Timings = {
  needed: number;
  answered: number;
  shareAnswered: number | null;
  medianReply: number | null;
  p90Reply: number | null;
};

/** Cards in these stages, or of these classes, get no answer on purpose and are no part of the share. */
export type NoReply = { stages?: readonly string[]; classes?: readonly string[] };

/** When the reply to this card was confirmed in public; null when it was not, whatever else was noted, queued or sent privately. */
export const answeredAt = (card: CardView): string | null =>
  card.reply?.state === 'published' ? card.reply.publishedAt : null;

/**
 * A card needs an answer unless it was answered for good reason with none: it sits in a no-reply stage or has a no-reply class.
 * A card that began in private and stayed there has nothing in public to answer.
 * An answered card always counts, and a card closed without an answer counts as unanswered (ME-2): closing improves nothing.
 */
export const needsAnswer = (card: CardView, { stages = [], classes = [] }: NoReply = {}): boolean =>
  answeredAt(card) !== null ||
  (card.posts.count > 0 && !(stages.includes(card.stage) || classes.includes(card.fields.class ?? '')));

/** Seconds from the person's first post to the public reply, never below 0; null while unanswered. */
export function replyTime(card: CardView): number | null {
  const at = answeredAt(card);
  return at === null ? null : Math.max(0, Math.round((Date.parse(at) - Date.parse(card.posts.firstPostedAt)) / 1000));
}

export function timings(cards: readonly CardView[], noReply: NoReply = {}): Timings {
  const needed = cards.filter((c) => needsAnswer(c, noReply)).length;
  const times = cards.map(replyTime).filter((t) => t !== null);
  return {
    needed,
    answered: times.length,
    shareAnswered: needed === 0 ? null : times.length / needed,
    medianReply: percentile(times, 50),
    p90Reply: percentile(times, 90),
  };
}

/**
 * The `p`-th percentile by nearest rank: the smallest value that at least `p` % of the values do not exceed. Always one of the
 * values, so that every figure on the wall is a real person's wait. Of an even number the median is the lower middle one.
 */
export function percentile(values: readonly number[], p: number): number | null {
  const rising = values.toSorted((a, b) => a - b);
  return rising[Math.max(0, Math.ceil((p / 100) * rising.length) - 1)] ?? null;
}
