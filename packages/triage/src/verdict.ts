// Whether a mention opens a card, joins one, or stays in the stream, and why.
import type { Reason, Verdict } from '@rejoinder/contracts/mentions';
import type { Told } from './same-story.ts';
import type { Score } from './score.ts';

/** From this severity a mention opens a card whatever else it is. */
export const OPENS_FROM = 40;

/** Everything the verdict depends on; the caller looks it up. */
export type Judged = {
  mention: { id: string; text: string; inReplyTo: string | null; deletedAt: string | null };
  score: Score;
  /** What the story index said. */
  told: Told;
  /** The author has an open card in this room (or one that reopens). */
  hasOpenCard: boolean;
  /** One of our own accounts wrote it. */
  isOwnAccount: boolean;
  /** The author is on the room's list of rivals. */
  isRival: boolean;
  /** It names one of our handles or answers one of our posts. */
  isAddressedToUs: boolean;
  /** Story of the mention it answers, when we have that one. */
  parentStoryId: string | null;
  suggestedClass: string | null;
  opensFrom?: number;
};

/** The verdict as it is logged; its first reason of 0 points says why. */
export function judgeMention(judged: Judged): Verdict {
  const { mention, score, told, parentStoryId } = judged;
  const rival = judged.isRival || isOffer(mention);
  const [verdict, why] = decide(judged, rival);
  const flagged: Reason[] =
    rival && !judged.isOwnAccount ? [{ says: RIVAL, points: Math.min(15, 100 - score.severity) }] : [];
  return {
    mentionId: mention.id,
    severity: score.severity + (flagged[0]?.points ?? 0),
    reasons: [{ says: why, points: 0 }, ...flagged, ...score.reasons],
    storyId: flagged.length > 0 ? (parentStoryId ?? told.storyId) : told.storyId,
    verdict,
    suggestedClass: verdict === 'leave' && !flagged.length ? null : judged.suggestedClass,
  };
}

/** Passed on without a word of one's own: the text begins with the share mark. */
export const isShare = (text: string): boolean => /^[\s"“]*RT\b[\s:]*@/u.test(text);

const RIVAL = 'Looks like an offer from somebody else under a post about us';

type Decision = readonly [verdict: Verdict['verdict'], why: string];

function decide(j: Judged, rival: boolean): Decision {
  const { mention, score } = j;
  if (mention.deletedAt !== null || mention.text.trim() === '') return ['leave', 'It was deleted or holds no words.'];
  if (j.isOwnAccount) return ['leave', 'One of our own accounts wrote it.'];
  if (rival && !j.hasOpenCard) return ['leave', 'A rival is not answered; the person they wrote to is.'];
  if (isShare(mention.text) && j.told.of !== null)
    return ['leave', 'Shares a story we have, without a word of their own.'];
  if (j.hasOpenCard) return ['attach', 'The author has an open card.'];
  if (score.severity >= (j.opensFrom ?? OPENS_FROM)) return ['open', 'It is grave enough to be answered by somebody.'];
  const { failure, harm, anger, praise, mock } = score.signs;
  if (harm > 0) return ['open', 'Somebody is or could be harmed.'];
  if (failure + anger + mock > 0) return ['open', 'It is a complaint.'];
  if (score.asks) return ['open', 'It asks something.'];
  if (praise > 0) return ['open', 'Thanks deserve an answer too.'];
  if (j.isAddressedToUs) return ['open', 'It is addressed to us.'];
  return ['leave', 'It speaks of us and asks for nothing.'];
}

/** An invitation to go elsewhere, written under somebody else's post. */
const isOffer = ({ text, inReplyTo }: Judged['mention']): boolean =>
  inReplyTo !== null &&
  /\b(?:switch(?:ing)? to us|come (?:over )?to us|try us|join us|choose us|ship with us|fly with us|use (?:the |our )?code\b|with our (?:code|offer)|our (?:customers|drivers|prices|rates) (?:never|always|are)|we(?:'|’)?(?:d| would) (?:love|be happy|be glad) to (?:have|welcome|take) you|new customers? (?:get|save)|first (?:parcel|month|order|delivery) (?:is )?(?:free|on us)|our treat\b|it(?:'|’)?s on us\b|free of charge\b.*\bus\b)/iu.test(
    text,
  );
