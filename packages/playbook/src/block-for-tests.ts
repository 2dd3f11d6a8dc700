// One block read within a small whole plan, for tests: what it turns into, its rules and its faults, with lines counted in the block.
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { readPlaybook } from './read.ts';

const HEAD = `---
playbook: small
version: 1
owner: lead
---

# Small

## Here

`;
/** The line of the block's first line of YAML. */
const FIRST = HEAD.split('\n').length + 1;

const AROUND: [kind: string, id: string | null, body: string][] = [
  [
    'roles',
    null,
    'lead: { name: Lead, may: [view, sign] }\nlegal: { name: Legal, may: view }\ncomms: { name: Comms, may: view }',
  ],
  ['levels', null, '1: { name: Calm }\n2: { name: Tense }\n3: { name: Storm }'],
  ['triage', null, 'classes: { praise: { name: Praise } }\ndepartments: { goods: Goods, bills: Bills }'],
  ['stage', 'open', 'worked_by: lead\ntext: editable'],
  ['stage', 'closed', 'worked_by: lead\ntext: frozen\nfinal: true'],
  ['sign-off', 'reply', 'agree: { all: legal }'],
  ['clock', 'first', 'name: First word\nstarts: card_opened\nstops: card_closed\ntarget: 1h'],
  ['ladder', 'ask', 'name: Ask around\nsteps: { whom: owner }'],
  ['calendars', null, 'office: { zone: UTC, open: { mon: 09:00-17:00 } }'],
];

export type BlockRead = { plan: Playbook | null; rules: string[]; faults: string[] };

/** Reads `KIND` or `KIND ID` with this body. A fault is `line:column says → wants` (long lists cut), a rule `clause, line: sentence`. */
export function blockRead(fence: string, body: string): BlockRead {
  const [kind] = fence.split(' ');
  const around = AROUND.filter((each) => each[0] !== kind || each[1] !== null).map(
    ([of, id, text], i) => `## Around ${i}\n\n\`\`\`yaml ${of}${id === null ? '' : ` ${id}`}\n${text}\n\`\`\`\n`,
  );
  const read = readPlaybook(`${HEAD}\`\`\`yaml ${fence}\n${body}\n\`\`\`\n\n${around.join('\n')}`);
  if ('faults' in read) {
    const faults = read.faults.map(
      ({ line, column, says, wants }) =>
        `${line - FIRST + 1}:${column} ${says} → ${wants.length > 60 ? `${wants.slice(0, 59)}…` : wants}`,
    );
    return { plan: null, rules: [], faults };
  }
  const rules = read.playbook.rules
    .filter((rule) => rule.clause.startsWith('Here '))
    .map((rule) => `${rule.clause.slice(5)}, ${rule.line - FIRST + 1}: ${rule.sentence}`);
  return { plan: read.playbook, rules, faults: [] };
}
