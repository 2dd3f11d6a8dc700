// The tables of docs/playbook.md as the code reads plans: the keys of every block, and the guards.
import { BESIDE_GUARD } from '@rejoinder/playbook/guard-words';
import { sayForm, vocabulary } from '@rejoinder/playbook/vocabulary';

type Form = (typeof vocabulary)['frontMatter'];
type Keys = Extract<Form, { is: 'keys' }>['keys'];

/** The text with every part between `made: NAME` and `end` made anew. */
export function withPlaybookTables(text: string): string {
  return text.replace(
    /(<!-- made: ([\w-]+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_whole, begin: string, name: string, end: string) => `${begin}\n${tableOf(name)}\n\n${end}`,
  );
}

function tableOf(name: string): string {
  if (name === 'front-matter') return keyTable(vocabulary.frontMatter);
  if (name === 'card-guards' || name === 'room-guards') return guardTable(name === 'card-guards' ? 'card' : 'room');
  if (name === 'joining-guards') return guardTable('both');
  if (name === 'beside-guards') return rowsToTable(['key', 'value', 'what it says'], keyRows('', BESIDE_GUARD.card));
  const block = vocabulary.blocks.find((each) => each.kind === name);
  return block ? keyTable(block.holds) : `no table ${name}`;
}

function keyTable(form: Form): string {
  return rowsToTable(['key', 'value', 'what it says'], rowsOf('', form));
}

/** One row for each key; the keys of a key stand below it with its name before theirs. */
function rowsOf(before: string, form: Form): string[][] {
  const inner = form.is === 'list' || form.is === 'per-level' ? form.of : form;
  if (inner.is === 'keys') return keyRows(before, inner.keys);
  if (inner.is === 'either') return inner.of.flatMap((each) => rowsOf(before, each));
  if (inner.is === 'by-level') return rowsOf(`${before}LEVEL.`, inner.of);
  if (inner.is === 'named') {
    const id = inner.names.length > 0 ? 'NAME' : (inner.to ?? 'id').toUpperCase();
    return [...rowsOf(`${before}${id}.`, inner.of), ...keyRows(before, inner.besides ?? {})];
  }
  return [];
}

function keyRows(before: string, keys: Keys): string[][] {
  return Object.entries(keys).flatMap(([key, { help, required, holds }]) => [
    [`\`${before}${key}\`${required ? ' (required)' : ''}`, shortForm(holds), help],
    ...rowsOf(`${before}${key}.`, holds),
  ]);
}

/** Keys and names stand in rows of their own, so they are not spelt out again. */
function shortForm(form: Form): string {
  if (form.is === 'keys') return 'keys';
  if (form.is === 'named') return form.of.is === 'keys' ? `by ${form.to ?? 'name'}` : sayForm(form);
  if (form.is === 'either') return [...new Set(form.of.map(shortForm))].join(', or ');
  if (form.is === 'list') return `a list: ${shortForm(form.of)}`;
  if (form.is === 'per-level') return `${shortForm(form.of)}; per level`;
  return sayForm(form);
}

function guardTable(about: 'card' | 'room' | 'both'): string {
  const rows = vocabulary.guards
    .filter((guard) => guard.about === about)
    .map(({ name, help, argument, isOptional, example }) => [
      `\`${name}\``,
      argument === null ? '' : `${sayForm(argument)}${isOptional ? ', or nothing' : ''}`,
      help,
      argument === null ? '' : `\`${example}\``,
    ]);
  return rowsToTable(['guard', 'value', 'holds when', 'example'], rows);
}

function rowsToTable(head: string[], rows: string[][]): string {
  const line = (row: string[]) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [head, head.map(() => '---'), ...rows].map(line).join('\n');
}
