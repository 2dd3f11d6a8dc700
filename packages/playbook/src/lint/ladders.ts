// LI-18 to LI-20: a ladder ends in a person, asks no department that is not known yet, and is no longer than its clock.
import type { Ladder, Playbook, Stage } from '@rejoinder/contracts/playbooks';
import { NO_DEPARTMENT } from '../blocks/contacts.ts';
import { everyCondition } from '../doors.ts';
import { sayDuration } from '../durations.ts';
import { atLevel } from '../levels.ts';
import type { Found, LintRule } from './finding.ts';

/** Steps that are answered by the contacts of the card's department. */
export const DEPARTMENT_STEPS = ['primary', 'deputy', 'out_of_hours'];

export const endsInPerson: LintRule = (playbook, { staffed }) =>
  playbook.ladders.flatMap((ladder) => {
    const last = ladder.steps.at(-1);
    const isRole = playbook.roles.some((role) => role.id === last?.whom);
    const isEmpty = isRole && staffed !== undefined && (staffed[last?.whom ?? ''] ?? 0) === 0;
    if (isRole && !isEmpty) return [];
    const says = isEmpty
      ? `“${ladder.name}” ends with a role nobody holds.`
      : `“${ladder.name}” does not end with a role somebody always holds.`;
    return [
      {
        rule: 'LI-18',
        clause: last?.clause ?? ladder.clause,
        says,
        why: 'When everybody before is away, somebody must still be asked.',
        wants: 'a last step with a role, such as `{ whom: commander }`',
        strength: 'block',
      },
    ];
  });

export const knownDepartment: LintRule = (playbook) => {
  if (playbook.contacts.some((contact) => contact.department === NO_DEPARTMENT)) return [];
  const early = stagesBeforeDepartment(playbook);
  return playbook.ladders.flatMap((ladder) => {
    const step = ladder.steps.find((each) => DEPARTMENT_STEPS.includes(each.whom));
    const stage = early.find((each) => startsIn(playbook, ladder, each));
    if (!step || !stage) return [];
    return [
      {
        rule: 'LI-19',
        clause: step.clause,
        says: `“${ladder.name}” may start in ${stage.title}, where a card has no department yet.`,
        why: 'The step would find nobody.',
        wants: '`no_department:` in the block `contacts`, or a ladder of roles for this stage',
        strength: 'block',
      },
    ];
  });
};

export const laddersInTime: LintRule = (playbook) =>
  playbook.ladders.flatMap((ladder) =>
    playbook.levels.flatMap(({ level }) => {
      const takes = ladder.steps.reduce((sum, step) => sum + (atLevel(step.after, level) ?? 0), 0);
      return starts(playbook, ladder, level)
        .filter(({ room }) => takes > room)
        .slice(0, 1)
        .map(
          ({ room, of }): Found => ({
            rule: 'LI-20',
            clause: ladder.clause,
            says: `At level ${level} “${ladder.name}” takes ${sayDuration(takes)}; ${of} leaves ${sayDuration(room)}.`,
            why: 'Its last step would come after the time has run out.',
            wants: 'shorter steps at this level, or an earlier warning point',
            strength: 'block',
          }),
        );
    }),
  );

/** What starts a ladder at a level, and how much time it then has. */
function starts(playbook: Playbook, ladder: Ladder, level: number): { room: number; of: string }[] {
  const clocks = playbook.clocks
    .filter((clock) => level >= clock.fromLevel)
    .flatMap((clock) => {
      const target = atLevel(clock.target, level) ?? 0;
      const left = target * (1 - (clock.warnAt.at(-1) ?? 0));
      const warned = clock.onWarning === ladder.id ? [{ room: left, of: `the last warning of ${clock.name}` }] : [];
      return clock.onBreach === ladder.id ? [...warned, { room: target, of: clock.name }] : warned;
    });
  const stages = playbook.stages
    .filter((stage) => stage.ladder === ladder.id)
    .flatMap((stage) => {
      const whole = playbook.clocks.filter((clock) => stage.clocks.includes(clock.id));
      const spent = atLevel(stage.timeLimit ?? {}, level) ?? 0;
      return whole.map((clock) => ({
        room: (atLevel(clock.target, level) ?? 0) - spent,
        of: `${clock.name} after ${stage.title}`,
      }));
    });
  return [...clocks, ...stages];
}

function startsIn(playbook: Playbook, ladder: Ladder, stage: Stage): boolean {
  return (
    stage.ladder === ladder.id ||
    playbook.clocks.some(
      (clock) => stage.clocks.includes(clock.id) && (clock.onWarning === ladder.id || clock.onBreach === ladder.id),
    )
  );
}

/** Stages up to the first door that asks for the department; what assessment requires is asked at the first. */
function stagesBeforeDepartment(playbook: Playbook): Stage[] {
  const asks = (guards: Stage['leave']) =>
    guards
      .filter((guard) => guard.strength === 'block')
      .flatMap(everyCondition)
      .some((each) => each.guard === 'has_fields' && each.fields.includes('department'));
  const at = playbook.stages.findIndex((stage) => asks(stage.leave));
  const into = playbook.stages.findIndex((stage) => asks(stage.enter));
  const first = playbook.triage.required.includes('department') ? 1 : playbook.stages.length;
  const ends = [first, at < 0 ? playbook.stages.length : at + 1, into < 0 ? playbook.stages.length : into];
  return playbook.stages.slice(0, Math.min(...ends));
}
