// How processes that share a database tell each other that a draft's log grew. A hint only: the log is the truth, and who writes
// without having heard is told by the log itself (CO-23).
import type { DraftKey } from './draft-store.ts';

export type DraftFanOut = {
  /** A row was committed here; `n` is its number. May be lost, come twice or come late. */
  grew: (key: DraftKey, n: number) => void;
  /** Hears of rows that were committed elsewhere; answers how to stop. */
  listen: (heard: (key: DraftKey, n: number) => void) => () => void;
};

/** For those who live in one process: each member hears the others, never itself. One alone has nobody to tell. */
export function fanOutHere(): () => DraftFanOut {
  const members = new Set<{ heard: (key: DraftKey, n: number) => void }>();
  return () => {
    const own = { heard: (_key: DraftKey, _n: number): void => undefined };
    return {
      grew(key, n) {
        for (const member of members) if (member !== own) member.heard(key, n);
      },
      listen(heard) {
        own.heard = heard;
        members.add(own);
        return () => void members.delete(own);
      },
    };
  };
}
