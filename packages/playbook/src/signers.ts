// Whose signature still lacks: the plan's agreement at a level, measured against the signatures that are valid.
import type { Agreement, Playbook } from '@rejoinder/contracts/playbooks';
import { atLevel } from './levels.ts';

/** A valid signature: who, in which role, or in place of which silent one. Voided, expired or older-text ones must be left out by the caller. */
export type ValidSignOff = { userId: string; role: string; standsFor?: { role: string } | undefined };

/**
 * What still lacks, one entry for each signature: the roles of which one must sign.
 * Empty when the agreement is met. A person counts once, in whichever of the roles they signed in helps most (GU-25).
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
  if (valid.length === 0) return unsigned(agreement, liability);
  return lacking(agreement, valid, liability);
}

/** What is asked of a sign-off: which one, at which level, and whether liability adds its roles. */
export type Asking = { signOff: string; level: number; liability: boolean };

/**
 * The places whose turn it is, of those that `missingSigners` names. In parallel all of them. In order, where all must sign: the first
 * of the plan's list that is open, and last the roles of liability. Of any or a quorum none must sign before another, so all are asked.
 */
export function askedNow(playbook: Playbook, asking: Asking, valid: readonly ValidSignOff[]): string[][] {
  const { signOff: id, level, liability } = asking;
  const missing = missingSigners(playbook, id, level, valid, liability);
  const signOff = playbook.signOffs.find((each) => each.id === id);
  const agreement = signOff && atLevel(signOff.agree, level);
  if (!agreement || missing.length < 2 || atLevel(signOff.order, level) !== 'in_order') return missing;
  const isExtra = (slot: string[]) => slot.length === 1 && !agreement.roles.includes(slot[0] ?? '');
  const own = missing.filter((slot) => !isExtra(slot));
  if (own.length === 0) return missing.slice(0, 1);
  return agreement.need === 'all' ? own.slice(0, 1) : own;
}

/** With no signature at all everything lacks, and it is always the same. */
function unsigned(agreement: Agreement, liability: boolean): string[][] {
  const known = liability ? unsignedLiable : unsignedPlain;
  let found = known.get(agreement);
  if (found === undefined) {
    found = lacking(agreement, [], liability);
    known.set(agreement, found);
  }
  return found;
}
const unsignedLiable = new WeakMap<Agreement, string[][]>();
const unsignedPlain = new WeakMap<Agreement, string[][]>();

function lacking(agreement: Agreement, valid: readonly ValidSignOff[], liability: boolean): string[][] {
  const group = new Set(agreement.roles);
  const extra = liability ? agreement.ifLiability.filter((role) => agreement.need !== 'all' || !group.has(role)) : [];
  const signed = filled([...extra, ...group], valid);
  const also = extra.filter((_, i) => !signed.has(i)).map((role) => [role]);
  const open = [...group].filter((_, i) => !signed.has(extra.length + i));
  if (agreement.need === 'all') return [...also, ...open.map((role) => [role])];
  const wanted = agreement.need === 'any' ? 1 : agreement.quorum;
  const still = Math.max(0, wanted - (group.size - open.length));
  return [...also, ...Array.from({ length: still }, () => open)];
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

/** Gives every person to one place at most, so that as many places as possible are taken (augmenting paths; a handful of each). */
function filled(places: readonly string[], valid: readonly ValidSignOff[]): Set<number> {
  const people = [...new Set(valid.map((each) => each.userId))];
  const rolesOf = (person: string) =>
    valid.filter((each) => each.userId === person).map((each) => each.standsFor?.role ?? each.role);
  const holder = new Map<number, string>();
  const give = (person: string, tried: Set<number>): boolean => {
    for (const [place, role] of places.entries()) {
      if (tried.has(place) || !rolesOf(person).includes(role)) continue;
      tried.add(place);
      const other = holder.get(place);
      if (other === undefined || give(other, tried)) {
        holder.set(place, person);
        return true;
      }
    }
    return false;
  };
  for (const person of people) give(person, new Set());
  return new Set(holder.keys());
}
