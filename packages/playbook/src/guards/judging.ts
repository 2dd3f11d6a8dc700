// What every guard is given and gives back: facts in, what lacks out. An empty list means the condition is met.
import type { MoveFacts } from '@rejoinder/contracts/cards';
import type { Playbook, Stage } from '@rejoinder/contracts/playbooks';
import type { Fix, Missing } from '@rejoinder/contracts/problems';

/** One thing that lacks: the sentence, the role ids that can supply it, and what to press. Rule and clause are added outside. */
export type Lack = Pick<Missing, 'says' | 'who' | 'fix'>;

/** The facts of one move and the stages it runs between. `from` is null when the plan does not know the card's stage. */
export type Judging = { playbook: Playbook; facts: MoveFacts; from: Stage | null; to: Stage };

export const MET: Lack[] = [];

export function lack(says: string, who: string[], ...fix: Fix[]): Lack[] {
  return [{ says, who, fix }];
}

/** Seconds between two instants; NaN when one is unreadable, so that no comparison passes by mistake. */
export function secondsBetween(from: string, to: string): number {
  if (from !== start.text) start = { text: from, at: Date.parse(from) };
  if (to !== end.text) end = { text: to, at: Date.parse(to) };
  return (end.at - start.at) / 1000;
}
/** Of a thousand cards judged at one instant, the instant is read once. */
let start = { text: '', at: Number.NaN };
let end = { text: '', at: Number.NaN };
