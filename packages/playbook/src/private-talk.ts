// What a plan says about talks in private: which stages are private, who reads and writes there, when it is over, and what is a return.
import type { CardView } from '@rejoinder/contracts/cards';
import type { Playbook, Stage } from '@rejoinder/contracts/playbooks';
import { everyCondition } from './doors.ts';
import { atLevel, rolesThatMay } from './levels.ts';

/** Talks go on here that are not for everybody: the way in asks for a reason, or for a pointer in public. */
export function isPrivate(stage: Stage): boolean {
  return stage.enter
    .flatMap(everyCondition)
    .some(({ guard }) => guard === 'private_reason_given' || guard === 'public_pointer_posted');
}

export function isPrivateStage({ stages }: Playbook, stageId: string): boolean {
  return stages.some((stage) => stage.id === stageId && isPrivate(stage));
}

/** The first private stage of the plan, if it has one. */
export const privateStage = ({ stages }: Playbook): Stage | undefined => stages.find(isPrivate);

/** Who reads what was said privately: those who work a private stage; where the plan has none, those who own cards (PV-1). */
export function rolesInPrivate(playbook: Playbook): string[] {
  const stages = playbook.stages.filter(isPrivate);
  const worked = new Set(stages.flatMap((stage) => stage.workedBy));
  return stages.length === 0
    ? rolesThatMay(playbook, 'own')
    : playbook.roles.map((role) => role.id).filter((role) => worked.has(role));
}

/** Who writes there: those of them who may write to people at all. */
export function rolesThatWritePrivately(playbook: Playbook): string[] {
  const writers = rolesThatMay(playbook, 'draft');
  return rolesInPrivate(playbook).filter((role) => writers.includes(role));
}

/** When a card that went private at this instant has to be back in public; null where the plan says nothing of it. */
export function returnDueAt({ private: plan }: Playbook, level: number, since: string): string | null {
  const seconds = plan?.returns ? atLevel(plan.returns.within, level) : undefined;
  return seconds === undefined ? null : new Date(Date.parse(since) + seconds * 1000).toISOString();
}

/** When words are redacted if the talk ended now; null where the plan keeps them. */
export function redactDueAt({ private: plan }: Playbook, endedAt: string): string | null {
  const seconds = plan?.redactAfter ?? null;
  return seconds === null ? null : new Date(Date.parse(endedAt) + seconds * 1000).toISOString();
}

/** Whether this card went private in its present round. */
export const wentPrivate = (card: CardView): boolean => (card.private?.since ?? null) !== null;

/** Whether a note points with its link to another place than the one where the person wrote (A7). Without a link nothing is known. */
export function pointsElsewhere(note: string, { replyTo }: CardView): boolean {
  const wrote = hostOf(replyTo.url ?? '');
  const hosts = (note.match(/https?:\/\/[^\s<>"']+/gi) ?? []).map(hostOf);
  return wrote !== null && hosts.length > 0 && !hosts.includes(wrote);
}

function hostOf(url: string): string | null {
  const found = /^https?:\/\/(?:[^/?#\s@]*@)?(?:www\.|m\.)?([^/?#:\s]+)/i.exec(url);
  return found?.[1]?.toLowerCase() ?? null;
}
