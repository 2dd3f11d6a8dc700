// What the plan says otherwise at another level: promises, signatures, limits, updates, freeze and break-glass side by side.
import type { LevelRule } from '@rejoinder/contracts/levels';
import type { Cadence, PerLevel, Playbook } from '@rejoinder/contracts/playbooks';
import { sayDuration } from './durations.ts';
import { atLevel, sayList, sayRoles } from './levels.ts';
import { sayAgreement } from './say.ts';

/** The rules that say something else at level `to` than at level `from`, in the order of the plan. */
export function rulesThatChange(playbook: Playbook, from: number, to: number): LevelRule[] {
  const order = new Map(playbook.rules.map((rule, at) => [rule.clause, at]));
  const place = (clause: string): number => order.get(clause) ?? order.size;
  return sayings(playbook)
    .map(({ clause, says, at }) => ({ clause, says, from: at(from), to: at(to) }))
    .filter((rule) => rule.from !== rule.to)
    .sort((a, b) => place(a.clause) - place(b.clause));
}

type Saying = { clause: string; says: string; at: (level: number) => string };

function sayings(playbook: Playbook): Saying[] {
  return [
    ...playbook.clocks.map(({ clause, name, target, fromLevel }) => ({
      clause,
      says: name,
      at: (level: number) => (level < fromLevel ? 'does not run' : during(target, level)),
    })),
    ...playbook.signOffs.flatMap(({ clause, id, agree, order }) => [
      {
        clause,
        says: `Signatures of ${id}`,
        at: (level: number) => said(agree, level, (a) => sayAgreement(playbook, a)),
      },
      {
        clause,
        says: `Signatures of ${id} are asked`,
        at: (level: number) => said(order, level, (how) => (how === 'in_order' ? 'one after the other' : 'at once')),
      },
    ]),
    ...playbook.stages.flatMap(({ clause, title, timeLimit, limit, checklist }) => [
      ...(timeLimit ? [{ clause, says: `Time in ${title}`, at: (level: number) => during(timeLimit, level) }] : []),
      ...(limit?.cards ? [{ clause: limit.clause, says: `Cards in ${title}`, at: count(limit.cards) }] : []),
      ...(limit?.perPerson
        ? [{ clause: limit.clause, says: `Cards of one person in ${title}`, at: count(limit.perPerson) }]
        : []),
      { clause, says: `To tick in ${title}`, at: (level: number) => said(checklist, level, (all) => all.join('; ')) },
    ]),
    ...publishing(playbook),
    ...(['internal', 'public'] as const).map((which) => ({
      clause: playbook.updates[0]?.clause ?? '',
      says: which === 'internal' ? 'Updates inside the house' : 'Updates to the public',
      at: (level: number) => cadence(playbook.updates.find((each) => each.level === level)?.[which] ?? null),
    })),
    ...fromLevel(playbook.freeze, 'Scheduled posts', 'go out', 'are frozen'),
    ...fromLevel(playbook.breakGlass, 'Break-glass', 'is not offered', 'is offered to two people'),
  ];
}

/** Platforms on which the same people publish at every level are one line. */
function publishing(playbook: Playbook): Saying[] {
  const alike = Map.groupBy(playbook.channels, ({ publishedBy }) => JSON.stringify(publishedBy));
  return [...alike.values()].flatMap((channels) => {
    const [first] = channels;
    if (!first) return [];
    const on = sayList(channels.map(({ platform }) => platform));
    const at = (level: number): string => said(first.publishedBy, level, (roles) => sayRoles(playbook, roles));
    return [{ clause: first.clause, says: `To publish on ${on}`, at }];
  });
}

function fromLevel(
  block: { fromLevel: number; clause: string } | null,
  says: string,
  below: string,
  above: string,
): Saying[] {
  return block ? [{ clause: block.clause, says, at: (level) => (level < block.fromLevel ? below : above) }] : [];
}

function said<T>(values: PerLevel<T>, level: number, say: (value: T) => string): string {
  const value = atLevel(values, level);
  return value === undefined ? 'nothing' : say(value);
}

const during = (values: PerLevel<number>, level: number): string => said(values, level, sayDuration);

const count =
  (values: PerLevel<number>) =>
  (level: number): string =>
    said(values, level, (most) => `${most} at most`);

function cadence(each: Cadence | null): string {
  if (each === null) return 'none';
  const every = `every ${sayDuration(each.every)}`;
  if (each.for === null || each.afterwards === null) return every;
  return `${every} for ${sayDuration(each.for)}, then every ${sayDuration(each.afterwards)}`;
}
