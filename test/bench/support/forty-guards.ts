// The shipped plan with guards added at its doors until there are forty, so that every kind of door has several.
import type { Condition, Guard, Playbook, Stage } from '@rejoinder/contracts/playbooks';
import { readPlaybook } from '@rejoinder/playbook/read';

const MORE: Condition[] = [
  { guard: 'owner_authority_covers_remedy' },
  { guard: 'checklist_complete' },
  { guard: 'not_too_like_sent' },
  { guard: 'has_fields', fields: ['class', 'department'] },
  {
    guard: 'any',
    of: [
      { guard: 'class_in', classes: ['complaint'] },
      { guard: 'actor_has_role', roles: ['comms'] },
    ],
  },
  { guard: 'not_moved_within', seconds: { 1: 10, 2: 10, 3: 10 } },
  { guard: 'not', of: [{ guard: 'class_in', classes: ['troll'] }] },
  { guard: 'at_level', levels: { 3: [{ guard: 'department_contacted' }] } },
];

/** @returns the plan and how many guards it has: forty, or what it had when that is more */
export function fortyGuards(text: string): { playbook: Playbook; guards: number } {
  const read = readPlaybook(text);
  if ('faults' in read) throw new Error('the shipped plan has faults');
  const { playbook } = read;
  const count = (stages: Stage[]) => stages.reduce((sum, stage) => sum + stage.enter.length + stage.leave.length, 0);
  const stages = playbook.stages.map((stage) => ({ ...stage, leave: [...stage.leave] }));
  for (let i = 0; count(stages) < 40; i++) {
    const stage = stages[i % stages.length];
    const condition = MORE[i % MORE.length];
    if (!stage || !condition) break;
    stage.leave.push(asGuard(condition, stage));
  }
  return { playbook: { ...playbook, stages }, guards: count(stages) };
}

const asGuard = (condition: Condition, stage: Stage): Guard => ({
  ...condition,
  strength: 'block',
  clause: stage.clause,
  sentence: '',
  to: null,
  bothWays: false,
});
