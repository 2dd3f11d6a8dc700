// Whose signature a card waits for now, and which cards get no answer on purpose: what wall and report read off a plan.
import type { CardView } from '@rejoinder/contracts/cards';
import type { Condition, Playbook, Stage } from '@rejoinder/contracts/playbooks';
import { bareFacts } from './bare-facts.ts';
import { isPassedOver } from './break-glass.ts';
import { touchesLiability, validSignOffs } from './guards/sign-off.ts';
import { atLevel } from './levels.ts';
import { askedNow, rolesStillNeeded } from './signers.ts';
import { standInsNow } from './signing-turn.ts';
import { nextStages } from './ways.ts';

/** A role that may sign next. `since`: known where it was not simply asked when the card came; `standsFor`: the silent role it may sign for. */
export type Awaited = { role: string; since: string | null; standsFor: string | null };

/**
 * Who may sign next for this card to go on: those whose turn it is, and the deputies of those of them who stayed silent. Empty when the
 * card's stage does not stand before a door that asks for signatures, when there is nothing to sign yet, or when everyone has signed.
 */
export function awaitedSigners(playbook: Playbook, card: CardView, level: number, now: string): Awaited[] {
  const facts = bareFacts(card, level, now);
  const valid = validSignOffs({ facts });
  const liability = touchesLiability({ facts });
  return signOffsAwaited(playbook, card, level).flatMap((signOff) => {
    const roles = rolesStillNeeded(askedNow(playbook, { signOff, level, liability }, valid));
    const inOrder = atLevel(playbook.signOffs.find((each) => each.id === signOff)?.order ?? {}, level) === 'in_order';
    const since = inOrder
      ? (valid
          .map((each) => each.signedAt)
          .sort()
          .at(-1) ?? null)
      : null;
    const deputies = standInsNow(playbook, signOff, card).filter((each) => roles.includes(each.role));
    return [
      ...roles.map((role) => ({ role, since, standsFor: null })),
      ...deputies.map(({ deputy, role, at }) => ({ role: deputy, since: at, standsFor: role })),
    ];
  });
}

/** Their role ids, each once. */
export function awaitedRoles(playbook: Playbook, card: CardView, level: number, now: string): string[] {
  return [...new Set(awaitedSigners(playbook, card, level, now).map((each) => each.role))];
}

/** The sign-offs the card's next doors ask for while there are words to sign. */
export function signOffsAwaited(playbook: Playbook, card: CardView, level: number): string[] {
  const stage = playbook.stages.find((each) => each.id === card.stage);
  if (!stage || card.closedAt !== null || card.account === null || (card.draft?.empty ?? true)) return [];
  const doors = [...stage.leave, ...nextStages(playbook, stage).flatMap((next) => next.enter)];
  if (waitsToGoOut(stage, card)) doors.push(...stage.enter);
  return [...new Set(doors.flatMap((guard) => signOffsIn(guard, level)))];
}

/** Whether words stand ready to be published: what was asked at the door must still hold, and a raised level may ask for more (WL-5). */
function waitsToGoOut({ leave }: Stage, card: CardView): boolean {
  if (!leave.some(({ guard }) => guard === 'posted_and_matches') || isPassedOver(card, 'GU-11')) return false;
  return card.reply === null || ['rejected', 'cancelled'].includes(card.reply.state) || card.draft?.about !== undefined;
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
