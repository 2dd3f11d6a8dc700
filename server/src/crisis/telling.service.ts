// Tells people of the room by their roles: each member who holds one, by the ways that can reach them.
import type { ReachBy } from '@rejoinder/contracts/playbooks';
import type { Tx } from '../db/database.ts';
import type { Deps } from '../deps.ts';
import { membersOf } from '../people/people.repository.ts';
import { type Message, tell, waysTo } from '../reaching/reaching.service.ts';

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
