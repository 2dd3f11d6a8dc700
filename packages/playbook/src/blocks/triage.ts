// Reads how a post is assessed: the block `triage` with classes, departments and fields.
import type { Field, Triage, TriageClass } from '@rejoinder/contracts/playbooks';
import { checkName, flagIn, keysOf, listIn, mapOf, wordsIn } from '../expect.ts';
import { sayList, stageOf } from '../levels.ts';
import type { Located } from '../located.ts';
import type { Reading } from '../reading.ts';

type Choice = { id: string; name: string };

export function readTriage(reading: Reading, node: Located, heading: string): Triage {
  const keys = keysOf(reading, node, ['classes', 'departments', 'fields'], ['classes']);
  const classes = readClasses(reading, keys.get('classes'), heading);
  const departments = readChoices(reading, keys.get('departments'));
  for (const each of departments) reading.declare('department', each.id, node.at);
  if (departments.length > 0) {
    const line = keys.get('departments')?.at.line ?? node.at.line;
    reading.clause(heading, line, () => `A card belongs to ${sayList(departments.map((each) => each.name))}.`);
  }
  const own: Field[] = [{ id: 'class', name: 'Class', choices: classes.map(({ id, name }) => ({ id, name })) }];
  if (departments.length > 0) own.push({ id: 'department', name: 'Department', choices: departments });
  const fields = [...own, ...readFields(reading, keys.get('fields'), heading)];
  for (const field of fields) reading.declare('field', field.id, node.at);
  return { classes, fields };
}

function readClasses(reading: Reading, node: Located | undefined, heading: string): TriageClass[] {
  const entries = node === undefined ? [] : (mapOf(reading, node)?.entries ?? []);
  return entries.map((entry) => {
    checkName(reading, entry.key, entry.at);
    reading.declare('class', entry.key, entry.at);
    const keys = keysOf(reading, entry.value, ['name', 'first_stage', 'department', 'reply', 'words'], ['name']);
    const name = wordsIn(reading, keys.get('name'), entry.key);
    const firstStage = reference(reading, 'stage', keys.get('first_stage'));
    const department = reference(reading, 'department', keys.get('department'));
    const reply = flagIn(reading, keys.get('reply'), true);
    const words = listIn(reading, keys.get('words')).map((each) => each.text);
    const clause = reading.clause(heading, entry.at.line, (playbook) => {
      const goes = firstStage === null ? '' : `, goes to ${stageOf(playbook, firstStage)?.title ?? firstStage} first`;
      return `${name}${goes}${reply ? '' : ', needs no answer'}.`;
    });
    return { id: entry.key, name, firstStage, department, reply, words, clause };
  });
}

function readFields(reading: Reading, node: Located | undefined, heading: string): Field[] {
  const entries = node === undefined ? [] : (mapOf(reading, node)?.entries ?? []);
  return entries.map((entry) => {
    checkName(reading, entry.key, entry.at);
    const keys = keysOf(reading, entry.value, ['name', 'choices'], ['name']);
    const name = wordsIn(reading, keys.get('name'), entry.key);
    const choices = keys.has('choices') ? readChoices(reading, keys.get('choices')) : null;
    reading.clause(heading, entry.at.line, () =>
      choices === null
        ? `“${name}” is answered in words.`
        : `“${name}” is answered with ${sayList(choices.map((each) => each.name))}.`,
    );
    return { id: entry.key, name, choices };
  });
}

function readChoices(reading: Reading, node: Located | undefined): Choice[] {
  if (node === undefined) return [];
  return (mapOf(reading, node)?.entries ?? []).map((entry) => {
    checkName(reading, entry.key, entry.at);
    return { id: entry.key, name: wordsIn(reading, entry.value, entry.key) };
  });
}

function reference(reading: Reading, kind: 'stage' | 'department', node: Located | undefined): string | null {
  if (node === undefined) return null;
  const id = wordsIn(reading, node, '');
  reading.refer(kind, id, node.at);
  return id;
}
