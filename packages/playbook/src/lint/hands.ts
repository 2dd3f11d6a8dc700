// LI-3 and LI-10: hands for the work: somebody in every stage may move cards, and every ability is in some role.
import { may, rolesThatMay } from '../levels.ts';
import type { LintRule } from './finding.ts';

const NEEDED = [
  'view',
  'triage',
  'own',
  'draft',
  'move',
  'sign',
  'publish',
  'settle',
  'raise_level',
  'manage_people',
] as const;

export const movers: LintRule = (playbook) =>
  playbook.stages
    .filter((stage) => !may(playbook, stage.workedBy, 'move'))
    .map((stage) => ({
      rule: 'LI-3',
      clause: stage.clause,
      says: `Nobody who works ${stage.title} may move cards.`,
      why: 'Cards would stand there until the plan is changed.',
      wants: `one of ${rolesThatMay(playbook, 'move').join(', ')} under \`worked_by\``,
      strength: 'block',
    }));

export const abilities: LintRule = (playbook) =>
  NEEDED.filter((ability) => rolesThatMay(playbook, ability).length === 0).map((ability) => ({
    rule: 'LI-10',
    clause: playbook.roles[0]?.clause ?? '',
    says: `No role may \`${ability}\`.`,
    why: 'A part of the work could be done by nobody.',
    wants: `\`${ability}\` under \`may\` of one role`,
    strength: 'block',
  }));
