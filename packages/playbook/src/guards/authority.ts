// The guard about power: whoever owns a card may promise what the remedy is worth, or the card goes to somebody who may.
import { covers, rolesThatCover, tellsKinds } from '../allowances.ts';
import { rolesThatMay, sayRoles } from '../levels.ts';
import { type Judging, type Lack, lack, MET } from './judging.ts';

/** GU-26: the owner's authority covers the promised remedy, in money and in kind; nothing promised asks for none. */
export function ownerAuthorityCoversRemedy({ playbook, facts }: Judging): Lack[] {
  const { remedy, owner } = facts.card;
  if (remedy === null) {
    // The field of the assessment is a promise too; only its worth is not said.
    if ((facts.card.fields.remedy ?? '').trim() === '') return MET;
    return unsaid(rolesThatMay(playbook, 'triage'));
  }
  if (owner === null)
    return lack('Nobody owns this card, so nobody answers for what is promised.', rolesThatMay(playbook, 'own'), {
      do: 'take-card',
      says: 'Take the card',
    });
  if (remedy.worth === null || (remedy.kind === null && tellsKinds(playbook)))
    return unsaid(rolesThatMay(playbook, 'triage'));
  if (covers(playbook, facts.level, facts.ownerRoles, remedy)) return MET;
  const owners = rolesThatMay(playbook, 'own');
  const who = rolesThatCover(playbook, facts.level, remedy).filter((role) => owners.includes(role));
  const money = `${remedy.worth} ${playbook.currency}`;
  const what = remedy.kind === null ? money : `${remedy.kind}, ${money}`;
  if (who.length === 0)
    return lack(`What is promised (${what}) is beyond the authority of everybody who may own cards.`, owners, {
      do: 'say-remedy',
      says: 'Promise something smaller',
    });
  return lack(
    `What is promised (${what}) is beyond its owner’s authority; ${sayRoles(playbook, who)} may promise it.`,
    who,
    ...who.map((role) => ({ do: 'give-card', role, says: `Ask ${sayRoles(playbook, [role])} to take it` }) as const),
  );
}

function unsaid(who: string[]): Lack[] {
  return lack('Nobody has said what the promised remedy is worth and of what kind it is.', who, {
    do: 'say-remedy',
    says: 'Say what it is worth',
  });
}
