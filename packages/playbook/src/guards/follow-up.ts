// Guards about closing the loop, and about the reasons people must give.
import type { CardView } from '@rejoinder/contracts/cards';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { rolesThatMay } from '../levels.ts';
import { pointsElsewhere, wentPrivate } from '../private-talk.ts';
import { type Judging, type Lack, lack, MET } from './judging.ts';
import { lacksStanding } from './publishing.ts';

/** GU-17: we asked again in public, or the person did not want it. */
export function publicFollowUpPostedOrDeclined({ playbook, facts }: Judging): Lack[] {
  return lacksReturn(playbook, facts.card);
}

/** What lacks before we are back in public. After a private talk the word of it alone is not enough: it has a place, or a reply that stands (PV-5). */
export function lacksReturn(playbook: Playbook, card: CardView): Lack[] {
  const { followUp } = card;
  // A talk that began in private and stayed there has nothing in public to come back to.
  if (card.posts.count === 0 && card.private !== undefined) return MET;
  const missing = (says: string): Lack[] =>
    lack(says, rolesThatMay(playbook, 'draft'), { do: 'record-follow-up', says: 'Record the follow-up' });
  if (followUp === null)
    return missing('We have not come back in public, and nobody has noted that the person declined.');
  if (!wentPrivate(card)) return MET;
  const noted = followUp.note.trim() !== '';
  if (followUp.state === 'declined') {
    if (playbook.private?.returns?.declinedCounts === false)
      return missing('The plan wants us back in public, also when the person would rather not.');
    return noted ? MET : missing('Nobody has noted what the person said when they declined.');
  }
  const { reply } = card;
  const since = Date.parse(card.private?.since ?? '');
  if (reply !== null && reply.state !== 'rejected' && Date.parse(reply.queuedAt) > since)
    return lacksStanding(playbook, reply);
  if (!noted) return missing('Nobody has noted where in public we came back.');
  return pointsElsewhere(followUp.note, card) ? missing(`That is not where ${card.author.name} wrote.`) : MET;
}

/** GU-18: what was promised has been done. Nothing promised, nothing owed. */
export function remedyDelivered({ playbook, facts }: Judging): Lack[] {
  const { remedy, fields } = facts.card;
  const promised = remedy?.promised ?? fields.remedy ?? '';
  if (promised.trim() === '' || (remedy !== null && remedy.deliveredAt !== null)) return MET;
  return lack(`We promised “${short(promised)}” and nobody has marked it as done.`, rolesThatMay(playbook, 'own'), {
    do: 'deliver-remedy',
    says: 'Mark it as done',
  });
}

/** GU-19: a reason stands with the move. */
export function reasonGiven({ facts }: Judging): Lack[] {
  if (facts.reason.trim() !== '') return MET;
  return lack('No reason is given.', [], { do: 'give-reason', says: 'Give the reason' });
}

/** GU-23: why in private: the field is filled in, or the reason stands with the move. */
export function privateReasonGiven({ facts }: Judging): Lack[] {
  if ((facts.card.fields.private_reason ?? '').trim() !== '' || facts.reason.trim() !== '') return MET;
  return lack(
    'Nothing says why this goes private.',
    [],
    { do: 'set-field', field: 'private_reason', says: 'Say why in private' },
    { do: 'give-reason', says: 'Give the reason' },
  );
}

function short(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
