// The signed-in person as the playbook judges them in one room.
import type { Actor, Me } from '@rejoinder/contracts/people';
import type { Ability, Playbook } from '@rejoinder/contracts/playbooks';
import type { BoardState } from '@rejoinder/contracts/rooms';

export const actorOf = (me: Me | null, board: BoardState | null): Actor | null =>
  me && { kind: 'person', id: me.userId, name: me.name, roles: board?.people[me.userId]?.roles ?? [] };

/** Everything the plan lets these roles do. */
export const abilitiesOf = (playbook: Playbook | null, roles: readonly string[]): ReadonlySet<Ability> =>
  new Set((playbook?.roles ?? []).filter((r) => roles.includes(r.id)).flatMap((r) => r.may));
