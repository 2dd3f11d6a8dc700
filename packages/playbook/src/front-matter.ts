// Reads the head of the document: which plan it is, whose it is, who approved it and who must confirm reading it.
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { readYaml } from './located.ts';
import type { Reading } from './reading.ts';
import { keys, list } from './shapes/joined.ts';
import { maybe, needs, or } from './shapes/shape.ts';
import { count, date, name, ref, written } from './shapes/single.ts';

export type FrontMatter = Pick<
  Playbook,
  'id' | 'version' | 'owner' | 'approvedBy' | 'reviewBy' | 'mustConfirmReading' | 'currency'
>;

export const FRONT_MATTER = keys({
  playbook: needs(name, 'The plan’s name.'),
  version: needs(count(), 'A whole number; raise it with every change.'),
  owner: needs(ref('role'), 'The role that looks after the plan.'),
  approved_by: maybe(
    keys({ role: needs(ref('role'), 'Who approved it.'), on: needs(date, 'When.') }),
    'Who approved it, and when.',
  ),
  review_by: maybe(date, 'When it is to be read again.'),
  must_confirm_reading: or(list(ref('role')), [], 'Roles that confirm that they read it.'),
  currency: or(written('^[A-Z]{3}$', 'EUR', 'a currency'), 'EUR', 'The currency of every amount in the plan.'),
});

export function readFrontMatter(reading: Reading, head: { line: number; body: string } | null): FrontMatter {
  const node = head && readYaml(head.body, head.line, reading.faults);
  if (head === null)
    reading.faults.add(
      { line: 1, column: 1 },
      'The document has no front matter.',
      '`---` on the first line, then `playbook`, `version` and `owner`, then `---`',
    );
  const { playbook, ...rest } = node ? FRONT_MATTER.read(reading, node) : FRONT_MATTER.standIn(reading);
  return { id: playbook, ...rest };
}
