// What may honestly be said about saving right now.
import type { DraftState } from '@rejoinder/contracts/drafts';

export type SavedMark = 'saved' | 'saving' | 'offline' | 'read-only' | 'frozen';

export type Connection = {
  /** Both sides have told each other what they have. */
  synced: boolean;
  /** Frames with content sent on this connection, and how many of them the server says are committed. */
  sent: number;
  saved: number;
  state: DraftState['state'] | null;
};

/** "saved" only when the server has said so for everything that was sent on a connection that is in step. */
export function savedMark({ synced, sent, saved, state }: Connection): SavedMark {
  if (state === 'read-only' || state === 'frozen') return state;
  if (!synced) return 'offline';
  return sent > 0 && sent === saved ? 'saved' : 'saving';
}
