// Reads what was cleared beforehand: the block `statements` with holding, correction, retraction and closing texts.
import type { Statement } from '@rejoinder/contracts/playbooks';
import { sayList, sayRoles } from '../levels.ts';
import { keys, list, named } from '../shapes/joined.ts';
import { maybe, needs, or } from '../shapes/shape.ts';
import { choice, count, date, ref, words } from '../shapes/single.ts';
import type { Block } from './block.ts';

const KIND = {
  holding: 'Holding text',
  correction: 'Correction',
  retraction: 'Retraction',
  closing: 'Closing statement',
} as const;
const SLOT = /\{([^{}\n]{0,60})\}/g;

const STATEMENT = keys({
  kind: needs(choice(['holding', 'correction', 'retraction', 'closing']), 'What the text is for.'),
  text: needs(words, 'The words, with slots: `{what}`.'),
  slots: or(named(words), [], 'Each slot, and what stands in it.'),
  levels: or(list(count(9)), [], 'Levels at which it may be used; every one where left out.'),
  valid_until: maybe(date, 'The last day on which it may be used.'),
  cleared_by: or(list(ref('role')), [], 'Roles that cleared it.'),
});
const STATEMENTS = named(STATEMENT);

export const statements: Block = {
  kind: 'statements',
  help: 'Texts cleared beforehand; whoever fills only their slots needs no new signatures.',
  idOf: null,
  required: false,
  data: STATEMENTS.data,
  into: (playbook, reading, node) => {
    playbook.statements = STATEMENTS.read(reading, node).map(({ id, at, value }): Statement => {
      const slots = value.slots.map((slot) => ({ id: slot.id, name: slot.value || slot.id }));
      const used = [...value.text.matchAll(SLOT)].map((found) => found[1] ?? '');
      for (const slot of new Set(used))
        if (!slots.some((each) => each.id === slot))
          reading.faults.add(
            at,
            `The text has a slot \`{${slot}}\` that nothing explains.`,
            `\`${slot}: …\` under \`slots\``,
          );
      for (const slot of slots)
        if (!used.includes(slot.id))
          reading.faults.add(at, `The slot \`${slot.id}\` does not stand in the text.`, `\`{${slot.id}}\` in the text`);
      for (const level of value.levels)
        if (!reading.levels.includes(level))
          reading.faults.add(at, `There is no level ${level}.`, `one of ${reading.levels.join(', ')}`);
      const levels = value.levels.length === 0 ? [...reading.levels] : value.levels;
      const clause = reading.rule(at, (plan) => {
        const until = value.validUntil === null ? '' : `, until ${value.validUntil}`;
        const by = value.clearedBy.length === 0 ? '' : `, cleared by ${sayRoles(plan, value.clearedBy, 'and')}`;
        const text = value.text.replace(/\s+/g, ' ');
        return `${KIND[value.kind]} for level ${sayList(levels.map(String), 'and')}${until}${by}: “${text}”${/[.!?]$/.test(text) ? '' : '.'}`;
      });
      return { id, ...value, slots, levels, clause };
    });
  },
};
