// LI-32: a clock that goes with a stage which no stage names, or which begins nowhere.
import type { LintRule } from './finding.ts';

export const clockStages: LintRule = (playbook) =>
  playbook.clocks.flatMap((clock) => {
    const goesWithStage = clock.starts === 'stage_entered' || clock.stops === 'stage_left';
    if (!goesWithStage || playbook.stages.some((stage) => stage.clocks.includes(clock.id))) return [];
    const never = clock.starts === 'stage_entered' ? 'begins' : 'stops';
    return [
      {
        rule: 'LI-32',
        clause: clock.clause,
        says: `No stage names ${clock.name} under \`clocks\`, so it never ${never}.`,
        why: 'What starts as a card enters a stage, or stops as it leaves it, belongs to the stages that name it.',
        wants: `\`clocks: [${clock.id}]\` in the stages it is about`,
        strength: 'block' as const,
      },
    ];
  });
