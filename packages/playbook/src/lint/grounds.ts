// LI-29: a guard that asks for something the plan does not have.
import type { Condition, Playbook, Stage } from '@rejoinder/contracts/playbooks';
import { doorGuards, everyCondition } from '../doors.ts';
import type { LintRule } from './finding.ts';

type Ground = { has: (playbook: Playbook, stage: Stage) => boolean; wants: string };

const hasField = (playbook: Playbook, id: string): boolean => playbook.triage.fields.some((field) => field.id === id);

const GROUNDS: Partial<Record<Condition['guard'], Ground>> = {
  checklist_complete: {
    has: (_, stage) => Object.values(stage.checklist).some((items) => items.length > 0),
    wants: '`checklist:` in this stage',
  },
  strategy_allowed: { has: (plan) => plan.crisis.length > 0, wants: 'a block `crisis`' },
  owner_authority_covers_remedy: {
    has: (plan) => plan.roles.some((role) => role.authority !== null),
    wants: '`authority:` for at least one role',
  },
  below_limit: {
    has: (plan) => plan.stages.some((each) => each.limit !== null),
    wants: '`limit:` in a stage',
  },
  department_contacted: {
    has: (plan) => hasField(plan, 'department'),
    wants: '`departments:` in `triage`',
  },
};

export const grounds: LintRule = (playbook) =>
  doorGuards(playbook).flatMap(({ stage, guard }) =>
    everyCondition(guard).flatMap(({ guard: name }) => {
      const ground = GROUNDS[name];
      if (ground === undefined || ground.has(playbook, stage)) return [];
      return [
        {
          rule: 'LI-29',
          clause: guard.clause,
          says: `\`${name}\` asks for something this plan does not have.`,
          why: 'The guard would always hold, or never.',
          wants: ground.wants,
          strength: 'block',
        },
      ];
    }),
  );
