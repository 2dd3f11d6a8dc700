// Guards about words in comparison: not one more copy of a reply that was sent, and no claim that nobody checked.
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { likenessCeiling, rolesThatCheckClaims } from '../allowances.ts';
import { rolesThatMay, sayRoles } from '../levels.ts';
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

/**
 * GU-30: what these words claim stands in the story's approved facts, or somebody checked these exact words. Where the story has
 * no approved facts, nothing but a person can say it. Other words are checked anew.
 */
export function claimsInFactSheet({ playbook, facts }: Judging): Lack[] {
  const { card } = facts;
  const checked = card.facts.find((each) => each.fact === 'claims_checked');
  if (checked !== undefined && card.fingerprint !== null && checked.fingerprint === card.fingerprint) return MET;
  const sheet = card.draft?.facts ?? null;
  if (sheet !== null && card.draft?.empty === false) return sheet.outside.flatMap((claim) => outside(playbook, claim));
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

function outside(playbook: Playbook, claim: string): Lack[] {
  const who = rolesThatCheckClaims(playbook);
  return lack(
    `“${short(claim)}” stands in no approved fact of this story.`,
    who,
    { do: 'open-draft', from: null, to: null, says: 'Say only what the facts say' },
    { do: 'record-fact', fact: 'claims_checked', says: `Ask ${sayRoles(playbook, who)} to check these words` },
  );
}

function short(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119).toWellFormed()}…` : text;
}
