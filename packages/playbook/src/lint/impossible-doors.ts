// LI-4: a guard that can never hold, guards that can never hold together, or a guard that can never apply.
import type { Condition, Guard, Playbook, Stage } from '@rejoinder/contracts/playbooks';
import { className } from '../say.ts';
import { nextStages } from '../ways.ts';
import type { Found, LintRule } from './finding.ts';
import { uses } from './finding.ts';

const WHY = 'The door would stay shut for ever, or the rule would never be asked.';

export const impossibleDoors: LintRule = (playbook) =>
  playbook.stages.flatMap((stage, at) => [
    ...[...stage.enter, ...stage.leave].flatMap((guard) => neverHolds(playbook, stage, at, guard)),
    ...neverTogether(playbook, stage),
    ...neverApplies(playbook, stage),
  ]);

function neverHolds(playbook: Playbook, stage: Stage, at: number, guard: Guard): Found[] {
  const out: Found[] = [];
  const top = playbook.levels.length;
  if (guard.guard === 'level_at_least' && guard.level > top)
    out.push(found(guard.clause, `The plan has no level ${guard.level}.`, `a level up to ${top}`));
  const isWritten = playbook.stages
    .slice(0, at + 1)
    .some((each) => each.text === 'editable' || each.text === 'edits-void-sign-offs');
  if (uses(guard, 'draft_not_empty') && guard.strength === 'block' && !isWritten) {
    const says = `A reply is asked for, and no stage up to ${stage.title} lets anybody write one.`;
    out.push(found(guard.clause, says, '`text: editable` in an earlier stage'));
  }
  return out;
}

/** For every way from a stage: two classes at once, or a thing and its contrary. */
function neverTogether(playbook: Playbook, from: Stage): Found[] {
  const told = new Set<string>();
  return nextStages(playbook, from).flatMap((to) => {
    const doors = [...from.leave.filter((guard) => guard.to === null || guard.to.includes(to.id)), ...to.enter];
    const asked = doors
      .filter((guard) => guard.strength === 'block')
      .flatMap((guard) => conjuncts(guard, guard.clause));
    return asked.flatMap(({ condition, clause }, i) =>
      asked.slice(i + 1).flatMap((other) => {
        const says = clash(playbook, condition, other.condition);
        if (says === null || told.has(clause + other.clause)) return [];
        told.add(clause + other.clause);
        const between = `From ${from.title} to ${to.title}: ${says}`;
        return [found(other.clause, between, `one of ${clause} and ${other.clause}, or \`to\` beside each`)];
      }),
    );
  });
}

function conjuncts(condition: Condition, clause: string): { condition: Condition; clause: string }[] {
  return condition.guard === 'all' ? condition.of.flatMap((each) => conjuncts(each, clause)) : [{ condition, clause }];
}

function clash(playbook: Playbook, one: Condition, two: Condition): string | null {
  if (one.guard === 'class_in' && two.guard === 'class_in' && !one.classes.some((each) => two.classes.includes(each))) {
    const [first = '', second = ''] = [one.classes[0], two.classes[0]].map((id) => className(playbook, id ?? ''));
    return `the class would have to be ${first} and ${second} at once.`;
  }
  const contrary = (not: Condition, is: Condition): boolean =>
    not.guard === 'not' && not.of.some((each) => implies(is, each));
  return contrary(one, two) || contrary(two, one) ? 'one rule asks for what another forbids.' : null;
}

/** Whoever meets the first meets the second too: the same guard, or fewer classes of the same list. */
function implies(is: Condition, each: Condition): boolean {
  if (is.guard === 'class_in' && each.guard === 'class_in') return is.classes.every((id) => each.classes.includes(id));
  if (is.guard !== each.guard || is.guard === 'all' || is.guard === 'any' || is.guard === 'at_level') return false;
  const bare = ({ guard, ...rest }: Condition) => {
    const { strength, clause, sentence, says, to, bothWays, ...args } = rest as Record<string, unknown>;
    return JSON.stringify([guard, args]);
  };
  return bare(is) === bare(each);
}

function neverApplies(playbook: Playbook, stage: Stage): Found[] {
  const nexts = nextStages(playbook, stage);
  return stage.leave.flatMap((guard) =>
    (guard.to ?? [])
      .filter((id) => !nexts.some((next) => next.id === id))
      .map((id) => {
        const title = playbook.stages.find((each) => each.id === id)?.title ?? id;
        const says = `A rule for going on to ${title} can never apply: it is not next after ${stage.title}.`;
        return {
          ...found(guard.clause, says, `\`${id}\` under \`next\`, or another stage under \`to\``),
          strength: 'warn',
        };
      }),
  );
}

function found(clause: string, says: string, wants: string): Found {
  return { rule: 'LI-4', clause, says, why: WHY, wants, strength: 'block' };
}
