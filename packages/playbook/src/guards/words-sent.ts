// Guards about words in comparison: not one more copy of a reply that was sent, and no claim that nobody checked.
import { likenessCeiling } from '../allowances.ts';
import { rolesThatMay } from '../levels.ts';
import { type Judging, type Lack, lack, MET } from './judging.ts';

/** GU-29: the words are not too like a reply that was sent to somebody else; names do not count. */
export function notTooLikeSent({ playbook, facts }: Judging): Lack[] {
  const { likest, card } = facts;
  if (likest === null || likest.cardId === card.id || likest.share < likenessCeiling(playbook)) return MET;
  const part = Math.round(likest.share * 100);
  return lack(
    `${part} % of these words were sent to somebody else already: “${short(likest.text)}”.`,
    rolesThatMay(playbook, 'draft'),
    { do: 'open-draft', from: null, to: null, says: 'Say it in words for this person' },
  );
}

/** GU-30: somebody compared what these exact words claim with the fact sheet. Other words are checked anew. */
export function claimsInFactSheet({ playbook, facts }: Judging): Lack[] {
  const { card } = facts;
  const checked = card.facts.find((each) => each.fact === 'claims_checked');
  if (checked !== undefined && card.fingerprint !== null && checked.fingerprint === card.fingerprint) return MET;
  const says =
    checked === undefined
      ? 'Nobody has noted that every claim in these words stands in the fact sheet.'
      : `${checked.name} checked other words against the fact sheet; these have changed since.`;
  return lack(says, rolesThatMay(playbook, 'sign'), {
    do: 'record-fact',
    fact: 'claims_checked',
    says: 'Note that the claims are checked',
  });
}

function short(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119).toWellFormed()}…` : text;
}
