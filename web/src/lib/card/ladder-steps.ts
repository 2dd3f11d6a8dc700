// The lines of a ladder as a person reads them: the steps taken, then those still to come, each with whom and what came of it.
import type { AskView, LadderView } from '@rejoinder/contracts/ladders';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { sayWhom } from '@rejoinder/playbook/step-names';

export type StepLine = { step: number; whom: string; at: string | null; asks: AskView[]; skipped: string | null };

/** `own`: the head of a line of whoever accepted without being asked. */
export function stepLines(playbook: Playbook, ladder: LadderView, own: string): StepLine[] {
  const taken = ladder.steps.map(({ step, whom, at, asks, skipped }) => {
    const head = whom === '' ? own : sayWhom(playbook, whom);
    return { step, whom: head, at, asks, skipped };
  });
  const planned = playbook.ladders.find((each) => each.id === ladder.ladder)?.steps ?? [];
  const last = Math.max(-1, ...ladder.steps.map((each) => each.step));
  if (ladder.state !== 'asking') return taken;
  const ahead = planned.flatMap(({ whom }, step) =>
    step > last ? [{ step, whom: sayWhom(playbook, whom), at: null, asks: [], skipped: null }] : [],
  );
  return [...taken, ...ahead];
}

/** Asks of this person that wait for an answer. */
export const asksTo = (ladder: LadderView, userId: string | undefined): AskView[] =>
  ladder.state === 'accepted'
    ? []
    : ladder.steps.flatMap((step) => step.asks.filter((ask) => ask.userId === userId && ask.state === 'waiting'));

/** Who accepted in this round. */
export const takersOf = (ladder: LadderView): string[] =>
  ladder.steps.flatMap((step) => step.asks.flatMap((ask) => (ask.state === 'accepted' ? [ask.name] : [])));
