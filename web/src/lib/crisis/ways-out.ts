// From which of the room's accounts a statement may be posted now: how long it is there, and why not.
import { CHANNELS } from '@rejoinder/contracts/channels';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import type { AccountView } from '@rejoinder/contracts/rooms';
import type { StatementView } from '@rejoinder/contracts/statements';
import { sayRoles } from '@rejoinder/playbook/levels';
import { publishersOn } from '@rejoinder/playbook/publishers';
import { lengthOn } from '@rejoinder/voice/length';
import { writeCount } from '#lib/format.ts';
import { WORDS_STATEMENT } from '#lib/words-statement.ts';

/** `why` null where it may be picked; `says` is what stands beside it then. */
export type WayOut = { account: AccountView; why: string | null; says: string };

export function waysOut(
  statement: StatementView,
  accounts: readonly AccountView[],
  playbook: Playbook,
  { roles, level }: { roles: readonly string[]; level: number },
): WayOut[] {
  const w = WORDS_STATEMENT;
  return accounts.map((account) => {
    const { count, limit } = lengthOn(account.platform, statement.text);
    const [is, most] = [writeCount(count), writeCount(limit)];
    const state = statement.postings?.find(({ accountId }) => accountId === account.id)?.state;
    const publishers = publishersOn(playbook, account.platform, level)?.roles;
    const says = account.attention ? `${w.length(is, most)} · ${w.lockedOut}` : w.length(is, most);
    return { account, why: whyNot(), says };

    function whyNot(): string | null {
      if (state === 'published') return w.thereAlready;
      if (state !== undefined && state !== 'rejected' && state !== 'cancelled') return w.onItsWay;
      if (!CHANNELS[account.channel].post) return w.onlyAnswers;
      if (count > limit) return w.tooLong(is, most);
      if (publishers && !roles.some((role) => publishers.includes(role)))
        return w.postedBy(sayRoles(playbook, publishers));
      return null;
    }
  });
}
