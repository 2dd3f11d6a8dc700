// Sends what is due to our own people: each message by itself, of one receiver only so many at once, so that a slow one delays nobody else.
import type { Deps } from '../deps.ts';
import type { Egress } from '../http/egress.ts';
import { noteMail } from './addresses.repository.ts';
import { SEND_MS } from './channel.ts';
import { sendDueDigests } from './digests.ts';
import { type DueMessage, dueMessages, forgetMessages, LANE } from './messages.repository.ts';
import { createPosts, type Posts } from './posts.ts';
import { sendMessage } from './sending.ts';

export type ReachWorker = {
  posts: Posts;
  /** What the clockwork does for it. */
  ticks: { name: string; everyMs: number; run: () => Promise<void> }[];
  /** Once at the start: notes what this server can do. */
  ready: () => Promise<void>;
  wake: () => void;
  /** Sends the digests that are due. */
  digest: () => Promise<void>;
  /** Resolves when what is due now was tried. */
  idle: () => Promise<void>;
  stop: () => Promise<void>;
};

const HOUR = 3_600_000;
const KEPT_MS = 30 * 24 * HOUR;

/** @param sendMs how long the other side may take; shortened by tests of one that hangs */
export function startReaching(deps: Deps, egress: Egress, sendMs = SEND_MS): ReachWorker {
  const posts = createPosts(deps, egress, sendMs);
  let stopped = false;
  let again = false;
  let round: Promise<void> | null = null;
  const lanes = new Map<string, number>();
  const running = new Map<string, Promise<void>>();

  const look = (): void => {
    if (stopped) return;
    again = true;
    round ??= (async () => {
      while (again && !stopped) {
        again = false;
        await takeDue();
      }
    })()
      .catch((error) => deps.log.error({ err: error }, 'the messages to our own people could not be read'))
      .finally(() => {
        round = null;
      });
  };

  async function takeDue(): Promise<void> {
    for (const due of await dueMessages(deps.db, deps.now())) {
      const inLane = lanes.get(due.lane) ?? 0;
      if (running.has(due.message_id) || inLane >= LANE) continue;
      lanes.set(due.lane, inLane + 1);
      running.set(due.message_id, handle(due));
    }
  }

  async function handle(due: DueMessage): Promise<void> {
    let failed = false;
    await sendMessage(deps, posts, due).catch((error) => {
      failed = true;
      deps.log.error({ err: error, messageId: due.message_id }, 'a message could not be handled');
    });
    running.delete(due.message_id);
    lanes.set(due.lane, (lanes.get(due.lane) ?? 1) - 1);
    // Its next way, or the next of its lane, goes at once; after a fault of ours the timer is soon enough.
    if (!failed) look();
  }

  const keepHouse = async (): Promise<void> => {
    await noteMail(deps.db, deps.config.smtpUrl !== undefined);
    await forgetMessages(deps.db, new Date(Date.parse(deps.now()) - KEPT_MS).toISOString());
  };
  return {
    posts,
    ticks: [
      { name: 'messages', everyMs: 500, run: async () => look() },
      { name: 'digests', everyMs: 5000, run: () => sendDueDigests(deps, posts) },
      { name: 'old messages', everyMs: HOUR, run: keepHouse },
    ],
    ready: keepHouse,
    wake: look,
    digest: () => sendDueDigests(deps, posts),
    async idle() {
      while (round !== null || running.size > 0) await Promise.all([round, ...running.values()]);
    },
    async stop() {
      stopped = true;
      await round;
      await Promise.all(running.values());
    },
  };
}
