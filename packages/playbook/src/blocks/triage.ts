// Reads how a post is assessed: the block `triage` with classes, departments and fields.
import type { Field } from '@rejoinder/contracts/playbooks';
import { sayList, stageOf } from '../levels.ts';
import { sayFields } from '../say.ts';
import { keys, list, named } from '../shapes/joined.ts';
import { maybe, needs, or } from '../shapes/shape.ts';
import { flag, ref, words } from '../shapes/single.ts';
import type { Block } from './block.ts';

const CLASS = keys({
  name: needs(words, 'The class as people call it.'),
  first_stage: maybe(ref('stage'), 'The stage a card of this class goes to first.'),
  department: maybe(ref('department'), 'Whose matter it usually is.'),
  reply: or(flag, true, '`false` where no answer is needed.'),
  words: or(list(words), [], 'Words that suggest the class.'),
});

const CHOICES = named(words);
const FIELD = keys({
  name: needs(words, 'The question as people read it.'),
  choices: maybe(CHOICES, 'Answers to choose from; answered in words where left out.'),
});

const TRIAGE = keys({
  classes: needs(named(CLASS, { declares: 'class' }), 'What a post can be.'),
  departments: or(named(words, { declares: 'department' }), [], 'Whose matter it can be.'),
  fields: or(named(FIELD), [], 'More questions that are answered on a card.'),
  required: or(list(ref('field')), [], 'Fields every card has before it leaves assessment.'),
});

export const triage: Block = {
  kind: 'triage',
  help: 'How a post is assessed: classes, departments and fields.',
  idOf: null,
  required: true,
  data: TRIAGE.data,
  into: (playbook, reading, node) => {
    const so = TRIAGE.readEach(reading, node, (key, at, { classes, departments, fields, required }) => {
      if (key === 'classes') {
        playbook.triage.classes = classes.map(({ id, at: place, value }) => {
          const { name, firstStage, reply } = value;
          const clause = reading.rule(place, (plan) => {
            const goes = firstStage === null ? '' : `, goes to ${stageOf(plan, firstStage)?.title ?? firstStage} first`;
            return `${name}${goes}${reply ? '' : ', needs no answer'}.`;
          });
          return { id, ...value, name: name || id, clause };
        });
      } else if (key === 'departments') {
        reading.rule(at, () => `A card belongs to ${sayList(departments.map((each) => each.value))}.`);
      } else if (key === 'fields') {
        for (const field of fields) reading.rule(field.at, () => sayField(field.value));
      } else {
        reading.rule(at, (plan) => `Every card has ${sayFields(plan, required)} before it leaves assessment.`);
      }
    });
    const choices = (from: typeof so.departments) => from.map(({ id, value }) => ({ id, name: value || id }));
    const own: Field[] = [
      { id: 'class', name: 'Class', choices: playbook.triage.classes.map(({ id, name }) => ({ id, name })) },
    ];
    if (so.departments.length > 0) own.push({ id: 'department', name: 'Department', choices: choices(so.departments) });
    const more = so.fields.map(({ id, value }) => ({
      id,
      name: value.name || id,
      choices: value.choices && choices(value.choices),
    }));
    playbook.triage.fields = [...own, ...more];
    playbook.triage.required = so.required;
    for (const { id } of own) reading.declare('field', id, node.at);
    for (const { id, at } of so.fields) reading.declare('field', id, at);
  },
};

function sayField({ name, choices }: { name: string; choices: { value: string }[] | null }): string {
  return choices === null
    ? `“${name}” is answered in words.`
    : `“${name}” is answered with ${sayList(choices.map((each) => each.value))}.`;
}
