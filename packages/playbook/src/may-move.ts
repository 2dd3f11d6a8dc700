// May this card move to that stage? The one function that decides every move, for every door, in browser and server.
import type { MoveFacts } from '@rejoinder/contracts/cards';
import type { Condition, Guard, Playbook, Stage, Strength } from '@rejoinder/contracts/playbooks';
import type { Missing, Refusal } from '@rejoinder/contracts/problems';
import { maySkip } from './break-glass.ts';
import { voiceWarnings } from './guards/drafting.ts';
import { hasFields } from './guards/fields.ts';
import { GUARD_RULES, judge } from './guards/judge.ts';
import type { Judging, Lack } from './guards/judging.ts';
import { belowLimit } from './guards/time-and-limits.ts';
import { may, rolesThatMay, sayList, sayRoles, stageOf } from './levels.ts';
import { firstStepTowards } from './ways.ts';

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

/** Judges one move. Pure: no clock, no look-ups, the same facts give the same verdict. Every unmet condition is told at once (MV-6). */
export function mayMove(playbook: Playbook, facts: MoveFacts, to: string): MoveVerdict {
  const from = stageOf(playbook, facts.card.stage) ?? null;
  const target = stageOf(playbook, to);
  if (facts.actor === null)
    return refused([
      missing('MV-1', from?.clause ?? playbook.title, {
        says: 'It is not known who moves this card.',
        who: [],
        fix: [],
      }),
    ]);
  if (target === undefined)
    return refused([
      missing('MV-3', from?.clause ?? playbook.title, {
        says: `The plan has no stage “${to.slice(0, 60)}”.`,
        who: [],
        fix: [],
      }),
    ]);
  const rights = lackOfRights(playbook, facts, from, target);
  if (rights.length > 0) return refused(rights);
  if (from?.id === target.id)
    return refused([
      missing('MV-11', from.clause, { says: `The card is in ${from.title} already.`, who: [], fix: [] }),
    ]);
  const stuck = lackOfOutcome(playbook, facts, from ?? target);
  if (stuck.length > 0) return refused(stuck);
  const judging: Judging = { playbook, facts, from, to: target };
  const backward = isBackward(playbook, from, target);
  const found = backward ? backwardLacks(judging) : forwardLacks(judging);
  return verdict(judging, found, backward);
}

function isBackward(playbook: Playbook, from: Stage | null, to: Stage): boolean {
  // A card whose stage the plan does not know goes anywhere as a backward move: open to all who work there, with a reason.
  return from === null || playbook.stages.indexOf(to) < playbook.stages.indexOf(from);
}

/** MV-2: the ability to move, and a role that works the stage the card is in. */
function lackOfRights(playbook: Playbook, { actor }: MoveFacts, from: Stage | null, to: Stage): Missing[] {
  const stage = from ?? to;
  const roles = actor?.roles ?? [];
  if (roles.some((role) => stage.workedBy.includes(role)) && may(playbook, roles, 'move')) return [];
  const able = rolesThatMay(playbook, 'move').filter((role) => stage.workedBy.includes(role));
  const says = `Cards in ${stage.title} are moved by ${sayRoles(playbook, able)}.`;
  return [missing('MV-2', stage.clause, { says, who: able, fix: [] })];
}

/** MV-9: while a post is on its way, or nobody knows whether it went out, the card stays where it is. */
function lackOfOutcome(playbook: Playbook, { card }: MoveFacts, stage: Stage): Missing[] {
  if (card.reply?.state === 'sending') {
    const fix = { do: 'wait', until: null, says: 'Wait for the platform' } as const;
    return [missing('MV-9', stage.clause, { says: 'The reply is being sent at this moment.', who: [], fix: [fix] })];
  }
  if (card.reply?.state !== 'unknown') return [];
  const fix = { do: 'settle', says: 'Look at the thread and settle it' } as const;
  const says = 'It is not known whether the reply went out. A person has to look before the card moves on.';
  return [missing('MV-9', stage.clause, { says, who: rolesThatMay(playbook, 'settle'), fix: [fix] })];
}

/** MV-5: backward is open to those who work the stage, with a reason; only guards marked `both_ways` hold. */
function backwardLacks(judging: Judging): Found[] {
  const { facts, to, from } = judging;
  const guards = [
    ...(from?.leave ?? []).filter((guard) => guard.bothWays && goesTo(guard, to)),
    ...to.enter.filter((guard) => guard.bothWays),
  ];
  const found = guards.flatMap((guard) => lacksOf(judging, guard));
  if (facts.reason.trim() === '') {
    const says =
      from === null
        ? 'A card whose stage is gone needs a reason to move.'
        : `Moving a card back to ${to.title} needs a reason.`;
    found.unshift({
      missing: missing('MV-5', to.clause, { says, who: [], fix: [giveReason] }),
      strength: 'block',
      condition: null,
    });
  }
  return found;
}

