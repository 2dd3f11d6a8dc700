// In which roles, own or in place of a silent one, may this person sign now, and which of them first?
import type { StandIn } from '@rejoinder/contracts/cards';

/** `early`: others sign first. `awaited`: this signature fills a place that is open now. */
export type Choice = { key: string; role: string; standsFor: string | null; awaited: boolean; early: boolean };

export function signChoices(
  held: readonly { id: string }[],
  signed: readonly string[],
  missing: readonly string[],
  turn: { asked: readonly string[]; standIns: readonly Pick<StandIn, 'role' | 'deputy'>[] },
): Choice[] {
  const choices = held
    .filter((role) => !signed.includes(role.id))
    .flatMap(({ id }): Choice[] => [
      choice(id, null, id),
      ...turn.standIns.flatMap(({ role, deputy }) =>
        deputy === id && missing.includes(role) ? [choice(id, role, role)] : [],
      ),
    ]);
  return choices.sort((a, b) => Number(b.awaited) - Number(a.awaited) || Number(a.early) - Number(b.early));

  function choice(role: string, standsFor: string | null, place: string): Choice {
    const awaited = turn.asked.includes(place);
    return { key: `${role} ${standsFor ?? ''}`, role, standsFor, awaited, early: missing.includes(place) && !awaited };
  }
}
