// LI-1: a stage no way forward leads to.
import { reachable } from '../ways.ts';
import type { LintRule } from './finding.ts';

export const reachableStages: LintRule = (playbook) => {
  const reached = reachable(playbook);
  return playbook.stages
    .filter((stage) => !reached.has(stage.id))
    .map((stage) => ({
      rule: 'LI-1',
      clause: stage.clause,
      says: `No way forward leads to ${stage.title}.`,
      why: 'Nobody could ever put a card there, so its rules protect nobody.',
      wants: `\`${stage.id}\` under \`next\` of an earlier stage`,
      strength: 'block',
    }));
};
