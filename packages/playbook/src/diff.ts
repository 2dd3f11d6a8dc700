// What changed between two plans, rule by rule and not line by line, and which cards a new plan would leave without a stage.
import type { PlanRule, Playbook } from '@rejoinder/contracts/playbooks';

/** A rule that only moved to another number is no change. */
export type RuleChange =
  | { is: 'added' | 'removed'; clause: string; sentence: string }
  | { is: 'changed'; clause: string; sentence: string; was: { clause: string; sentence: string } };

type StageName = { id: string; title: string };
export type PlanDiff = {
  from: { id: string; version: number };
  to: { id: string; version: number };
  rules: RuleChange[];
  stages: { added: StageName[]; removed: StageName[]; renamed: (StageName & { was: string })[] };
};

/** Compares what two plans say. Prose is not compared; sentences of rules are. */
export function diffPlaybooks(before: Playbook, after: Playbook): PlanDiff {
  const renamed = after.stages.flatMap((stage) => {
    const was = before.stages.find((each) => each.id === stage.id);
    return was && was.title !== stage.title ? [{ id: stage.id, title: stage.title, was: was.title }] : [];
  });
  const newName = new Map(renamed.map((each) => [each.was, each.title]));
  const old = sectionsOf(before, (heading) => newName.get(heading) ?? heading);
  const now = sectionsOf(after, (heading) => heading);
  const headings = [...now.keys(), ...[...old.keys()].filter((heading) => !now.has(heading))];
  const names = (stages: Playbook['stages']): StageName[] => stages.map(({ id, title }) => ({ id, title }));
  return {
    from: { id: before.id, version: before.version },
    to: { id: after.id, version: after.version },
    rules: headings.flatMap((heading) => changesIn(old.get(heading) ?? [], now.get(heading) ?? [])),
    stages: {
      added: names(after.stages.filter((stage) => !before.stages.some((each) => each.id === stage.id))),
      removed: names(before.stages.filter((stage) => !after.stages.some((each) => each.id === stage.id))),
      renamed,
    },
  };
}

export type CardPlace = { id: string; stage: string };
export type LostStage = { cardId: string; from: string; to: string };
/** Cards that lose their stage and where they go; the level the room goes to when the new plan has fewer. */
export type PlanLoss = { cards: LostStage[]; level: { from: number; to: number } | null };

/**
 * What a room would lose by taking the new plan. A card whose stage is gone goes to the nearest earlier stage of the old plan
 * that the new one has too, or else to its first; never to a last stage, since no card may be closed by a change of plan.
 */
export function lossOf(before: Playbook, after: Playbook, cards: readonly CardPlace[], level: number): PlanLoss {
  const has = new Set(after.stages.map((stage) => stage.id));
  const open = new Set(after.stages.filter((stage) => !stage.final).map((stage) => stage.id));
  const first = after.stages.find((stage) => !stage.final)?.id ?? after.stages[0]?.id ?? '';
  const goesTo = (stage: string): string => {
    const at = before.stages.findIndex((each) => each.id === stage);
    const earlier = before.stages.slice(0, Math.max(at, 0)).reverse();
    return earlier.find((each) => open.has(each.id))?.id ?? first;
  };
  const lost = cards
    .filter((card) => !has.has(card.stage))
    .map((card) => ({ cardId: card.id, from: card.stage, to: goesTo(card.stage) }));
  const top = after.levels.length;
  return { cards: lost, level: level > top ? { from: level, to: top } : null };
}

function sectionsOf(playbook: Playbook, name: (heading: string) => string): Map<string, PlanRule[]> {
  const sections = new Map<string, PlanRule[]>();
  for (const rule of playbook.rules) {
    const heading = name(rule.clause.replace(/ §\d+$/, ''));
    sections.set(heading, [...(sections.get(heading) ?? []), rule]);
  }
  return sections;
}

/** Sentences that stand in both stay; between them the removed and the added are paired while they are alike. */
function changesIn(before: readonly PlanRule[], after: readonly PlanRule[]): RuleChange[] {
  const kept = commonRules(before, after);
  const out: RuleChange[] = [];
  let [i, j] = [0, 0];
  for (const [a, b] of [...kept, [before.length, after.length] as const]) {
    out.push(...pair(before.slice(i, a), after.slice(j, b)));
    [i, j] = [a + 1, b + 1];
  }
  return out;
}

function pair(removed: readonly PlanRule[], added: readonly PlanRule[]): RuleChange[] {
  const left = [...added];
  const changes = removed.map(({ clause, sentence }): RuleChange => {
    const likest = left
      .map((rule) => ({ rule, like: likeness(sentence, rule.sentence) }))
      .sort((a, b) => b.like - a.like)[0];
    if (!likest || likest.like < 0.4) return { is: 'removed', clause, sentence };
    left.splice(left.indexOf(likest.rule), 1);
    return { is: 'changed', clause: likest.rule.clause, sentence: likest.rule.sentence, was: { clause, sentence } };
  });
  return [...changes, ...left.map(({ clause, sentence }): RuleChange => ({ is: 'added', clause, sentence }))];
}

/** Places of the longest run of sentences that both have in the same order. */
function commonRules(before: readonly PlanRule[], after: readonly PlanRule[]): [number, number][] {
  const table = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  const at = (i: number, j: number): number => table[i]?.[j] ?? 0;
  const same = (i: number, j: number): boolean => before[i]?.sentence === after[j]?.sentence;
  for (let i = before.length - 1; i >= 0; i -= 1)
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const row = table[i];
      if (row) row[j] = same(i, j) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const out: [number, number][] = [];
  let [i, j] = [0, 0];
  while (i < before.length && j < after.length) {
    if (same(i, j)) {
      out.push([i, j]);
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return out;
}

/** The share of words two sentences have in common. */
function likeness(one: string, two: string): number {
  const words = (text: string): Set<string> => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
  const [a, b] = [words(one), words(two)];
  const both = [...a].filter((word) => b.has(word)).length;
  return both === 0 ? 0 : (2 * both) / (a.size + b.size);
}
