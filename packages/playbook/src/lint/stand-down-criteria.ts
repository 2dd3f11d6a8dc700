// LI-26: a stand-down criterion nobody measures.
import type { Condition, Playbook } from '@rejoinder/contracts/playbooks';
import { everyCondition } from '../doors.ts';
import type { LintRule } from './finding.ts';

/** What a criterion is measured by, and whether the plan has it. Guards that are not here are measured by the board itself. */
const GROUNDS: Partial<Record<Condition['guard'], { has: (playbook: Playbook) => boolean; wants: string }>> = {
  freeze_confirmed: { has: (plan) => plan.freeze !== null, wants: 'a block `freeze` that says who confirms it' },
  holding_posted_within: {
    has: (plan) => plan.statements.some((each) => each.kind === 'holding'),
    wants: 'a holding text in the block `statements`',
  },
  update_not_overdue: { has: (plan) => plan.updates.length > 0, wants: 'a block `updates` with a time for each level' },
  closing_statement_posted: {
    has: (plan) => plan.statements.some((each) => each.kind === 'closing'),
    wants: 'a closing text in the block `statements`',
  },
  retrospective_scheduled: { has: (plan) => plan.retrospective !== null, wants: 'a block `retrospective`' },
  readers_confirmed: {
    has: (plan) => plan.mustConfirmReading.length > 0,
    wants: '`must_confirm_reading` in the front matter',
  },
  no_breach_open: { has: (plan) => plan.clocks.length > 0, wants: 'a block `clock`' },
};

export const standDownCriteria: LintRule = (playbook, { measured }) =>
  (playbook.standDown?.criteria ?? []).flatMap(({ guard }) =>
    everyCondition(guard)
      .filter(({ guard: name }) => !['all', 'any', 'not', 'at_level'].includes(name))
      .flatMap(({ guard: name }) => {
        const ground = GROUNDS[name];
        const isGrounded = ground === undefined || ground.has(playbook);
        if (isGrounded && (measured === undefined || measured.includes(name))) return [];
        return [
          {
            rule: 'LI-26',
            clause: guard.clause,
            says: `Nobody measures \`${name}\`.`,
            why: 'A criterion that is never known keeps the room up for ever.',
            wants: isGrounded ? 'another criterion' : (ground?.wants ?? 'another criterion'),
            strength: 'block',
          },
        ];
      }),
  );
