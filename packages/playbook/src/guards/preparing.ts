// Guards about what has to be done before words are written: the department asked, the list ticked, the strategy chosen.
import { checklistOf, strategiesFor } from '../allowances.ts';
import { rolesThatMay, sayList } from '../levels.ts';
import { fieldChoice, fieldName } from '../say.ts';
import { type Judging, type Lack, lack, MET } from './judging.ts';

/** GU-27: somebody asked the department and wrote down whom. */
export function departmentContacted({ playbook, facts }: Judging): Lack[] {
  if (facts.card.facts.some((each) => each.fact === 'department_contacted')) return MET;
  const department = facts.card.fields.department ?? '';
  const name = department === '' ? 'the department' : fieldChoice(playbook, 'department', department);
  return lack(`Nobody has noted that ${name} was asked.`, rolesThatMay(playbook, 'triage'), {
    do: 'record-fact',
    fact: 'department_contacted',
    says: 'Note whom you asked',
  });
}

/** GU-28: every item of the checklist of the stage the card stands in is ticked; one lack for each that is not. */
export function checklistComplete({ facts, from }: Judging): Lack[] {
  if (from === null) return MET;
  const ticked = new Set(facts.card.checks.filter((each) => each.stage === from.id).map((each) => each.item));
  return checklistOf(from, facts.level)
    .filter((item) => !ticked.has(item))
    .flatMap((item) =>
      lack(`“${item}” is not ticked.`, from.workedBy, { do: 'tick', stage: from.id, item, says: `Tick “${item}”` }),
    );
}

/** GU-31: the strategy is chosen, and the plan allows it for this type of crisis. */
export function strategyAllowed({ playbook, facts }: Judging): Lack[] {
  const who = rolesThatMay(playbook, 'triage');
  const { strategy = '', crisis_type: type = '' } = facts.card.fields;
  const asked = [...(type.trim() === '' ? ['crisis_type'] : []), ...(strategy.trim() === '' ? ['strategy'] : [])];
  if (asked.length > 0)
    return asked.flatMap((field) => {
      const name = fieldName(playbook, field);
      return lack(`“${name}” is not chosen.`, who, { do: 'set-field', field, says: `Choose “${name}”` });
    });
  const { allowed, name } = strategiesFor(playbook, type);
  if (allowed.includes(strategy)) return MET;
  const chosen = fieldChoice(playbook, 'strategy', strategy);
  const wanted = allowed.map((id) => fieldChoice(playbook, 'strategy', id));
  const says =
    wanted.length === 0
      ? `The plan allows no strategy for ${name}.`
      : `“${chosen}” is not allowed for ${name}; the plan allows ${sayList(wanted)}.`;
  return lack(says, who, { do: 'set-field', field: 'strategy', says: 'Choose another strategy' });
}
