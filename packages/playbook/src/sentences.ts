// Gives every guard and stage its sentence once the whole plan is known, so that names of roles and stages can be used.
import type { Guard, Playbook } from '@rejoinder/contracts/playbooks';
import type { UnsaidGuard } from './read-guard.ts';
import { sayCondition, sayStage } from './say.ts';

export function finishSentences(playbook: Playbook): void {
  for (const stage of playbook.stages) {
    stage.enter = stage.enter.map((guard) => said(playbook, guard));
    stage.leave = stage.leave.map((guard) => said(playbook, guard));
  }
  const { standDown } = playbook;
  if (standDown)
    standDown.criteria = standDown.criteria.map((each) => ({ ...each, guard: said(playbook, each.guard) }));
  for (const stage of playbook.stages) stage.sentence ||= sayStage(playbook, stage);
}

function said(playbook: Playbook, guard: Guard): Guard {
  const { says, ...rest } = guard as UnsaidGuard;
  return { ...rest, sentence: says ?? sayCondition(playbook, guard) };
}
