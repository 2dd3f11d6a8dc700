// Which guards the doors of a plan use: what else has to be shown, read or counted because somebody will be asked for it.
import type { Condition, Playbook } from '@rejoinder/contracts/playbooks';

/** True when some door of some stage asks for this guard, alone or joined with others. */
export function asksAnywhere(playbook: Playbook, guard: Condition['guard']): boolean {
  return usedBy(playbook).has(guard);
}

const known = new WeakMap<Playbook, Set<Condition['guard']>>();

function usedBy(playbook: Playbook): Set<Condition['guard']> {
  const before = known.get(playbook);
  if (before !== undefined) return before;
  const used = new Set<Condition['guard']>();
  for (const stage of playbook.stages) for (const guard of [...stage.enter, ...stage.leave]) gather(guard, used);
  known.set(playbook, used);
  return used;
}

function gather(condition: Condition, into: Set<Condition['guard']>): void {
  into.add(condition.guard);
  if (condition.guard === 'at_level') {
    for (const of of Object.values(condition.levels)) for (const each of of) gather(each, into);
  } else if (condition.guard === 'all' || condition.guard === 'any' || condition.guard === 'not') {
    for (const each of condition.of) gather(each, into);
  }
}
