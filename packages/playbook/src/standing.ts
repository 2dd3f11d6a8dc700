// What a card lacks where it stands: would this plan let it in now, had it still to come? Asked when a room is to take another plan.
import type { CardView } from '@rejoinder/contracts/cards';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import type { Missing } from '@rejoinder/contracts/problems';
import { bareFacts } from './bare-facts.ts';
import { mayMove } from './may-move.ts';
import { nextStages } from './ways.ts';

/** What `mayMove` is told besides the card: the room's level, its accounts, and the roles of the card's owner. */
export type StandingFacts = {
  now: string;
  level: number;
  accounts: { id: string; platform: string }[];
  ownerRoles: string[];
};

/** Rules about the step itself (who, when, why, how full) and not about the card; they say nothing of one that stands there already. */
const OF_THE_STEP = /^MV-|^GU-(14|15|19|20|21|22|29)$/;

/**
 * The conditions of the way into the card's stage that the card does not meet now, judged from the nearest stage that leads there.
 * Empty for a card in the first stage, in a stage the plan lacks, or closed.
 */
export function lacksWhereItStands(playbook: Playbook, card: CardView, facts: StandingFacts): Missing[] {
  const at = playbook.stages.findIndex((stage) => stage.id === card.stage);
  const stage = playbook.stages[at];
  if (!stage || stage.final) return [];
  const before = playbook.stages
    .slice(0, at)
    .reverse()
    .find((each) => nextStages(playbook, each).includes(stage));
  if (!before) return [];
  const everyone = {
    kind: 'system' as const,
    id: 'system:plan',
    name: 'The plan',
    roles: playbook.roles.map((role) => role.id),
  };
  const verdict = mayMove(
    playbook,
    {
      ...bareFacts({ ...card, stage: before.id }, facts.level, facts.now),
      actor: everyone,
      accounts: facts.accounts,
      ownerRoles: facts.ownerRoles,
      reason: 'The plan changes.',
    },
    stage.id,
  );
  return verdict.ok ? [] : verdict.refusal.missing.filter((each) => !OF_THE_STEP.test(each.rule));
}
