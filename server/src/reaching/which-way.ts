// Which ways can reach somebody, and how a message begins its life: at once, in a digest, on the board alone, or not at all.
import type { ReachBy } from '@rejoinder/contracts/playbooks';
import type { MessageState, ReachChoice } from '@rejoinder/contracts/reaching';
import type { AddressBook } from './addresses.repository.ts';
import { afterQuiet } from './quiet-hours.ts';

export type Recipient = {
  /** A member of the room; null for somebody the plan names who is none. */
  userId: string | null;
  name: string;
  phone: string | null;
};

/** Whether this way can work now. Who switched every way off is still reached by e-mail (RE-2). */
export function canReach(way: ReachBy, to: Recipient, book: AddressBook): boolean {
  const byPush = book.member && book.devices > 0 && book.wantsPush;
  switch (way) {
    case 'board':
      return book.member;
    case 'push':
      return byPush;
    case 'email':
      return book.member && book.mail && (book.wantsEmail || !byPush);
    case 'chat':
      // Everybody in it could use the link of somebody without an account (RE-20).
      return book.chat && book.member;
    case 'sms':
    case 'phone':
      return book.webhook && to.phone !== null;
  }
}

export type Start = { state: MessageState; gathers: boolean; runAt: string };

/** How a message begins. `choice` is the recipient's, null where there is none to ask. */
export function startOf(
  message: { ways: readonly ReachBy[]; urgent: boolean },
  { rehearsal, choice, now }: { rehearsal: boolean; choice: ReachChoice | null; now: string },
): Start {
  const at = (state: MessageState, runAt = now, gathers = false): Start => ({ state, gathers, runAt });
  if (!message.ways.some((way) => way !== 'board')) return at('board');
  if (rehearsal) return at('withheld');
  if (message.urgent || !choice) return at('waiting');
  if (choice.unimportant === 'never') return at('board');
  if (choice.unimportant === 'at-once') return at('waiting', afterQuiet(now, choice.quiet));
  const later = new Date(Date.parse(now) + choice.digestMinutes * 60_000).toISOString();
  return at('gathering', afterQuiet(later, choice.quiet), true);
}
