// How long a closed card stays open to its author, and where it opens again.
import type { Playbook } from '@rejoinder/contracts/playbooks';

const DAY = 86_400_000;
/** Where the plan says nothing of it (A13). */
const WITHIN = 14 * DAY;

/** `within` in ms, for a card closed in this stage. */
export function reopening({ stages }: Playbook, stageId: string): { within: number; to: string } {
  const told = stages.find((stage) => stage.id === stageId)?.reopens;
  if (told) return { within: told.within * 1000, to: told.to };
  return { within: WITHIN, to: stages.find((stage) => stage.id === 'owned')?.id ?? stages[0]?.id ?? 'new' };
}
