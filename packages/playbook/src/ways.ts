// Which ways lead through the plan: the stages after a stage, and the first step of the shortest way to another.
import type { Playbook, Stage } from '@rejoinder/contracts/playbooks';

/** The stages a card may go on to, in column order. */
export function nextStages(playbook: Playbook, from: Stage): Stage[] {
  const at = playbook.stages.indexOf(from);
  const { next } = from;
  return playbook.stages.filter((stage, i) =>
    next === 'all' ? i > at : next.includes(stage.id) && stage.id !== from.id,
  );
}

/** The first stage on the shortest way forward; null when no way leads there. */
export function firstStepTowards(playbook: Playbook, from: Stage, to: Stage): Stage | null {
  const first = new Map<Stage, Stage>();
  const queue: Stage[] = [];
  for (const stage of nextStages(playbook, from)) {
    first.set(stage, stage);
    queue.push(stage);
  }
  for (let stage = queue.shift(); stage !== undefined; stage = queue.shift()) {
    if (stage === to) return first.get(stage) ?? null;
    for (const next of nextStages(playbook, stage)) {
      if (first.has(next)) continue;
      first.set(next, first.get(stage) ?? next);
      queue.push(next);
    }
  }
  return null;
}

/** Ids of the stages a card can reach from the first stage by going forward. */
export function reachable(playbook: Playbook): Set<string> {
  const [first] = playbook.stages;
  const seen = new Set<string>(first ? [first.id] : []);
  const queue = first ? [first] : [];
  for (let stage = queue.shift(); stage !== undefined; stage = queue.shift()) {
    for (const next of nextStages(playbook, stage)) {
      if (seen.has(next.id)) continue;
      seen.add(next.id);
      queue.push(next);
    }
  }
  return seen;
}
