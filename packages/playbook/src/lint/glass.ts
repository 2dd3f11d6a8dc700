// LI-27 and LI-28: break-glass passes over nothing it may not, and takes two people who can.
import type { Condition } from '@rejoinder/contracts/playbooks';
import { maySkip } from '../break-glass.ts';
import { may, sayRoles } from '../levels.ts';
import type { Found, LintRule } from './finding.ts';

export const glassOver: LintRule = (playbook) =>
  (playbook.breakGlass?.over ?? [])
    .filter((name) => !maySkip(playbook, { guard: name } as Condition))
    .map((name) => ({
      rule: 'LI-27',
      clause: playbook.breakGlass?.clause ?? '',
      says: `Nobody may pass over \`${name}\`.`,
      why: 'Role, personal data and account hold also when it burns.',
      wants: `\`over\` without \`${name}\``,
      strength: 'block',
    }));

export const glassHands: LintRule = (playbook) => {
  const { breakGlass } = playbook;
  if (breakGlass === null) return [];
  const found = (says: string, wants: string): Found => ({
    rule: 'LI-28',
    clause: breakGlass.clause,
    says,
    why: 'One person alone goes past no rule.',
    wants,
    strength: 'block',
  });
  const who = [...new Set(breakGlass.who)];
  const two =
    who.length >= 2 ? [] : [found('Break-glass names fewer than two roles.', '`who: [commander, executive]`')];
  const able = who
    .filter((role) => !may(playbook, [role], 'break_glass'))
    .map((role) =>
      found(
        `${sayRoles(playbook, [role])} is to break the glass and may not.`,
        `\`break_glass\` under \`may\` of ${role}`,
      ),
    );
  return [...two, ...able];
};
