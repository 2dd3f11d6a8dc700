// LI-13 and LI-14: every role the plan relies on has somebody in it, and every department has a contact.
import { sayRoles } from '../levels.ts';
import type { LintRule } from './finding.ts';
import { DEPARTMENT_STEPS } from './ladders.ts';

/** Roles without whom a card, a signature, a level or an update would wait for ever, with the clause that needs them. */
export const filledRoles: LintRule = (playbook, { staffed }) => {
  if (!staffed) return [];
  const has = (role: string) => (staffed[role] ?? 0) > 0;
  const needs: { roles: string[]; clause: string; for: string }[] = [
    ...playbook.stages.map((stage) => ({ roles: stage.workedBy, clause: stage.clause, for: `to work ${stage.title}` })),
    ...playbook.signOffs.flatMap((signOff) =>
      Object.values(signOff.agree).flatMap(({ need, roles, ifLiability }) => {
        const alone = [...(need === 'all' ? roles : []), ...ifLiability].map((role) => [role]);
        return [...alone, ...(need === 'all' ? [] : [roles])].map((each) => ({
          roles: each,
          clause: signOff.clause,
          for: 'to sign',
        }));
      }),
    ),
    ...playbook.levels
      .filter((level) => level.level > 1)
      .flatMap((level) => [
        { roles: level.mayRaise, clause: level.clause, for: `to raise the level to ${level.level}` },
        { roles: level.mayLower, clause: level.clause, for: `to lower the level from ${level.level}` },
      ]),
    ...(playbook.breakGlass?.who ?? []).map((role) => ({
      roles: [role],
      clause: playbook.breakGlass?.clause ?? '',
      for: 'to break the glass',
    })),
    ...playbook.updates.map((each) => ({ roles: each.by, clause: each.clause, for: 'to see to the updates' })),
  ];
  const told = new Set<string>();
  return needs.flatMap(({ roles, clause, for: purpose }) => {
    const key = `${[...roles].sort().join()} ${purpose}`;
    if (roles.length === 0 || roles.some(has) || told.has(key)) return [];
    told.add(key);
    return [
      {
        rule: 'LI-13',
        clause,
        says: `Nobody is ${sayRoles(playbook, roles)} ${purpose}.`,
        why: 'A role with nobody in it is found out at three in the morning.',
        wants: `a person in one of these roles: ${roles.join(', ')}`,
        strength: 'block',
      },
    ];
  });
};

export const departmentContacts: LintRule = (playbook) => {
  const isAsked = playbook.ladders.some((ladder) => ladder.steps.some((step) => DEPARTMENT_STEPS.includes(step.whom)));
  if (playbook.contacts.length === 0 && !isAsked) return [];
  const departments = playbook.triage.fields.find((field) => field.id === 'department')?.choices ?? [];
  return departments
    .filter(({ id }) => !playbook.contacts.some((contact) => contact.department === id))
    .map(({ id, name }) => ({
      rule: 'LI-14',
      clause: playbook.contacts[0]?.clause ?? playbook.ladders[0]?.clause ?? '',
      says: `${name} has no contact.`,
      why: 'The key contact has to be known before it burns.',
      wants: `\`${id}:\` with \`primary\` and \`deputy\` in the block \`contacts\``,
      strength: 'block',
    }));
};
