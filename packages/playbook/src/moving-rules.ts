// The rules of moving themselves (MV-2 to MV-11), said once per plan: they depend on stages and roles alone, not on the card.
import type { Playbook, Stage } from '@rejoinder/contracts/playbooks';
import type { Missing } from '@rejoinder/contracts/problems';
import type { Lack } from './guards/judging.ts';
import { rolesThatMay, sayList, sayRoles, stageOf } from './levels.ts';
import { firstStepTowards } from './ways.ts';

export const GIVE_REASON = { do: 'give-reason', says: 'Give the reason' } as const;

export function missing(rule: string, clause: string, { says, who, fix }: Lack): Missing {
  return { rule, clause, says, who, fix };
}

/** MV-2: whose stage it is. */
export function workedByOthers(playbook: Playbook, stage: Stage): Missing {
  return once(playbook, 'MV-2', null, stage, () => {
    const able = rolesThatMay(playbook, 'move').filter((role) => stage.workedBy.includes(role));
    const says = `Cards in ${stage.title} are moved by ${sayRoles(playbook, able)}.`;
    return missing('MV-2', stage.clause, { says, who: able, fix: [] });
  });
}

/** MV-4: where a card goes on to from here, and the first step of the way there. */
export function noWay(playbook: Playbook, from: Stage, to: Stage): Missing {
  return once(playbook, 'MV-4', from, to, () => {
    const titles = (from.next === 'all' ? [] : from.next).map((id) => stageOf(playbook, id)?.title ?? id);
    const step = firstStepTowards(playbook, from, to);
    const fix =
      step === null ? [] : [{ do: 'move-first', stage: step.id, says: `Move it to ${step.title} first` } as const];
    const says =
      titles.length === 0
        ? `Nothing comes after ${from.title}.`
        : `From ${from.title} a card goes on to ${sayList(titles)}, not to ${to.title}.`;
    return missing('MV-4', from.clause, { says, who: [], fix });
  });
}

/** MV-5: the way back asks for a reason; so does the way out of a stage the plan no longer has. */
export function reasonToGoBack(playbook: Playbook, from: Stage | null, to: Stage): Missing {
  return once(playbook, 'MV-5', from, to, () => {
    const says =
      from === null
        ? 'A card whose stage is gone needs a reason to move.'
        : `Moving a card back to ${to.title} needs a reason.`;
    return missing('MV-5', to.clause, { says, who: [], fix: [GIVE_REASON] });
  });
}

/** MV-11 */
export function alreadyThere(playbook: Playbook, stage: Stage): Missing {
  return once(playbook, 'MV-11', null, stage, () =>
    missing('MV-11', stage.clause, { says: `The card is in ${stage.title} already.`, who: [], fix: [] }),
  );
}

/** What was said about a plan, by rule, then by the stages it is about. */
type Said = Record<'MV-2' | 'MV-4' | 'MV-5' | 'MV-11', Map<Stage | null, Map<Stage, Missing>>>;
const said = new WeakMap<Playbook, Said>();

function once(playbook: Playbook, rule: keyof Said, from: Stage | null, to: Stage, say: () => Missing): Missing {
  let all = said.get(playbook);
  if (all === undefined) {
    all = { 'MV-2': new Map(), 'MV-4': new Map(), 'MV-5': new Map(), 'MV-11': new Map() };
    said.set(playbook, all);
  }
  let ofFrom = all[rule].get(from);
  if (ofFrom === undefined) {
    ofFrom = new Map();
    all[rule].set(from, ofFrom);
  }
  let found = ofFrom.get(to);
  if (found === undefined) {
    found = say();
    ofFrom.set(to, found);
  }
  return found;
}
