// The two questions a plan with crisis types asks of a card by itself: which type it is, and which strategy the reply takes.
import type { Field, Playbook } from '@rejoinder/contracts/playbooks';
import { sayStrategy } from './blocks/crisis.ts';

/** `crisis_type` and `strategy`, answered from the plan's own lists; none for a plan without types. */
export function strategyFields({ crisis }: Playbook): Field[] {
  if (crisis.length === 0) return [];
  const strategies = [...new Set(crisis.flatMap((type) => [...type.allowed, ...type.forbidden]))];
  return [
    { id: 'crisis_type', name: 'Type of crisis', choices: crisis.map(({ id, name }) => ({ id, name })) },
    { id: 'strategy', name: 'Strategy', choices: strategies.map((id) => ({ id, name: capital(sayStrategy(id)) })) },
  ];
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
