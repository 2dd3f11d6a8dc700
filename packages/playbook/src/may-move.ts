// May this card move to that stage? The one function that decides every move, for every door, in browser and server.
import type { MoveFacts } from '@rejoinder/contracts/cards';
import type { Condition, Guard, Playbook, Stage, Strength } from '@rejoinder/contracts/playbooks';
import type { Missing, Refusal } from '@rejoinder/contracts/problems';
import { maySkip } from './break-glass.ts';
import { voiceWarnings } from './guards/drafting.ts';
import { hasFields } from './guards/fields.ts';
import { GUARD_RULES, judge } from './guards/judge.ts';
import type { Judging } from './guards/judging.ts';
import { belowLimit } from './guards/time-and-limits.ts';
import { may, rolesThatMay } from './levels.ts';
import { alreadyThere, GIVE_REASON, missing, noWay, reasonToGoBack, workedByOthers } from './moving-rules.ts';

type Told = {
  direction: 'forward' | 'backward';
  /** True when the move is allowed because a reason was given, or would be once one is. */
  reasonNeeded: boolean;
  /** These let the move go on with a reason. */
  warnings: Missing[];
  /** These are only told. */
  notes: Missing[];
  /** What would have stopped the move had the glass not been broken (GL-3). */
  skipped: Missing[];
};

export type MoveVerdict = (Told & { ok: true }) | (Told & { ok: false; refusal: Refusal });

/** `condition` is null for the rules of moving themselves, which nothing passes over. */
type Found = { missing: Missing; strength: Strength; condition: Condition | null };

/**
 * Judges one move. Pure: no clock, no look-ups, the same facts give the same verdict. Every unmet condition is told at once
 * (MV-6). What depends on the plan alone is said once per plan, so parts of verdicts are shared: change none.
 */
export function mayMove(playbook: Playbook, facts: MoveFacts, to: string): MoveVerdict {
  const plan = planOf(playbook);
  const from = plan.stages.get(facts.card.stage) ?? null;
  const target = plan.stages.get(to);
  if (facts.actor === null || target === undefined) return refused(lackOfEnds(playbook, facts, from, to));
  const stage = from ?? target;
  if (!worksHere(playbook, plan, stage, facts.actor.roles)) return refusedOnce(workedByOthers(playbook, stage));
  if (from === target) return refusedOnce(alreadyThere(playbook, target));
  const stuck = lackOfOutcome(playbook, facts, stage);
  if (stuck !== null) return refused(stuck);
  const judging: Judging = { playbook, facts, from, to: target };
  // A card whose stage the plan does not know goes anywhere as a backward move: open to all who work there, with a reason.
  const backward = from === null || playbook.stages.indexOf(target) < playbook.stages.indexOf(from);
  const found: Found[] = [];
  if (backward) findBackward(judging, found);
  else findForward(judging, found);
  return verdict(judging, found, backward);
}

/** MV-1 and MV-3: nobody known asks, or for a stage that is not there. */
function lackOfEnds(playbook: Playbook, facts: MoveFacts, from: Stage | null, to: string): Missing {
  const clause = from?.clause ?? playbook.title;
  if (facts.actor === null)
    return missing('MV-1', clause, { says: 'It is not known who moves this card.', who: [], fix: [] });
  return missing('MV-3', clause, { says: `The plan has no stage “${to.slice(0, 60)}”.`, who: [], fix: [] });
}

/** What is looked up again and again: stages by id, and for somebody's roles the stages whose cards they move. */
type Plan = { stages: Map<string, Stage>; movable: WeakMap<readonly string[], Map<Stage, boolean>> };
const plans = new WeakMap<Playbook, Plan>();

function planOf(playbook: Playbook): Plan {
  let plan = plans.get(playbook);
  if (plan === undefined) {
    plan = { stages: new Map(playbook.stages.map((stage) => [stage.id, stage])), movable: new WeakMap() };
    plans.set(playbook, plan);
  }
  return plan;
}

/** MV-2: the ability to move, and a role that works the stage the card is in. */
function worksHere(playbook: Playbook, plan: Plan, stage: Stage, roles: readonly string[]): boolean {
  const known = plan.movable.get(roles) ?? new Map<Stage, boolean>();
  plan.movable.set(roles, known);
  const works =
    known.get(stage) ?? (roles.some((role) => stage.workedBy.includes(role)) && may(playbook, roles, 'move'));
  known.set(stage, works);
  return works;
}

/** MV-9: while a post is on its way, or nobody knows whether it went out, the card stays where it is. */
function lackOfOutcome(playbook: Playbook, { card }: MoveFacts, stage: Stage): Missing | null {
  if (card.reply?.state === 'sending') {
    const fix = { do: 'wait', until: null, says: 'Wait for the platform' } as const;
    return missing('MV-9', stage.clause, { says: 'The reply is being sent at this moment.', who: [], fix: [fix] });
  }
  if (card.reply?.state !== 'unknown') return null;
  const fix = { do: 'settle', says: 'Look at the thread and settle it' } as const;
  const says = 'It is not known whether the reply went out. A person has to look before the card moves on.';
  return missing('MV-9', stage.clause, { says, who: rolesThatMay(playbook, 'settle'), fix: [fix] });
}

