// LI-9: a private stage on the wall.
import { isPrivate } from '../private-talk.ts';
import type { LintRule } from './finding.ts';

export const privateStages: LintRule = (playbook) =>
  playbook.stages
    .filter((stage) => stage.onWall && isPrivate(stage))
    .map((stage) => ({
      rule: 'LI-9',
      clause: stage.clause,
      says: `${stage.title} is private and the wall shows it.`,
      why: 'The wall is read by everybody who passes.',
      wants: '`on_wall: false`',
      strength: 'block',
    }));
