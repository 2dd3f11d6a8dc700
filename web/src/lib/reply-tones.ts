// How the states of what we send are coloured, on a card and beside a statement alike.
import type { ReplyState } from '@rejoinder/contracts/cards';

export const REPLY_TONES = {
  approved: 'action',
  sending: 'action',
  published: 'good',
  rejected: 'danger',
  unknown: 'warn',
  held: 'warn',
  cancelled: 'neutral',
} as const satisfies Record<ReplyState, string>;
