// Guards about closing the loop, and about the reasons people must give.
import { rolesThatMay } from '../levels.ts';
import { type Judging, type Lack, lack, MET } from './judging.ts';

/** GU-17: we asked again in public, or the person did not want it. */
export function publicFollowUpPostedOrDeclined({ playbook, facts }: Judging): Lack[] {
  if (facts.card.followUp !== null) return MET;
  const says = 'We have not come back in public, and nobody has noted that the person declined.';
  return lack(says, rolesThatMay(playbook, 'move'), { do: 'record-follow-up', says: 'Record the follow-up' });
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
