// Tells people of the room by their roles: each member who holds one, by the ways that can reach them.
import type { RoomEvent } from '@rejoinder/contracts/events';
import type { ReachBy } from '@rejoinder/contracts/playbooks';
import type { Tx } from '../db/database.ts';
import type { Change } from '../db/event-log.ts';
import type { Deps } from '../deps.ts';
import { membersOf } from '../people/people.repository.ts';
import { type Message, tell, waysTo } from '../reaching/reaching.service.ts';
import { roomContext } from '../rooms/rooms.service.ts';
import { isTold } from './crisis.repository.ts';

const WAYS: ReachBy[] = ['board', 'push', 'chat', 'email'];

/** One message a person, in the caller's transaction. `except`: who did it need not hear of it. */
export async function tellRoles(
  deps: Pick<Deps, 'newId'>,
  tx: Tx,
  to: { roomId: string; roles: readonly string[]; except?: string },
  message: Pick<Message, 'about' | 'urgent' | 'title' | 'says' | 'path'>,
  now: string,
): Promise<void> {
  for (const member of await membersOf(tx, to.roomId)) {
    if (member.user_id === to.except || !member.roles.some((role) => to.roles.includes(role))) continue;
    const recipient = { userId: member.user_id, name: member.name, phone: null };
    const ways = await waysTo(tx, to.roomId, recipient, WAYS);
    await tell(deps, tx, { roomId: to.roomId, to: recipient, ways, ...message }, now);
  }
}

/** Where the glass was broken on a card, the roles the plan names hear of it once (GL-7). */
export async function tellOfGlass(deps: Deps, { tx, now }: Change, roomId: string, events: RoomEvent[]): Promise<void> {
  const { room, playbook } = await roomContext(tx, roomId);
  for (const event of events) {
    if (event.type !== 'break-glass.used') continue;
    const { card, glass } = event.data;
    if (await isTold(tx, roomId, glass.id)) continue;
    await tellRoles(
      deps,
      tx,
      { roomId, roles: playbook.breakGlass?.tells ?? [] },
      {
        about: { kind: 'alarm', id: glass.id, cardId: card.id },
        urgent: true,
        title: 'The glass was broken',
        says: `${glass.asked.name} and ${glass.agreed?.name ?? ''} went past a rule of the plan in ${room.name}.`,
        path: `/rooms/${roomId}/cards/${card.id}`,
      },
      now,
    );
  }
}
