// Reads the head of the document: which plan it is, whose it is, who approved it and who must confirm reading it.
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { countIn, dateIn, keysOf, listIn, nameIn, wordsIn } from './expect.ts';
import { readYaml } from './located.ts';
import type { Reading } from './reading.ts';

export type FrontMatter = Pick<Playbook, 'id' | 'version' | 'owner' | 'approvedBy' | 'reviewBy' | 'mustConfirmReading'>;

export function readFrontMatter(reading: Reading, head: { line: number; body: string } | null): FrontMatter {
  const out: FrontMatter = { id: '', version: 1, owner: '', approvedBy: null, reviewBy: null, mustConfirmReading: [] };
  if (head === null) {
    reading.faults.add(
      { line: 1, column: 1 },
      'The document has no front matter.',
      '`---` on the first line, then `playbook`, `version` and `owner`, then `---`',
    );
    return out;
  }
  const node = readYaml(head.body, head.line, reading.faults);
  const known = ['playbook', 'version', 'owner', 'approved_by', 'review_by', 'must_confirm_reading'];
  const keys = keysOf(reading, node, known, ['playbook', 'version', 'owner']);
  out.id = nameIn(reading, keys.get('playbook'), '');
  out.version = countIn(reading, keys.get('version'), 1);
  const owner = keys.get('owner');
  out.owner = wordsIn(reading, owner, '');
  if (owner && out.owner !== '') reading.refer('role', out.owner, owner.at);
  const approved = keys.get('approved_by');
  if (approved) {
    const by = keysOf(reading, approved, ['role', 'on'], ['role', 'on']);
    const role = by.get('role');
    const name = wordsIn(reading, role, '');
    if (role && name !== '') reading.refer('role', name, role.at);
    out.approvedBy = { role: name, on: dateIn(reading, by.get('on')) ?? '' };
  }
  out.reviewBy = dateIn(reading, keys.get('review_by'));
  const readers = listIn(reading, keys.get('must_confirm_reading'));
  for (const reader of readers) reading.refer('role', reader.text, reader.at);
  out.mustConfirmReading = readers.map((reader) => reader.text);
  return out;
}
