// LI-22: hard limits that can stop each other: a last stage that fills up, or stages that wait for room in each other.
import type { Playbook, Stage } from '@rejoinder/contracts/playbooks';
import { sayList } from '../levels.ts';
import { nextStages } from '../ways.ts';
import type { LintRule } from './finding.ts';

export const deadlocks: LintRule = (playbook) =>
  playbook.stages.flatMap((stage) => {
    if (!isHard(stage)) return [];
    const circle = nextStages(playbook, stage).filter(
      (next) => isHard(next) && leadsOnlyThroughHard(playbook, next, stage),
    );
    if (!stage.final && circle.length === 0) return [];
    const says = stage.final
      ? `${stage.title} is the last stage and takes no more cards once it is full.`
      : `${stage.title} and ${sayList(
          circle.map((each) => each.title),
          'and',
        )} lead to each other, and each takes no more cards once it is full.`;
    return [
      {
        rule: 'LI-22',
        clause: stage.limit?.clause ?? stage.clause,
        says,
        why: 'Full stages that wait for each other never empty by themselves.',
        wants: '`strength: warn` in the limit',
        strength: 'block',
      },
    ];
  });

function isHard(stage: Stage): boolean {
  return stage.limit?.strength === 'block';
}

/** Every way from here goes to stages with hard limits, and one leads back. */
function leadsOnlyThroughHard(playbook: Playbook, from: Stage, back: Stage): boolean {
  const seen = new Set<Stage>([from]);
  const queue = [from];
  let leadsBack = false;
  for (let stage = queue.shift(); stage !== undefined; stage = queue.shift()) {
    for (const next of nextStages(playbook, stage)) {
      if (next === back) leadsBack = true;
      else if (!isHard(next)) return false;
      else if (!seen.has(next)) {
        seen.add(next);
        queue.push(next);
      }
    }
  }
  return leadsBack;
}
