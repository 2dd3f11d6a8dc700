// What must hold for words to leave: the stage, the person's newest post read, and everyone's signature. Asked at the press and again at the wire.
import type { CardView } from '@rejoinder/contracts/cards';
import type { ChannelCan } from '@rejoinder/contracts/channels';
import type { Playbook, Stage } from '@rejoinder/contracts/playbooks';
import { REPLY_SIGN_OFF, signaturesMissing } from '@rejoinder/playbook/awaiting';
import { isPassedOver } from '@rejoinder/playbook/break-glass';
import { doorThatStops } from '@rejoinder/playbook/doors';
import { rolesStillNeeded } from '@rejoinder/playbook/signers';
import { countingSignOffs, isOnlySignedByAuthor } from '@rejoinder/signoff/decide';

/** Replies go out from the stage that a reply lets a card leave. */
export const publishes = (stage: Stage | undefined): boolean =>
  stage?.leave.some((guard) => guard.guard === 'posted_and_matches') === true;

/** Whose signature still lacks over the card's exact words; null when none does (PU-1). */
export function lackOfSignatures(
  playbook: Playbook,
  level: number,
  card: CardView,
  now: string,
): { clause: string; says: string; roles: string[] } | null {
  const clause = playbook.signOffs.find((s) => s.id === REPLY_SIGN_OFF)?.clause ?? 'Sign-off';
  const roles = rolesStillNeeded(signaturesMissing(playbook, level, card, now));
  if (roles.length > 0 && !isPassedOver(card, 'GU-11'))
    return { clause, says: `Signatures on these exact words are missing: ${roles.join(', ')}.`, roles };
  const counting = countingSignOffs(card.signOffs, card.fingerprint, now);
  if (
    isPassedOver(card, 'GU-12') ||
    !forbidsSoleAuthor(playbook, level) ||
    !isOnlySignedByAuthor(counting, card.draft?.authors ?? [])
  )
    return null;
  const others = playbook.roles.filter((role) => role.may.includes('sign')).map((role) => role.id);
  return { clause, says: 'The only person who signed is the only one who wrote it.', roles: others };
}

/** Why queued words may not leave any more, in a sentence for the card; null when they may (I8). */
export function whyNotSend(
  playbook: Playbook,
  level: number,
  card: CardView,
  fingerprint: string,
  now: string,
): string | null {
  if (card.fingerprint !== fingerprint) return 'The words changed after they were queued; they were not sent.';
  if (!publishes(playbook.stages.find((stage) => stage.id === card.stage)))
    return 'The card was moved away before the reply left; it was not sent.';
  if (card.posts.unseen > 0) return 'The person posted again before the reply left; it was not sent.';
  const lack = lackOfSignatures(playbook, level, card, now);
  return lack && `${lack.says} The reply was not sent.`;
}

/** Why a channel cannot correct or take back what stands there, in a sentence; null when it can (PU-24). */
export function whyNotAbout(
  kind: 'correction' | 'retraction',
  account: string,
  can: Pick<ChannelCan, 'correct' | 'retract'>,
): string | null {
  if (kind === 'correction')
    return can.correct ? null : `${account} cannot correct what stands there. Say it in a further reply.`;
  return can.retract ? null : `${account} cannot take back what stands there. Say it in a further reply.`;
}

/** The clause of the plan that stops a copy of a sent reply at this level; null where none does. */
export function clauseAgainstCopies(playbook: Playbook, level: number): string | null {
  const byVoice = playbook.voice.likeness?.strength === 'block' && doorThatStops(playbook, 'voice_clean', level);
  return (doorThatStops(playbook, 'not_too_like_sent', level) ?? (byVoice || null))?.clause ?? null;
}

/** Whether a door of the plan stops what only its one author agreed to, at this level. */
export const forbidsSoleAuthor = (playbook: Playbook, level: number): boolean =>
  doorThatStops(playbook, 'signer_not_sole_author', level) !== undefined;
