// Whose turn it is to sign, and who may stand in for a role that stayed silent.
import type { CardView, StandIn } from '@rejoinder/contracts/cards';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { bareFacts } from './bare-facts.ts';
import { touchesLiability, validSignOffs } from './guards/sign-off.ts';
import { atLevel, sayRoles } from './levels.ts';
import { askedNow, missingSigners, rolesStillNeeded } from './signers.ts';

/** Who stands in for this role by the plan, and from when if it was asked at `askedAt`; null where nobody does. */
export function deputyFrom(
  playbook: Playbook,
  signOffId: string,
  level: number,
  role: string,
  askedAt: string,
): { deputy: string; dueAt: string } | null {
  const deputies = playbook.signOffs.find((each) => each.id === signOffId)?.deputies;
  const deputy = deputies?.roles.find((each) => each.role === role)?.deputy;
  const after = deputies && atLevel(deputies.after, level);
  const at = Date.parse(askedAt);
  if (deputy === undefined || after === undefined || after === null || Number.isNaN(at)) return null;
  return { deputy, dueAt: new Date(at + after * 1000).toISOString() };
}

/** The deputies who may sign for a silent role now: asked in this stay in the stage, and still named by the plan. */
export function standInsNow(playbook: Playbook, signOffId: string, card: CardView): StandIn[] {
  const deputies = playbook.signOffs.find((each) => each.id === signOffId)?.deputies?.roles ?? [];
  return (card.standIns ?? []).filter(
    (each) =>
      Date.parse(each.silentSince) >= Date.parse(card.enteredStageAt) &&
      deputies.some((pair) => pair.role === each.role && pair.deputy === each.deputy),
  );
}

/** What a signature in `role` would fill: its own place, or that of a silent role; or why it may not be given now. */
export type Turn =
  | { ok: true; standsFor: StandIn | null }
  | { ok: false; rule: 'SG-26' | 'SG-27'; says: string; who: string[] };

/**
 * Whose place a signature takes. `signsFor` names the silent role that is stood in for; where it is left out, and the role has no open
 * place of its own, it stands in for the one silent role that has.
 */
export function turnOf(
  playbook: Playbook,
  signOffId: string,
  level: number,
  card: CardView,
  asked: { role: string; signsFor?: string | undefined; now: string },
): Turn {
  const facts = bareFacts(card, level, asked.now);
  const valid = validSignOffs({ facts });
  const asking = { signOff: signOffId, level, liability: touchesLiability({ facts }) };
  const open = rolesStillNeeded(missingSigners(playbook, signOffId, level, valid, asking.liability));
  const standIns = standInsNow(playbook, signOffId, card).filter((each) => each.deputy === asked.role);
  const wanted = asked.signsFor ?? (open.includes(asked.role) ? asked.role : undefined);
  const standsFor =
    wanted === asked.role
      ? null
      : (standIns.find((each) => each.role === wanted || (wanted === undefined && open.includes(each.role))) ?? null);
  if (asked.signsFor !== undefined && asked.signsFor !== asked.role && standsFor === null) {
    const says = `${sayRoles(playbook, [asked.role])} may not sign for ${sayRoles(playbook, [asked.signsFor])}: the plan names nobody to stand in, or they were not silent long enough.`;
    return { ok: false, rule: 'SG-27', says, who: [asked.signsFor] };
  }
  const place = standsFor?.role ?? asked.role;
  const turn = rolesStillNeeded(askedNow(playbook, asking, valid));
  if (!open.includes(place) || turn.includes(place)) return { ok: true, standsFor };
  const says = `These words are signed in order: it is the turn of ${sayRoles(playbook, turn)}.`;
  return { ok: false, rule: 'SG-26', says, who: turn };
}
