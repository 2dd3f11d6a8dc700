// Whose signature a card waits for now, and which cards get no answer on purpose: what wall, report and publisher ask of a plan.
import type { CardView } from '@rejoinder/contracts/cards';
import type { Condition, Playbook } from '@rejoinder/contracts/playbooks';
import { VOICE } from '@rejoinder/contracts/voice-rules';
import { stageOf } from './levels.ts';
import { missingSigners, rolesStillNeeded } from './signers.ts';

/** The sign-off that replies need. */
export const REPLY_SIGN_OFF = 'reply';

/** One entry for each signature over the card's exact words that still lacks at this level: the roles of which one must sign. */
export function signaturesMissing(playbook: Playbook, level: number, card: CardView, now: string): string[][] {
  const valid = card.signOffs.filter(
    (each) =>
      each.voidedAt === null &&
      card.fingerprint !== null &&
      each.fingerprint === card.fingerprint &&
      (each.expiresAt === null || Date.parse(each.expiresAt) > Date.parse(now)),
  );
  const liability =
    card.fields.liability === 'yes' || (card.draft?.findings.some((each) => each.rule === VOICE.liability) ?? false);
  return missingSigners(playbook, REPLY_SIGN_OFF, level, valid, liability);
}

/** Roles this card waits for: those that may still sign while it stands in a stage that is left by signatures. */
export function awaitedRoles(playbook: Playbook, level: number, card: CardView, now: string): string[] {
  const leave = stageOf(playbook, card.stage)?.leave ?? [];
  if (!leave.some(asksForSignatures)) return [];
  return rolesStillNeeded(signaturesMissing(playbook, level, card, now));
}

/** Classes the plan does not answer, and the stages in which their cards begin. */
export function noReply(playbook: Playbook): { stages: string[]; classes: string[] } {
  const silent = playbook.triage.classes.filter((each) => !each.reply);
  const stages = silent.flatMap((each) => (each.firstStage === null ? [] : [each.firstStage]));
  return { stages: [...new Set(stages)], classes: silent.map((each) => each.id) };
}

function asksForSignatures(condition: Condition): boolean {
  if (condition.guard === 'sign_offs_valid') return true;
  if (condition.guard === 'at_level') return Object.values(condition.levels).flat().some(asksForSignatures);
  return 'of' in condition && condition.of.some(asksForSignatures);
}
