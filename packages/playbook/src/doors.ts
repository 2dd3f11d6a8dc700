// What the doors of a plan ask: which guards stand anywhere in them, and which of them no way leads past.
import type { Condition, Guard, Playbook, Stage } from '@rejoinder/contracts/playbooks';

/** True when some door of some stage asks for this guard, alone or joined with others. */
export function asksAnywhere(playbook: Playbook, guard: Condition['guard']): boolean {
  return usedBy(playbook).has(guard);
}

/** Every guard of the plan with the stage whose door it stands at. */
export function doorGuards(playbook: Playbook): { stage: Stage; guard: Guard }[] {
  return playbook.stages.flatMap((stage) => [...stage.enter, ...stage.leave].map((guard) => ({ stage, guard })));
}

/** Every condition in a condition, itself first. */
export function everyCondition(condition: Condition): Condition[] {
  if (condition.guard === 'all' || condition.guard === 'any' || condition.guard === 'not')
    return [condition, ...condition.of.flatMap(everyCondition)];
  if (condition.guard === 'at_level')
    return [condition, ...Object.values(condition.levels).flatMap((of) => of.flatMap(everyCondition))];
  return [condition];
}

/** The first door that stops whoever does not meet this guard at this level: the guard by itself, or within `all` and `at_level`. */
export function doorThatStops(playbook: Playbook, name: Condition['guard'], level: number): Guard | undefined {
  return doorGuards(playbook).find(({ guard }) => guard.strength === 'block' && demands(guard, name, level))?.guard;
}

function demands(condition: Condition, name: Condition['guard'], level: number): boolean {
  if (condition.guard === 'all') return condition.of.some((each) => demands(each, name, level));
  if (condition.guard === 'at_level') return (condition.levels[level] ?? []).some((each) => demands(each, name, level));
  return condition.guard === name;
}

const known = new WeakMap<Playbook, Set<Condition['guard']>>();

function usedBy(playbook: Playbook): Set<Condition['guard']> {
  const before = known.get(playbook);
  if (before !== undefined) return before;
  const used = new Set(doorGuards(playbook).flatMap(({ guard }) => everyCondition(guard).map((each) => each.guard)));
  known.set(playbook, used);
  return used;
}
