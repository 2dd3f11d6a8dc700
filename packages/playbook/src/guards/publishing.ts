// Guards about the way back to the person: everything they wrote is read, and the reply stands in public as it was signed.
import type { CardView, ReplyView } from '@rejoinder/contracts/cards';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { rolesThatMay } from '../levels.ts';
import { pointsElsewhere } from '../private-talk.ts';
import { type Judging, type Lack, lack, MET } from './judging.ts';

/** GU-13: everything the person wrote since has been opened by somebody. */
export function noUnseenMentionFromAuthor({ playbook, facts }: Judging): Lack[] {
  const { unseen } = facts.card.posts;
  if (unseen === 0) return MET;
  const says =
    unseen === 1
      ? 'There is a new message from this person that nobody has opened.'
      : `${unseen} new messages from this person are unopened.`;
  return lack(says, rolesThatMay(playbook, 'view'), { do: 'read-posts', says: 'Read what they wrote' });
}

/** GU-16: the reply stands in public, word for word what was signed. */
export function postedAndMatches({ playbook, facts }: Judging): Lack[] {
  const { reply } = facts.card;
  const publishers = rolesThatMay(playbook, 'publish');
  if (reply === null) return lack('The reply has not been published.', publishers, PUBLISH);
  // A reply from an earlier round does not answer what the person wrote since.
  if (reply.state === 'published' && isOfEarlierRound(facts.card, reply))
    return lack('The reply to their newest post has not been published.', publishers, PUBLISH);
  return lacksStanding(playbook, reply);
}

const PUBLISH = { do: 'publish', says: 'Publish the reply' } as const;

/** What lacks until this reply stands in public as it was signed. */
export function lacksStanding(playbook: Playbook, reply: ReplyView): Lack[] {
  const publishers = rolesThatMay(playbook, 'publish');
  const settlers = rolesThatMay(playbook, 'settle');
  switch (reply.state) {
    case 'published':
      if (reply.matches) return MET;
      return lack('What stands in public is not word for word what was signed.', settlers, {
        do: 'settle',
        says: 'Look at it and settle it',
      });
    case 'approved':
    case 'sending':
      return lack('The reply is on its way.', [], { do: 'wait', until: null, says: 'Wait for the platform' });
    case 'unknown':
      return lack('It is not known whether the reply went out.', settlers, {
        do: 'settle',
        says: 'Look at the thread and settle it',
      });
    case 'held':
      return lack('The reply is held back.', settlers, { do: 'settle', says: 'Release it or take it back' });
    case 'cancelled':
      return lack('The reply was taken back before it left.', publishers, PUBLISH);
    case 'rejected':
      return lack(
        `The platform refused the reply${reply.says === null ? '' : `: ${reply.says}`}.`,
        publishers,
        PUBLISH,
      );
  }
}

/** GU-32: before it goes private, an answer that everybody can see points there: our reply, if one went out from here, or one whose place was noted. */
export function publicPointerPosted({ playbook, facts }: Judging): Lack[] {
  const { card } = facts;
  const { reply } = card;
  // Whoever answered from here is held to what stands there; nobody's word replaces it.
  if (reply !== null && reply.state !== 'rejected' && reply.state !== 'cancelled' && !isOfEarlierRound(card, reply))
    return lacksStanding(playbook, reply);
  const noted = card.facts.find((each) => each.fact === 'public_pointer');
  const note = { do: 'record-fact', fact: 'public_pointer', says: 'Note where it stands' } as const;
  const who = rolesThatMay(playbook, 'publish');
  if (noted === undefined) return lack('Nothing in public says yet that we go on in private.', who, PUBLISH, note);
  if (pointsElsewhere(noted.note, card))
    return lack(`The noted place is not where ${card.author.name} wrote.`, who, PUBLISH, note);
  return MET;
}

/** Published before the card came to this stage, and other words, account or post than would be sent now. */
function isOfEarlierRound(card: CardView, reply: ReplyView): boolean {
  const before = reply.publishedAt === null || Date.parse(reply.publishedAt) < Date.parse(card.enteredStageAt);
  return before && reply.fingerprint !== card.fingerprint;
}
