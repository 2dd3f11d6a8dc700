// LI-15 and LI-16: nobody is the only one: every contact has a deputy, and every signature that must be given has a stand-in.
import { sayRoles } from '../levels.ts';
import type { LintRule } from './finding.ts';

export const contactDeputies: LintRule = (playbook) =>
  playbook.contacts
    .filter(({ primary, deputy }) => deputy === null || deputy.name === primary.name)
    .map((contact) => ({
      rule: 'LI-15',
      clause: contact.clause,
      says: `${contact.primary.name} has no deputy.`,
      why: 'People sleep, fly and fall ill.',
      wants: '`deputy:` with another person',
      strength: 'block',
    }));

export const signerDeputies: LintRule = (playbook) =>
  playbook.signOffs.flatMap((signOff) => {
    const alone = Object.values(signOff.agree).flatMap(({ need, roles, quorum, ifLiability }) => [
      ...(need === 'all' || quorum >= roles.length ? roles : []),
      ...ifLiability,
    ]);
    const stood = new Set(signOff.deputies?.roles.map((each) => each.role) ?? []);
    return [...new Set(alone)]
      .filter((role) => !stood.has(role))
      .map((role) => ({
        rule: 'LI-16',
        clause: signOff.clause,
        says: `Nobody signs when ${sayRoles(playbook, [role])} stays silent.`,
        why: 'The plan must never lead to public silence.',
        wants: `\`deputies: { after: …, roles: { ${role}: … } }\``,
        strength: 'block',
      }));
  });
