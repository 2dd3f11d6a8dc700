// How the criteria of the stand-down stand: which hold, since when, and what still lacks before it may be decided.
import type { CriterionView } from '@rejoinder/contracts/crisis';
import type { Playbook, StandDown } from '@rejoinder/contracts/playbooks';
import type { Missing } from '@rejoinder/contracts/problems';
import type { RoomFacts } from '@rejoinder/contracts/room-facts';
import { sayDuration } from './durations.ts';
import { GUARD_RULES } from './guards/judge.ts';
import type { Lack } from './guards/judging.ts';
import { judgeRoom } from './guards/room.ts';
import { atLevel } from './levels.ts';

type Criterion = StandDown['criteria'][number];
export type Judged = { key: string; criterion: Criterion; lacks: Lack[] };

/** Every criterion judged by the facts of this moment. `key` stays the same as long as the plan asks the same. */
export function judgeCriteria(playbook: Playbook, facts: RoomFacts): Judged[] {
  return (playbook.standDown?.criteria ?? []).map((criterion) => {
    const { clause, sentence, strength, to, bothWays, ...asked } = criterion.guard;
    return { key: JSON.stringify(asked), criterion, lacks: judgeRoom({ playbook, facts }, criterion.guard) };
  });
}

/** As the page shows it. `metSince`: since when it has held without a break, as it was written down; null where it does not hold. */
export function criterionView(
  playbook: Playbook,
  { criterion, lacks }: Judged,
  metSince: string | null,
  level: number,
): CriterionView {
  const heldFor = holdFor(playbook, criterion, level);
  const since = lacks.length > 0 ? null : metSince;
  return {
    clause: criterion.guard.clause,
    sentence: criterion.guard.sentence,
    metSince: since,
    heldFor,
    holdsAt: since && new Date(Date.parse(since) + heldFor * 1000).toISOString(),
    lacks: lacks.map((each) => each.says),
  };
}

/** What lacks for the stand-down: each criterion that does not hold, and each that has not held long enough. */
export function standDownLacks(
  playbook: Playbook,
  judged: readonly Judged[],
  metSince: (key: string) => string | null,
  { level, now }: { level: number; now: string },
): Missing[] {
  return judged.flatMap(({ key, criterion, lacks }): Missing[] => {
    const { clause, guard } = criterion.guard;
    const rule = GUARD_RULES[guard];
    if (lacks.length > 0) return lacks.map((each) => ({ rule, clause, ...each }));
    const seconds = holdFor(playbook, criterion, level);
    const since = metSince(key) ?? now;
    const until = new Date(Date.parse(since) + seconds * 1000).toISOString();
    if (until <= now) return [];
    const says = `${criterion.guard.sentence.replace(/\.$/, '')}: that has to hold for ${sayDuration(seconds)}, and does since ${since}.`;
    return [{ rule, clause, says, who: [], fix: [{ do: 'wait', until, says: 'Wait until then' }] }];
  });
}

const holdFor = (playbook: Playbook, { heldFor }: Criterion, level: number): number =>
  atLevel(heldFor ?? playbook.standDown?.heldFor ?? {}, level) ?? 0;
