// Whose signature a card waits for now, and which cards get no answer on purpose: what wall and report read off a plan.
import type { CardView } from '@rejoinder/contracts/cards';
import type { Condition, Playbook } from '@rejoinder/contracts/playbooks';
import { bareFacts } from './bare-facts.ts';
import { touchesLiability, validSignOffs } from './guards/sign-off.ts';
import { missingSigners, rolesStillNeeded } from './signers.ts';
import { nextStages } from './ways.ts';

/**
 * Role ids of whom any may sign next for this card to go on, each once. Empty when the card's stage does not stand before a door
 * that asks for signatures, when there is nothing to sign yet, or when everyone has signed.
 */
export function awaitedRoles(playbook: Playbook, card: CardView, level: number, now: string): string[] {
  const stage = playbook.stages.find((each) => each.id === card.stage);
  if (!stage || card.closedAt !== null || card.fingerprint === null || (card.draft?.empty ?? true)) return [];
  const doors = [...stage.leave, ...nextStages(playbook, stage).flatMap((next) => next.enter)];
  const signOffs = new Set(doors.flatMap((guard) => signOffsIn(guard, level)));
  const facts = bareFacts(card, level, now);
  const valid = validSignOffs({ facts });
  const liability = touchesLiability({ facts });
  return rolesStillNeeded([...signOffs].flatMap((id) => missingSigners(playbook, id, level, valid, liability)));
}

/** Classes the plan leaves unanswered, and the stages such cards begin in. */
export function noReply(playbook: Playbook): { stages: string[]; classes: string[] } {
  const silent = playbook.triage.classes.filter((each) => !each.reply);
  return {
    stages: [...new Set(silent.flatMap((each) => each.firstStage ?? []))],
    classes: silent.map((each) => each.id),
  };
}

function signOffsIn(condition: Condition, level: number): string[] {
  if (condition.guard === 'sign_offs_valid') return [condition.signOff];
  if (condition.guard === 'all' || condition.guard === 'any') return condition.of.flatMap((c) => signOffsIn(c, level));
  if (condition.guard === 'at_level') return (condition.levels[level] ?? []).flatMap((c) => signOffsIn(c, level));
  return [];
}
