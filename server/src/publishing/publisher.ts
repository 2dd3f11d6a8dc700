// Who sends replies, as the log names it, and what it says of a reply that waits for its account.
import type { Actor } from '@rejoinder/contracts/people';

export const PUBLISHER: Actor = { kind: 'system', id: 'system:publisher', name: 'Publisher', roles: [] };

export const waitsFor = (account: string): string =>
  `The platform no longer lets ${account} in. It goes out once the account is mended on the Sources page; nothing was sent.`;
