// What two people may pass over together, and who they may be: the plan's break-glass, and what no plan can put into it.
import type { CardView } from '@rejoinder/contracts/cards';
import type { Condition, Playbook } from '@rejoinder/contracts/playbooks';
import { atLevel } from './levels.ts';

/** Role, personal data and account stand whatever a plan says (GL-2). */
const NEVER: readonly Condition['guard'][] = [
  'actor_has_role',
  'no_personal_data',
  'account_allowed',
  'same_platform_as_origin',
];

/** Seconds in which a second person must agree; then it is asked anew. */
export const AGREE_WITHIN = 900;

/** True when the plan lets two people pass over this condition: every guard in it is named, and none is one of NEVER. */
export function maySkip(playbook: Playbook, condition: Condition): boolean {
  switch (condition.guard) {
    case 'all':
    case 'any':
    case 'not':
      return condition.of.every((each) => maySkip(playbook, each));
    case 'at_level':
      return Object.values(condition.levels).every((of) => of.every((each) => maySkip(playbook, each)));
    default:
      return !NEVER.includes(condition.guard) && playbook.breakGlass?.over.includes(condition.guard) === true;
  }
}

/** True when two people broke the glass over exactly the words that would be sent now, and passed over this rule (GL-6). */
export function isPassedOver({ glass, fingerprint }: Pick<CardView, 'glass' | 'fingerprint'>, rule: string): boolean {
  if (glass === null || glass.state === 'asked' || fingerprint === null) return false;
  return glass.fingerprint === fingerprint && glass.skipped.some((each) => each.rule === rule);
}

/** Roles in which somebody may ask for break-glass at this level; empty where the plan has none, or none yet. */
export function rolesThatBreakGlass(playbook: Playbook, level: number): string[] {
  const plan = playbook.breakGlass;
  return plan === null || level < plan.fromLevel ? [] : plan.who;
}

/** Two different roles for two people, the first of them one the asker holds; null when they do not find one each. */
export function twoHands(
  who: readonly string[],
  asker: readonly string[],
  second: readonly string[],
): { asker: string; second: string } | null {
  for (const one of who.filter((role) => asker.includes(role))) {
    const other = who.find((role) => role !== one && second.includes(role));
    if (other !== undefined) return { asker: one, second: other };
  }
  return null;
}

/** From when break-glass is offered for a card that came to its stage then; null where nothing has to be waited for. */
export function glassOfferedAt(playbook: Playbook, level: number, enteredStageAt: string): string | null {
  const after = playbook.breakGlass?.after;
  const seconds = after ? atLevel(after, level) : undefined;
  return seconds === undefined ? null : new Date(Date.parse(enteredStageAt) + seconds * 1000).toISOString();
}
