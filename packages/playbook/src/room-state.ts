// Which step the crisis of a room may take, by whom, and what lacks: one rule a step, the same in the browser and on the server.
import type { CrisisState, CrisisStep, CrisisView } from '@rejoinder/contracts/crisis';
import type { Actor } from '@rejoinder/contracts/people';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import type { Fix, Missing, Refusal } from '@rejoinder/contracts/problems';
import { rolesThatMay, sayRoles } from './levels.ts';

export type RoomStep = CrisisStep | 'declare';

type Step = { rule: string; from: readonly CrisisState[]; to: CrisisState; does: string };

/** Each step with its rule, where it begins and where it ends. */
export const STEPS: Readonly<Record<RoomStep, Step>> = {
  declare: { rule: 'CR-1', from: ['watching', 'stood_down', 'reviewed'], to: 'declared', does: 'declare a crisis' },
  activate: { rule: 'CR-2', from: ['declared'], to: 'active', does: 'say that the crisis team works' },
  stabilise: { rule: 'CR-3', from: ['active'], to: 'stabilising', does: 'say that it is stabilising' },
  resume: { rule: 'CR-4', from: ['stabilising', 'stood_down'], to: 'active', does: 'say that it flares up again' },
  call_off: { rule: 'CR-5', from: ['declared'], to: 'watching', does: 'call it off' },
  stand_down: { rule: 'CR-6', from: ['active', 'stabilising'], to: 'stood_down', does: 'stand down' },
  review: { rule: 'CR-7', from: ['stood_down'], to: 'reviewed', does: 'close the crisis as reviewed' },
};

const SAID: Record<CrisisState, string> = {
  watching: 'nothing is declared',
  declared: 'the crisis is declared',
  active: 'the crisis is active',
  stabilising: 'the crisis is stabilising',
  stood_down: 'the crisis was stood down',
  reviewed: 'the crisis was reviewed',
};

/** The steps that begin in this state, in the order in which they usually come. */
export function stepsFrom(state: CrisisState): RoomStep[] {
  return (Object.keys(STEPS) as RoomStep[]).filter((step) => STEPS[step].from.includes(state));
}

/** What a step is judged by. `lacks`: criteria of the stand-down that do not hold long enough. `held`: things still frozen. */
export type StepFacts = {
  crisis: Pick<CrisisView, 'state' | 'commander' | 'freeze' | 'retrospectiveAt'>;
  level: number;
  actor: Pick<Actor, 'kind' | 'id' | 'roles'>;
  reason: string;
  now: string;
  lacks: readonly Missing[];
  held: number;
};

/** Who decides on the end: the plan's `decided_by`, or whoever may lower the level. */
export const whoDecides = (playbook: Playbook): string[] =>
  playbook.standDown?.decidedBy ?? rolesThatMay(playbook, 'lower_level');

/** Roles that may declare at this level: those the plan lets raise to it. */
export const whoDeclares = (playbook: Playbook, level: number): string[] =>
  playbook.levels.find((each) => each.level === level)?.mayRaise ?? [];

/** The refusal of a step, or null when it may be taken. A declaration is judged further by `mayDeclare`. */
export function refuseStep(playbook: Playbook, facts: StepFacts, step: RoomStep): Refusal | null {
  const { crisis, actor, reason } = facts;
  const { rule, from, does } = STEPS[step];
  const clause = clauseOf(playbook, step, facts.level);
  const no = (says: string, who: string[] = [], ...fix: Fix[]): Refusal => ({
    rule,
    clause,
    says,
    missing: [{ rule, clause, says, who, fix }],
    who,
    fix,
  });
  const who = rolesFor(playbook, step, facts.level);
  if (!from.includes(crisis.state))
    return no(`You cannot ${does}: ${SAID[crisis.state]}.`, who, seeCrisis('Show how it stands'));
  const commands = step !== 'declare' && step !== 'resume' && crisis.commander?.userId === actor.id;
  if (actor.kind !== 'person' || !(commands || actor.roles.some((role) => who.includes(role))))
    return no(`To ${does} takes ${sayRoles(playbook, who)}${step === 'declare' ? '' : ', or whoever commands'}.`, who);
  if (reason.trim() === '') return no('It needs a reason.', [], { do: 'give-reason', says: 'Say why' });
  const missing = lacking(playbook, facts, step).map((each) => ({
    ...each,
    rule: each.rule || rule,
    clause: each.clause || clause,
  }));
  const [first] = missing;
  if (!first) return null;
  const says = missing.length === 1 ? first.says : `${missing.length} things do not hold yet.`;
  return {
    rule,
    clause,
    says,
    missing,
    who: [...new Set(missing.flatMap((each) => each.who))],
    fix: missing.flatMap((each) => each.fix),
  };
}

/** Who takes the step; whoever commands may too, except for declaring and for beginning again. */
export function rolesFor(playbook: Playbook, step: RoomStep, level: number): string[] {
  if (step === 'declare' || step === 'resume') {
    const named = whoDeclares(playbook, level);
    return named.length > 0 ? named : rolesThatMay(playbook, 'raise_level');
  }
  const led = step === 'review' ? (playbook.retrospective?.ledBy ?? null) : null;
  return [...new Set([...(led === null ? [] : [led]), ...whoDecides(playbook)])];
}

function lacking(playbook: Playbook, facts: StepFacts, step: RoomStep): Missing[] {
  if (step === 'activate') return freezeLacks(playbook, facts);
  if (step === 'stand_down') return [...facts.lacks];
  return step === 'review' ? reviewLacks(playbook, facts) : [];
}

/** Where the plan freezes at this level, somebody has said that it is done. */
function freezeLacks(playbook: Playbook, { crisis, level }: StepFacts): Missing[] {
  const { freeze } = playbook;
  if (freeze === null || level < freeze.fromLevel || crisis.freeze?.confirmed) return [];
  const says = 'Nobody has confirmed that what must stop has stopped.';
  return [{ rule: '', clause: freeze.clause, says, who: freeze.confirmedBy, fix: [seeCrisis('Confirm the freeze')] }];
}

function reviewLacks(playbook: Playbook, { crisis, held, now }: StepFacts): Missing[] {
  const one = (says: string, who: string[], fix: Fix): Missing => ({ rule: '', clause: '', says, who, fix: [fix] });
  const decides = whoDecides(playbook);
  const at = crisis.retrospectiveAt;
  const met =
    playbook.retrospective === null || (at !== null && at <= now)
      ? []
      : at === null
        ? [one('No date is set for the retrospective.', decides, seeCrisis('Set the date'))]
        : [one(`The retrospective is on ${at}.`, decides, { do: 'wait', until: at, says: 'Wait until it was held' })];
  if (held === 0) return met;
  const says = held === 1 ? 'One thing is still frozen.' : `${held} things are still frozen.`;
  return [...met, one(says, playbook.freeze?.releasedBy ?? decides, seeCrisis('Release them one by one'))];
}

function clauseOf(playbook: Playbook, step: RoomStep, level: number): string {
  const levels = playbook.levels.find((each) => each.level === level)?.clause ?? 'Levels';
  if (step === 'declare' || step === 'resume') return levels;
  if (step === 'activate') return playbook.freeze?.clause ?? levels;
  if (step === 'review') return playbook.retrospective?.clause ?? playbook.standDown?.clause ?? levels;
  return playbook.standDown?.clause ?? levels;
}

const seeCrisis = (says: string): Fix => ({ do: 'see-room', part: 'crisis', says });
