// LI-7 and LI-8: the stages and the deputies together fit into the whole card's clock, and a signature outlasts publishing.
import type { PlanClock, Playbook, Stage } from '@rejoinder/contracts/playbooks';
import { sayDuration } from '../durations.ts';
import { atLevel } from '../levels.ts';
import { nextStages } from '../ways.ts';
import { type LintRule, uses } from './finding.ts';

export const stageTimes: LintRule = (playbook) => {
  const found = {
    rule: 'LI-7',
    why: 'A promise nobody can keep by keeping the plan is broken every day.',
    strength: 'block',
  } as const;
  const clock = replyClock(playbook);
  if (!clock) {
    const wants = 'a block `clock public-reply` that stops on `public_reply_published`';
    return [{ ...found, clause: '', says: 'No clock runs for the first public reply.', wants }];
  }
  const running = stagesBeforeReply(playbook, clock);
  if (running.length === 0) {
    const says = `The clock ${clock.name} runs in no stage.`;
    return [
      { ...found, clause: clock.clause, says, wants: `\`clocks: [${clock.id}]\` in the stages before the reply` },
    ];
  }
  return playbook.levels.flatMap(({ level }) => {
    const stages = running.reduce((all, stage) => all + (atLevel(stage.timeLimit ?? {}, level) ?? 0), 0);
    const deputies = deputyTime(playbook, level);
    const target = atLevel(clock.target, level) ?? 0;
    if (stages + deputies <= target) return [];
    const more = deputies === 0 ? '' : `, with ${sayDuration(deputies)} for deputies`;
    const says = `At level ${level} the stages may take ${sayDuration(stages + deputies)} together${more}; the clock allows ${sayDuration(target)}.`;
    return [{ ...found, clause: clock.clause, says, wants: 'shorter time limits, or a longer target' }];
  });
};

export const lifetimes: LintRule = (playbook) => {
  const publishing = playbook.stages.find((stage) => stage.enter.some((guard) => uses(guard, 'sign_offs_valid')));
  const limit = publishing?.timeLimit;
  if (!publishing || !limit) return [];
  return playbook.signOffs.flatMap((signOff) =>
    playbook.levels
      .filter(({ level }) => (atLevel(signOff.lifetime, level) ?? 0) < (atLevel(limit, level) ?? 0))
      .map(({ level }) => ({
        rule: 'LI-8',
        clause: signOff.clause,
        says: `At level ${level} a signature runs out before ${publishing.title} has to be done.`,
        why: 'A reply that everybody signed in time could not be sent in time.',
        wants: `a \`lifetime\` of at least ${sayDuration(atLevel(limit, level) ?? 0)}`,
        strength: 'block',
      })),
  );
};

/** The clock of the first public reply. */
export function replyClock(playbook: Playbook): PlanClock | undefined {
  return playbook.clocks.find((each) => each.stops === 'public_reply_published');
}

/** The stages a card passes on the way to its reply. Those in which the answer is put off on purpose are not on the way. */
export function stagesBeforeReply(playbook: Playbook, clock: PlanClock): Stage[] {
  return playbook.stages.filter(
    (stage) =>
      stage.clocks.includes(clock.id) &&
      !(stage.text === 'none' && nextStages(playbook, stage).some((next) => next.final)),
  );
}

/** How long the longest silence before a deputy signs may last, over the sign-offs the doors ask for. */
function deputyTime(playbook: Playbook, level: number): number {
  const asked = playbook.signOffs.filter((signOff) =>
    playbook.stages.some((stage) =>
      [...stage.enter, ...stage.leave].some(
        (guard) => guard.guard === 'sign_offs_valid' && guard.signOff === signOff.id,
      ),
    ),
  );
  return Math.max(0, ...asked.map((signOff) => (signOff.deputies ? (atLevel(signOff.deputies.after, level) ?? 0) : 0)));
}
