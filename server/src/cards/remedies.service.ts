// What we promised a person and what we did: its worth and kind, and who may say that it was delivered.
import type { Actor } from '@rejoinder/contracts/people';
import { covers, rolesThatCover } from '@rejoinder/playbook/allowances';
import { sayRoles } from '@rejoinder/playbook/levels';
import type { Deps } from '../deps.ts';
import { refuse } from '../http/problems.ts';
import { updateCard } from './cards.repository.ts';
import { changeCard, type LockedCard, type OnCard } from './cards.service.ts';

export type Promising = {
  promised: string;
  delivered: boolean;
  worth?: number | null | undefined;
  kind?: string | null | undefined;
};

/** The promised and the delivered remedy are two facts (A4); an empty promise takes both back. Worth and kind left out stay as they were. */
export function setRemedy(deps: Deps, actor: Actor, on: OnCard, input: Promising) {
  return changeCard(deps, actor, on, 'triage', ['remedy', input], async ({ tx, now }, locked) => {
    const { card } = locked;
    const promised = input.promised.trim();
    const worth = input.worth === undefined ? (card.remedy?.worth ?? null) : input.worth;
    const kind = input.kind === undefined ? (card.remedy?.kind ?? null) : input.kind;
    const isSame = card.remedy?.promised === promised && card.remedy.worth === worth && card.remedy.kind === kind;
    // Saying it again does not deliver it again.
    const before = isSame ? (card.remedy?.deliveredAt ?? null) : null;
    if (input.delivered && before === null) refuseBeyondAuthority(locked, actor, { worth, kind });
    const deliveredAt = input.delivered ? (before ?? now) : null;
    const remedy = promised === '' ? null : JSON.stringify({ promised, deliveredAt, worth, kind });
    await updateCard(tx, on.roomId, on.cardId, { remedy });
    return (after) => ({ type: 'card.remedyChanged', data: { card: after } });
  });
}

/** Where the plan gives authority, a remedy of worth is marked as delivered by somebody who holds enough of it (CA-15). */
function refuseBeyondAuthority(
  { playbook, room }: LockedCard,
  actor: Actor,
  remedy: { worth: number | null; kind: string | null },
): void {
  const given = playbook.roles.some((role) => role.authority !== null);
  if (!given || remedy.worth === null || covers(playbook, room.level, actor.roles, remedy)) return;
  const who = rolesThatCover(playbook, room.level, remedy);
  const clause = playbook.roles.find((role) => role.authority !== null)?.clause ?? 'Roles';
  throw refuse(
    'CA-15',
    clause,
    `A remedy of ${remedy.worth} ${playbook.currency} is marked as delivered by ${sayRoles(playbook, who)}.`,
    who.map((role) => ({ do: 'give-card', role, says: `Ask ${sayRoles(playbook, [role])}` })),
    who,
  );
}
