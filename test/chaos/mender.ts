// The person of a chaos run who mends the account whenever the platform locks it out, and says where the platform can be asked.
import type { Journey } from '../support/journey.ts';
import { pause } from './fault-proxy.ts';
import type { Rig } from './rig.ts';

/** Goes on until it is stopped, which answers how often the account was mended. */
export function mendsAccount(j: Journey, rig: Rig, readBack: string): { stop: () => Promise<number> } {
  let going = true;
  const mending = async (): Promise<number> => {
    let mended = 0;
    while (going) {
      const account = await rig.db
        .selectFrom('accounts')
        .select(['account_id', 'attention', 'read_back'])
        .executeTakeFirstOrThrow();
      if (account.attention !== null || account.read_back === null) {
        const params = { roomId: j.w.room.id, accountId: account.account_id };
        const answer = await rig
          .call(j.sam)('mendAccount', { params, body: { readBack } })
          .catch(() => null);
        if (answer?.status === 200 && account.attention !== null) mended += 1;
      }
      await pause(100);
    }
    return mended;
  };
  const ended = mending();
  return {
    stop: () => {
      going = false;
      return ended;
    },
  };
}
