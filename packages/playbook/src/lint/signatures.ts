// LI-5 and LI-6: whoever is asked to sign may sign, somebody signs at all, and the only author is never the only signer.

import { doorGuards } from '../doors.ts';
import { may, sayRoles } from '../levels.ts';
import { type Found, type LintRule, uses } from './finding.ts';

export const signersMaySign: LintRule = (playbook) =>
  playbook.signOffs.flatMap((signOff) => {
    const asked = Object.values(signOff.agree).flatMap((each) => [...each.roles, ...each.ifLiability]);
    const deputies = signOff.deputies?.roles.map((each) => each.deputy) ?? [];
    return [...new Set([...asked, ...deputies])]
      .filter((role) => !may(playbook, [role], 'sign'))
      .map((role) => ({
        rule: 'LI-5',
        clause: signOff.clause,
        says: `${sayRoles(playbook, [role])} is asked to sign and may not.`,
        why: 'The signature can never be given, so no reply goes out.',
        wants: `\`sign\` under \`may\` of ${role}`,
        strength: 'block',
      }));
  });

export const notAlone: LintRule = (playbook) => {
  const guards = doorGuards(playbook).map(({ guard }) => guard);
  const clause = playbook.signOffs[0]?.clause ?? '';
  const found = (says: string, wants: string): Found[] => [
    { rule: 'LI-6', clause, says, why: 'One tired person could send anything.', wants, strength: 'block' },
  ];
  if (!guards.some((guard) => uses(guard, 'sign_offs_valid')))
    return found('No stage asks for a signature.', '`sign_offs_valid: …` at the door of the stage that publishes');
  if (guards.some((guard) => uses(guard, 'signer_not_sole_author') && guard.strength === 'block')) return [];
  const says =
    playbook.notOnePerson.length > 0
      ? 'The plan says that author and only signer may not be one person, and no door checks it.'
      : 'Nothing stops the only author from being the only signer.';
  return found(says, '`signer_not_sole_author` at the door of the stage that publishes');
};
