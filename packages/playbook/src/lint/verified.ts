// LI-17: a contact nobody has reached on purpose for 90 days.
import { VERIFIED_FOR_DAYS } from '../contacts-now.ts';
import type { LintRule } from './finding.ts';

export const verifiedContacts: LintRule = (playbook, { today }) => {
  if (today === undefined) return [];
  return playbook.contacts.flatMap((contact) => {
    const { lastVerified, clause, primary } = contact;
    const age = lastVerified === null ? null : (Date.parse(today) - Date.parse(lastVerified)) / 86_400_000;
    if (age !== null && age <= VERIFIED_FOR_DAYS) return [];
    const says =
      age === null
        ? `Nobody has written down when ${primary.name} was last reached.`
        : `${primary.name} was last reached ${Math.floor(age)} days ago.`;
    return [
      {
        rule: 'LI-17',
        clause,
        says,
        why: 'Numbers change; one finds out on the day one needs them.',
        wants: `a call today, and \`last_verified: ${today}\``,
        // A plan that has never said when is a plan being written; one that said and let it lapse is neglected.
        strength: age === null ? 'warn' : 'block',
      },
    ];
  });
};
