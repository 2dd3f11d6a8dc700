// Whose signature still lacks: the plan's agreement at a level, measured against the signatures that are valid.
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { atLevel } from './levels.ts';

/** A valid signature: who, in which role. Voided, expired or older-text ones must be left out by the caller. */
export type ValidSignOff = { userId: string; role: string };

/**
 * What still lacks, one entry for each signature: the roles of which one must sign.
 * Empty when the agreement is met. A person counts once, in whichever of the roles they signed in helps most (SP-2).
 * A sign-off the plan does not know lacks everything: one entry without roles.
 */
export function missingSigners(
  playbook: Playbook,
  signOffId: string,
  level: number,
  valid: readonly ValidSignOff[],
  liability = false,
): string[][] {
  const signOff = playbook.signOffs.find((each) => each.id === signOffId);
  const agreement = signOff && atLevel(signOff.agree, level);
  if (!agreement) return [[]];
  const slots: string[][] = [];
  if (agreement.need === 'all') slots.push(...agreement.roles.map((role) => [role]));
  else for (let i = 0; i < (agreement.need === 'any' ? 1 : agreement.quorum); i += 1) slots.push(agreement.roles);
  if (liability) {
    const named = new Set(slots.flatMap((slot) => (slot.length === 1 ? slot : [])));
    slots.push(...agreement.ifLiability.filter((role) => !named.has(role)).map((role) => [role]));
  }
  const quorumRoles = agreement.need === 'quorum' ? agreement.roles : [];
  return unfilled(slots, valid, quorumRoles);
}

/** Until when a signature given now holds: the sign-off's lifetime at the level. Null when the plan has no such sign-off. */
export function signOffExpiresAt(
  playbook: Playbook,
  signOffId: string,
  level: number,
  signedAt: string,
): string | null {
  const signOff = playbook.signOffs.find((each) => each.id === signOffId);
  const seconds = signOff && atLevel(signOff.lifetime, level);
  const at = Date.parse(signedAt);
  return seconds === undefined || Number.isNaN(at) ? null : new Date(at + seconds * 1000).toISOString();
}

/** The role ids of whom any may still sign, each once. */
export function rolesStillNeeded(slots: readonly string[][]): string[] {
  return [...new Set(slots.flat())];
}

/** Gives people to slots so that as many as possible are filled (augmenting paths; a handful of each). */
function unfilled(slots: string[][], valid: readonly ValidSignOff[], quorumRoles: readonly string[]): string[][] {
  const people = [...new Set(valid.map((each) => each.userId))];
  const rolesOf = (person: string) => valid.filter((each) => each.userId === person).map((each) => each.role);
  const holder = new Map<number, string>();
  const give = (person: string, tried: Set<number>): boolean => {
    for (let slot = 0; slot < slots.length; slot += 1) {
      if (tried.has(slot) || !rolesOf(person).some((role) => slots[slot]?.includes(role))) continue;
      tried.add(slot);
      const other = holder.get(slot);
      if (other === undefined || give(other, tried)) {
        holder.set(slot, person);
        return true;
      }
    }
    return false;
  };
  for (const person of people) give(person, new Set());
  // In a quorum each role counts once, so a role that signed cannot fill a second place.
  const used = new Set(
    [...holder.values()].flatMap((person) => rolesOf(person)).filter((role) => quorumRoles.includes(role)),
  );
  return slots
    .filter((_, slot) => !holder.has(slot))
    .map((slot) => (slot.length > 1 ? slot.filter((role) => !used.has(role)) : slot));
}
