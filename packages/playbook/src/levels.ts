// What holds at a level: picks the value of a per-level setting, and tells which roles may do a thing.
import type { Ability, PerLevel, Playbook, Stage } from '@rejoinder/contracts/playbooks';

/** The value at this level; above the highest level given, the highest one. Undefined only where the plan gives none. */
export function atLevel<T>(values: PerLevel<T>, level: number): T | undefined {
  for (let each = level; each >= 1; each -= 1) if (String(each) in values) return values[String(each)];
  return undefined;
}

/** A limit at this level; null where the plan sets none. */
export function limitAt(limit: PerLevel<number> | null, level: number): number | null {
  return limit === null ? null : (atLevel(limit, level) ?? null);
}

export function stageOf(playbook: Playbook, id: string): Stage | undefined {
  return playbook.stages.find((stage) => stage.id === id);
}

/** Ids of the roles with this ability, in the plan's order. Gathered once for a plan's roles; change the answer for nobody. */
export function rolesThatMay({ roles }: Playbook, ability: Ability): string[] {
  const known = gathered.get(roles) ?? new Map<Ability, string[]>();
  gathered.set(roles, known);
  const found = known.get(ability) ?? roles.filter((role) => role.may.includes(ability)).map((role) => role.id);
  known.set(ability, found);
  return found;
}
const gathered = new WeakMap<Playbook['roles'], Map<Ability, string[]>>();

/** True when one of these roles gives the ability. Roles the plan does not know give nothing. */
export function may(playbook: Playbook, roles: readonly string[], ability: Ability): boolean {
  return playbook.roles.some((role) => roles.includes(role.id) && role.may.includes(ability));
}

/** The roles' names as people say them: `Legal or Communications`. */
export function sayRoles(playbook: Playbook, roles: readonly string[], joint: 'or' | 'and' = 'or'): string {
  return sayList(
    roles.map((id) => playbook.roles.find((role) => role.id === id)?.name ?? id),
    joint,
  );
}

export function sayList(words: readonly string[], joint: 'or' | 'and' = 'or'): string {
  if (words.length <= 1) return words[0] ?? 'nobody';
  return `${words.slice(0, -1).join(', ')} ${joint} ${words.at(-1)}`;
}
