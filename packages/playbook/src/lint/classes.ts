// LI-11: the plan tells classes apart.
import type { LintRule } from './finding.ts';

export const classes: LintRule = (playbook) =>
  playbook.triage.classes.length > 0
    ? []
    : [
        {
          rule: 'LI-11',
          clause: '',
          says: 'The plan tells no classes apart.',
          why: 'Praise and a threat would be handled alike.',
          wants: '`classes` in the block `triage`',
          strength: 'block',
        },
      ];