/** Forward: the way (MV-4), the guards out and in (GU), and the room there is (MV-7). */
function forwardLacks(judging: Judging): Found[] {
  const { playbook, from, to } = judging;
  if (from === null) return [];
  const found: Found[] = [];
  if (from.next !== 'all' && !from.next.includes(to.id)) {
    const titles = from.next.map((id) => stageOf(playbook, id)?.title ?? id);
    const step = firstStepTowards(playbook, from, to);
    const fix =
      step === null ? [] : [{ do: 'move-first', stage: step.id, says: `Move it to ${step.title} first` } as const];
    const says =
      titles.length === 0
        ? `Nothing comes after ${from.title}.`
        : `From ${from.title} a card goes on to ${sayList(titles)}, not to ${to.title}.`;
    found.push({ missing: missing('MV-4', from.clause, { says, who: [], fix }), strength: 'block', condition: null });
  }
  if (from === playbook.stages[0]) {
    // MV-13: what the plan requires of every card is asked where it is assessed.
    const required = hasFields(judging, playbook.triage.required);
    for (const each of required)
      found.push({ missing: missing('MV-13', from.clause, each), strength: 'block', condition: null });
  }
  for (const guard of [...from.leave.filter((each) => goesTo(each, to)), ...to.enter])
    found.push(...lacksOf(judging, guard));
  if (to.limit !== null) {
    const { clause, strength } = to.limit;
    for (const each of belowLimit(judging))
      found.push({ missing: missing('MV-7', clause, each), strength, condition: null });
  }
  return found;
}

function goesTo(guard: Guard, to: Stage): boolean {
  return guard.to === null || guard.to.includes(to.id);
}

function lacksOf(judging: Judging, guard: Guard): Found[] {
  const { clause, strength } = guard;
  return asked(guard, judging.facts.level).flatMap((condition) => {
    const rule = GUARD_RULES[condition.guard];
    const found: Found[] = judge(judging, condition).map((each) => ({
      missing: missing(rule, clause, each),
      strength,
      condition,
    }));
    if (condition.guard === 'voice_clean') {
      const softer = strength === 'block' ? 'warn' : strength;
      for (const each of voiceWarnings(judging))
        found.push({ missing: missing(rule, clause, each), strength: softer, condition });
    }
    return found;
  });
}

/** The conditions that must all hold, taken out of `all` and of this level's part of `at_level`, so that each is told by its own number. */
function asked(condition: Condition, level: number): Condition[] {
  if (condition.guard === 'all') return condition.of.flatMap((each) => asked(each, level));
  if (condition.guard === 'at_level') return (condition.levels[level] ?? []).flatMap((each) => asked(each, level));
  return [condition];
}

/** Sorts what was found by strength; a warning goes on with a reason (MV-8), and two people may pass over some guards (GL-3). */
function verdict(judging: Judging, all: Found[], backward: boolean): MoveVerdict {
  const { playbook, facts, to } = judging;
  const found = withoutDoubles(all);
  const of = (strength: Strength) => found.filter((each) => each.strength === strength).map((each) => each.missing);
  const blocking = found.filter((each) => each.strength === 'block');
  const isSkipped = ({ condition }: Found) => facts.glass && condition !== null && maySkip(playbook, condition);
  const blocks = blocking.filter((each) => !isSkipped(each)).map((each) => each.missing);
  const skipped = blocking.filter(isSkipped).map((each) => each.missing);
  const warnings = of('warn');
  const reasonNeeded = backward || warnings.length > 0 || to.enter.some((guard) => guard.guard === 'reason_given');
  const told = {
    direction: backward ? 'backward' : 'forward',
    reasonNeeded,
    warnings,
    notes: of('note'),
    skipped,
  } as const;
  const [warning] = warnings;
  if (warning && facts.reason.trim() === '') {
    blocks.push(
      missing('MV-8', warning.clause, {
        says: `This goes on only with a reason: ${warning.says}`,
        who: [],
        fix: [giveReason],
      }),
    );
  }
  return blocks.length === 0 ? { ok: true, ...told } : { ok: false, ...told, refusal: refusalOf(blocks) };
}

/** A guard may stand at both doors; its lack is told once, with the clause that comes first. */
function withoutDoubles(found: Found[]): Found[] {
  const seen = new Set<string>();
  if (found.length < 2) return found;
  return found.filter(({ missing: each, strength }) => {
    const key = `${each.rule}|${each.says}|${strength}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

const giveReason = { do: 'give-reason', says: 'Give the reason' } as const;

function missing(rule: string, clause: string, lack: Lack): Missing {
  return { rule, clause, ...lack };
}

function refused(all: Missing[]): MoveVerdict {
  return {
    ok: false,
    direction: 'forward',
    reasonNeeded: false,
    warnings: [],
    notes: [],
    skipped: [],
    refusal: refusalOf(all),
  };
}

/** Gathers what lacks into one refusal; rule, clause and sentence are those of the first. */
export function refusalOf(all: Missing[]): Refusal {
  const [first] = all;
  const more = all.length > 1 ? ` ${all.length - 1} more ${all.length === 2 ? 'thing is' : 'things are'} missing.` : '';
  return {
    rule: first?.rule ?? '',
    clause: first?.clause ?? '',
    says: `${first?.says ?? ''}${more}`,
    missing: all,
    who: [...new Set(all.flatMap((each) => each.who))],
    fix: all.flatMap((each) => each.fix),
  };
}
