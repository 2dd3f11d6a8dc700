// Guards about people: who owns the card, who moves it, and whether they know its newest state.
import { rolesThatMay, sayRoles } from '../levels.ts';
import { type Judging, type Lack, lack, MET } from './judging.ts';

/** GU-4: one person owns the card and has accepted it. */
export function ownerAccepted({ playbook, facts }: Judging): Lack[] {
  const { owner } = facts.card;
  const who = rolesThatMay(playbook, 'own');
  if (owner === null) return lack('Nobody owns this card yet.', who, { do: 'take-card', says: 'Take the card' });
  if (owner.acceptedAt !== null) return MET;
  return lack('Its owner has not accepted the card yet.', [], { do: 'accept-card', says: 'Accept the card' });
}

/** GU-14: whoever moves the card has seen its newest version. The server itself always has. */
export function actorIsCurrent({ facts }: Judging): Lack[] {
  if (facts.actor?.kind === 'system') return MET;
  if (facts.seenVersion === facts.card.version) return MET;
  const says =
    facts.seenVersion === null
      ? 'The move does not say which state of the card it was decided on.'
      : 'The card has changed since you looked at it.';
  return lack(says, [], { do: 'reload', says: 'Show the newest state' });
}

/** GU-15: whoever moves the card holds one of these roles. */
export function actorHasRole({ playbook, facts }: Judging, roles: readonly string[]): Lack[] {
  if (facts.actor?.roles.some((role) => roles.includes(role))) return MET;
  return lack(`This takes ${sayRoles(playbook, roles)}.`, [...roles]);
}
