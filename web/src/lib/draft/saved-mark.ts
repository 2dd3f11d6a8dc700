// What may honestly be said about saving right now.
import type { DraftState } from '@rejoinder/contracts/drafts';

export type SavedMark = 'saved' | 'saving' | 'offline' | 'read-only' | 'frozen';

export type Connection = {
  /** Both sides have told each other what they have. */
  synced: boolean;
  /** What is typed now can be sent. A line that is closing is not lost yet and takes nothing any more. */
  open: boolean;
  /** Frames with content sent on this connection, and how many of them the server says are committed. */
  sent: number;
  saved: number;
  state: DraftState['state'] | null;
  /** Milliseconds for which something has been waiting to be confirmed. */
  waiting?: number;
};

/** After this long without a word from the server nobody should believe that it is still being saved. */
export const TOO_LONG = 6_000;

/** "saved" only when the server has said so for everything that was sent on a connection that is in step. */
export function savedMark({ synced, open, sent, saved, state, waiting = 0 }: Connection): SavedMark {
  if (state === 'read-only' || state === 'frozen') return state;
  if (!synced || !open) return 'offline';
  if (sent > 0 && sent === saved) return 'saved';
  return waiting < TOO_LONG ? 'saving' : 'offline';
}