/** MV-5: backward is open to those who work the stage, with a reason; only guards marked `both_ways` hold. */
function findBackward(judging: Judging, found: Found[]): void {
  const { playbook, facts, to, from } = judging;
  if (facts.reason.trim() === '') found.push(rule(reasonToGoBack(playbook, from, to)));
  for (const guard of from?.leave ?? []) if (guard.bothWays && goesTo(guard, to)) findLacks(judging, guard, found);
  for (const guard of to.enter) if (guard.bothWays) findLacks(judging, guard, found);
}

/** Forward: the way (MV-4), what every card has (MV-13), the guards out and in (GU), and the room there is (MV-7). */
function findForward(judging: Judging, found: Found[]): void {
  const { playbook, from, to } = judging;
  if (from === null) return;
  if (from.next !== 'all' && !from.next.includes(to.id)) found.push(rule(noWay(playbook, from, to)));
  if (from === playbook.stages[0] && playbook.triage.required.length > 0)
    for (const each of hasFields(judging, playbook.triage.required))
      found.push(rule(missing('MV-13', from.clause, each)));
  for (const guard of from.leave) if (goesTo(guard, to)) findLacks(judging, guard, found);
  for (const guard of to.enter) findLacks(judging, guard, found);
  if (to.limit === null) return;
  const { clause, strength } = to.limit;
  for (const each of belowLimit(judging))
    found.push({ missing: missing('MV-7', clause, each), strength, condition: LIMIT });
}

/** A full stage is passed over by whoever may pass over the guard that says the same. */
const LIMIT: Condition = { guard: 'below_limit' };

function goesTo(guard: Guard, to: Stage): boolean {
  return guard.to === null || guard.to.includes(to.id);
}

const rule = (of: Missing): Found => ({ missing: of, strength: 'block', condition: null });

/** What must hold together is taken out of `all` and of this level's part of `at_level`, so that each is told by its own number. */
function findLacks(judging: Judging, guard: Guard, found: Found[], condition: Condition = guard): void {
  const { clause, strength } = guard;
  if (condition.guard === 'all') {
    for (const each of condition.of) findLacks(judging, guard, found, each);
    return;
  }
  if (condition.guard === 'at_level') {
    for (const each of condition.levels[judging.facts.level] ?? []) findLacks(judging, guard, found, each);
    return;
  }
  const number = GUARD_RULES[condition.guard];
  for (const each of judge(judging, condition))
    found.push({ missing: missing(number, clause, each), strength, condition });
  if (condition.guard !== 'voice_clean') return;
  const softer = strength === 'block' ? 'warn' : strength;
  for (const each of voiceWarnings(judging))
    found.push({ missing: missing(number, clause, each), strength: softer, condition });
}

/** Sorts what was found by strength; a warning goes on with a reason (MV-8), and two people may pass over some guards (GL-3). */
function verdict({ playbook, facts, to }: Judging, found: readonly Found[], backward: boolean): MoveVerdict {
  const blocks: Missing[] = [];
  const warnings: Missing[] = [];
  const notes: Missing[] = [];
  const skipped: Missing[] = [];
  for (const { missing: each, strength, condition } of found) {
    const isSkipped = facts.glass && condition !== null && maySkip(playbook, condition);
    const list = strength === 'warn' ? warnings : strength === 'note' ? notes : isSkipped ? skipped : blocks;
    if (!isTold(list, each)) list.push(each);
  }
  const reasonNeeded = backward || warnings.length > 0 || to.enter.some((guard) => guard.guard === 'reason_given');
  const [warning] = warnings;
  if (warning && facts.reason.trim() === '') {
    const says = `This goes on only with a reason: ${warning.says}`;
    blocks.push(missing('MV-8', warning.clause, { says, who: [], fix: [GIVE_REASON] }));
  }
  const direction = backward ? 'backward' : 'forward';
  if (blocks.length === 0) return { ok: true, direction, reasonNeeded, warnings, notes, skipped };
  return { ok: false, direction, reasonNeeded, warnings, notes, skipped, refusal: refusalOf(blocks) };
}

/** A guard may stand at both doors; its lack is told once, with the clause that comes first. */
function isTold(list: readonly Missing[], lack: Missing): boolean {
  for (const each of list) if (each.rule === lack.rule && each.says === lack.says) return true;
  return false;
}

function refused(only: Missing): MoveVerdict {
  const refusal = refusalOf([only]);
  return { ok: false, direction: 'forward', reasonNeeded: false, warnings: [], notes: [], skipped: [], refusal };
}

/** For what is said once per plan, so is the whole verdict. */
function refusedOnce(only: Missing): MoveVerdict {
  let verdict = verdicts.get(only);
  if (verdict === undefined) {
    verdict = refused(only);
    verdicts.set(only, verdict);
  }
  return verdict;
}
const verdicts = new WeakMap<Missing, MoveVerdict>();

/** Gathers what lacks into one refusal; rule, clause and sentence are those of the first. */
export function refusalOf(all: Missing[]): Refusal {
  const [first] = all;
  const { rule: number = '', clause = '' } = first ?? {};
  if (first && all.length === 1)
    return { rule: number, clause, says: first.says, missing: all, who: first.who, fix: first.fix };
  const more = ` ${all.length - 1} more ${all.length === 2 ? 'thing is' : 'things are'} missing.`;
  return {
    rule: number,
    clause,
    says: `${first?.says ?? ''}${more}`,
    missing: all,
    who: [...new Set(all.flatMap((each) => each.who))],
    fix: all.flatMap((each) => each.fix),
  };
}
