// LI-2: a stage from which no way leads to a last one.
import { nextStages } from '../ways.ts';
import type { LintRule } from './finding.ts';

export const waysOut: LintRule = (playbook) => {
  const open = new Set(playbook.stages.filter((stage) => stage.final));
  for (let grown = true; grown; ) {
    grown = false;
    for (const stage of playbook.stages) {
      if (open.has(stage) || !nextStages(playbook, stage).some((next) => open.has(next))) continue;
      open.add(stage);
      grown = true;
    }
  }
  return playbook.stages
    .filter((stage) => !open.has(stage))
    .map((stage) => ({
      rule: 'LI-2',
      clause: stage.clause,
      says: `From ${stage.title} no way leads to a last stage.`,
      why: 'Cards that come here can never be closed.',
      wants: '`next` with a stage that leads on to one with `final: true`',
      strength: 'block',
    }));
};
