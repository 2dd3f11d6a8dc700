// Guards about what was found out about a card: its fields, its class, the level it is handled at.

import { rolesThatMay, sayList } from '../levels.ts';
import { className, fieldName } from '../say.ts';
import { type Judging, type Lack, lack, MET } from './judging.ts';

/** GU-1: every named field has a value; one lack for each that has none. */
export function hasFields({ playbook, facts }: Judging, fields: readonly string[]): Lack[] {
  const who = rolesThatMay(playbook, 'triage');
  return fields
    .filter((field) => (facts.card.fields[field] ?? '').trim() === '')
    .flatMap((field) => {
      const name = fieldName(playbook, field);
      return lack(`“${name}” is not filled in.`, who, { do: 'set-field', field, says: `Fill in “${name}”` });
    });
}

/** GU-2: the card's class is one of these. */
export function classIn({ playbook, facts }: Judging, classes: readonly string[]): Lack[] {
  if (classes.includes(facts.card.fields.class ?? '')) return MET;
  const wanted = sayList(classes.map((id) => className(playbook, id)));
  const given = facts.card.fields.class;
  const says = given
    ? `The class is ${className(playbook, given)}; it would have to be ${wanted}.`
    : `The class is not set; it would have to be ${wanted}.`;
  return lack(says, rolesThatMay(playbook, 'triage'), { do: 'set-field', field: 'class', says: 'Set the class' });
}

/** GU-3: the room is at this level or a higher one. */
export function levelAtLeast({ playbook, facts }: Judging, level: number): Lack[] {
  if (facts.level >= level) return MET;
  return lack(`The room is at level ${facts.level}; this needs level ${level}.`, rolesThatMay(playbook, 'raise_level'));
}
