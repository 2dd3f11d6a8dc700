// Reads which answers fit which kind of crisis: the block `crisis`.
import { type CrisisType, STRATEGIES, type Strategy } from '@rejoinder/contracts/plan-work';
import { sayList } from '../levels.ts';
import { keys, list, named } from '../shapes/joined.ts';
import { needs, or } from '../shapes/shape.ts';
import { choice, words } from '../shapes/single.ts';
import type { Block } from './block.ts';

const TYPES = ['victim', 'accidental', 'preventable'] as const;

const TYPE = keys({
  name: needs(words, 'The type as people call it.'),
  signs: or(list(words), [], 'How one tells it.'),
  allowed: needs(list(choice(STRATEGIES)), 'Strategies a reply may take.'),
  forbidden: or(list(choice(STRATEGIES)), [], 'Strategies no reply may take.'),
});
const CRISIS = named(TYPE, { names: TYPES });

export const crisis: Block = {
  kind: 'crisis',
  help: 'Types of crisis by where the fault lies, and the strategies each allows and forbids.',
  idOf: null,
  required: false,
  data: CRISIS.data,
  into: (playbook, reading, node) => {
    playbook.crisis = CRISIS.read(reading, node).flatMap(({ id, at, value }): CrisisType[] => {
      const type = TYPES.find((each) => each === id);
      if (type === undefined) return [];
      const both = value.allowed.filter((each) => value.forbidden.includes(each));
      if (both.length > 0) reading.faults.add(at, `\`${both.join(', ')}\` is allowed and forbidden.`, 'one of the two');
      const clause = reading.rule(at, () => {
        const when = value.signs.length === 0 ? '' : ` (${sayList(value.signs)})`;
        const not = value.forbidden.length === 0 ? '' : `, and never ${sayList(value.forbidden.map(sayStrategy))}`;
        return `${value.name}${when}: we ${sayList(value.allowed.map(sayStrategy))}${not}.`;
      });
      return [{ id: type, ...value, clause }];
    });
  },
};

export function sayStrategy(strategy: Strategy): string {
  const said: Record<Strategy, string> = {
    inform: 'say what people need to know',
    express_sympathy: 'say that we feel with those who were harmed',
    correct: 'say what we change',
    deny: 'say that it did not happen',
    attack_accuser: 'attack whoever accuses us',
    blame_others: 'put the fault on somebody else',
    excuse: 'say that we could not help it',
    justify: 'say that it was not so bad',
    remind: 'remind people of good we did',
    thank_supporters: 'thank those who stand by us',
    point_out_harm_to_us: 'say that we were harmed too',
    compensate: 'make good what was lost',
    apologise: 'say that we are at fault and are sorry',
  };
  return said[strategy];
}
