// What each way out can do with our words: asked before anything is promised, and shown beside the account.
import type { AccountView } from './rooms.ts';

/** Only what is asked of a channel somewhere; how a text's length is counted follows from its platform (voice/length). */
export type ChannelCan = {
  /** How many pictures one reply carries, of which kinds, how many bytes each may have, and whether they may go without a word. */
  pictures: { most: number; types: readonly string[]; bytes: number; alone: boolean };
  /** Whether it can say something of its own, in answer to nobody: a statement. */
  post: boolean;
  /** What may become of a reply that stands there: said anew in other words, and taken back. */
  correct: boolean;
  retract: boolean;
  /** Whether it can be asked if a reply stands there; of an account, where its `readsBack` says so. */
  readsBack: boolean;
};

/** A receiver of ours passes on to a platform, so it is offered what the narrowest of them take. */
const AS_A_RELAY: ChannelCan = {
  pictures: { most: 4, types: ['image/jpeg', 'image/png'], bytes: 1_000_000, alone: true },
  post: true,
  correct: true,
  retract: true,
  readsBack: true,
};

export const CHANNELS: Record<AccountView['channel'], ChannelCan> = {
  webhook: AS_A_RELAY,
  rehearsal: { ...AS_A_RELAY, readsBack: false },
};
