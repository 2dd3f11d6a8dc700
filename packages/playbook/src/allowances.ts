// What a plan allows: how much a role may promise, which list is ticked at a level, which strategy, how like a reply may be.
import type { Playbook, Stage } from '@rejoinder/contracts/playbooks';
import { atLevel, rolesThatMay } from './levels.ts';

/** A promise as it is measured: its worth in the plan's currency, and its kind where the plan tells kinds apart. */
export type Promised = { worth: number | null; kind: string | null };

/** True when the plan names kinds of promise, so that a promise has to say of which kind it is. */
export function tellsKinds(playbook: Playbook): boolean {
  return playbook.roles.some((role) => (role.authority?.promises.length ?? 0) > 0);
}

/** True when one of these roles may promise this at this level (GU-26). A role without authority may promise nothing of worth. */
export function covers(playbook: Playbook, level: number, roles: readonly string[], promised: Promised): boolean {
  const { worth, kind } = promised;
  if (worth === null) return false;
  return playbook.roles.some(({ id, authority }) => {
    if (authority === null || !roles.includes(id)) return false;
    const isOfKind = kind === null ? !tellsKinds(playbook) : authority.promises.includes(kind);
    return isOfKind && worth <= (atLevel(authority.money, level) ?? 0);
  });
}

/** The roles that may promise this, in the plan's order. */
export function rolesThatCover(playbook: Playbook, level: number, promised: Promised): string[] {
  return playbook.roles.map((role) => role.id).filter((role) => covers(playbook, level, [role], promised));
}

/** The items to tick in this stage at this level. */
export function checklistOf(stage: Stage, level: number): string[] {
  return atLevel(stage.checklist, level) ?? [];
}

/** The strategies allowed for a type of crisis, and its name; none for a type the plan does not know. */
export function strategiesFor(playbook: Playbook, type: string): { name: string; allowed: readonly string[] } {
  const found = playbook.crisis.find((each) => each.id === type);
  return { name: found?.name ?? type, allowed: found?.allowed ?? [] };
}

/** From this share of a draft's runs of words that stand in one sent reply it is a copy; where the plan says nothing, half. */
const CEILING = 0.5;
export function likenessCeiling(playbook: Playbook): number {
  return playbook.voice.likeness?.ceiling ?? CEILING;
}

/** Who looks at a claim that no fact covers: whom the plan asks when words touch liability; else everyone who signs. */
export function rolesThatCheckClaims(playbook: Playbook): string[] {
  const signers = rolesThatMay(playbook, 'sign');
  const named = playbook.signOffs.flatMap(({ agree }) => Object.values(agree).flatMap((each) => each.ifLiability));
  const asked = signers.filter((role) => named.includes(role));
  return asked.length > 0 ? asked : signers;
}
